"""A real installation behind a TLS proxy. Everything secret or local comes from the environment."""

from config.env import flag, integer, required, words
from config.settings.base import *

SECRET_KEY = required("SECRET_KEY")
SITE_URL = required("SITE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or [required("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
EMAIL_URL = required("EMAIL_URL")
DEMO = False

REQUIRE_STAFF_MFA = True
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = integer("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = flag("SECURE_HSTS_PRELOAD", default=True)
# Not DENY: the administration shows its preview of a page in a frame of its own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
