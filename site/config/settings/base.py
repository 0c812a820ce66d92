"""Settings common to every installation. docs/settings.md lists what the environment may change."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from config.env import flag, integer, words
from config.settings.cluster import *
from config.settings.pagecache import *

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
RUN_DIR = DATA_DIR / "run"

DEBUG = False
SITE_NAME = "Osaamisverkosto"
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Where there is demonstration content, pages say so and the demo accounts may exist.
DEMO = flag("DEMO", default=False)
# Whether browsers keep lessons that were opened for reading without a connection. Off erases what they kept.
OFFLINE_LESSONS = flag("OFFLINE_LESSONS", default=True)

INSTALLED_APPS = [
    "common",
    "vocabulary",
    "texts",
    "notifications",
    "drafts",
    "accounts",
    "learning.themes",
    "learning.courses",
    "learning.study",
    "learning.credentials",
    "blog",
    "network.organisations",
    "network.events",
    "network.resources",
    "search.editing",
    "search.filetexts",
    "search",
    "home",
    "demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.users_app.AdminUsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    # In front of the cache, which most reads are answered from.
    "blog.readers.counting.count_reads",
    "common.pagecache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "common.csp.ContentSecurityPolicyMiddleware",
    "common.middleware.security_headers",
    # Its answer has the headers of those above, and nothing below meets what it refuses.
    "common.middleware.refuse_broken_input",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.middleware.end_empty_session",
    "common.middleware.locale_from_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.sign_out_demo_accounts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.back_to_the_form",
    "accounts.middleware.only_staff_in_admin",
    "accounts.middleware.RequireSecondFactor",
    "drafts.middleware.clear_browser",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.reports.only_publishers_in_reports",
    "home.refusals.RefusalsInWords",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "common.templatetags.ov",
                "common.templatetags.sharing",
                "common.templatetags.typography",
            ],
        },
    }
]

# One SQLite file beside the media unless DATABASE_URL names a server. IMMEDIATE makes every atomic
# block take the write lock at once: deferred transactions fail half of parallel read-modify-writes.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits count in the cache, so the processes of a host share one: files, or the server of CACHE_URL.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": RUN_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}
# With several hosts the cache is a Redis server that all of them reach.
CACHE_URL = os.environ.get("CACHE_URL", "")
if CACHE_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
PAGE_CACHE_SECONDS = integer("PAGE_CACHE_SECONDS", default=300)
# How long at most what readers share is kept while nothing changes; see common/kept.py.
KEPT_SECONDS = 60

# Finnish is the language of the content and needs no prefix; the order is the switcher's.
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Europe/Helsinki"]
FORMAT_MODULE_PATH = ["common.formats"]
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
LOCALE_PATHS = [ROOT / "site" / "locale", ROOT / "site" / "locale_wagtail"]

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "common.stylesheets.JoinedStylesFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = DATA_DIR / "static"
# No other site uses our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = Path(os.environ.get("MEDIA_DIR") or DATA_DIR / "media").resolve()
MEDIA_URL = "/media/"
# Renditions may be read by anyone; originals and documents are served by a view after a permission check.
# Texts, not paths: the task that deletes a file is told its storage as JSON.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT / "private"), "base_url": None},
    },
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT / "public"), "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": "common.statics.HashedFiles"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:mine"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "accounts.key_forms.AddKeyForm", "edit_webauthn": "accounts.key_forms.EditKeyForm"}
MFA_TOTP_ISSUER = SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = False
REQUIRE_STAFF_MFA = False
ALLAUTH_TRUSTED_PROXY_COUNT = integer("TRUSTED_PROXIES", default=0)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Mail is a row of the transaction that caused it; the worker sends it through EMAIL_URL.
EMAIL_BACKEND = "notifications.backends.OutboxBackend"
EMAIL_URL = os.environ.get("EMAIL_URL") or f"file://{DATA_DIR / 'mail'}"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Osaamisverkosto <palvelu@osaamisverkosto.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where the source code of this installation is; the footer links there.
SOURCE_URL = os.environ.get("SOURCE_URL", "")
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "mailto:tietoturva@osaamisverkosto.example")

# No queue needs to be named here: which there are is told by the tasks.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

SEARCH_INDEX = DATA_DIR / "search.sqlite3"
SEARCH_SOCKET = RUN_DIR / "analysis.sock"
# What one network address may ask of /api/search/; a whole organisation may share one.
SEARCH_API_PER_MINUTE = integer("SEARCH_API_PER_MINUTE", default=60)
# The same of /haku/ and of its suggestions, of which each word typed asks for a few.
SEARCH_PER_MINUTE = integer("SEARCH_PER_MINUTE", default=300)
SUGGESTIONS_PER_MINUTE = integer("SUGGESTIONS_PER_MINUTE", default=1_200)

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_MODEL = "common.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "common.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILDOCS_DOCUMENT_MODEL = "common.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "common.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "pdf", "pptx", "txt", "vtt", "webm", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_ALLOW_UNICODE_SLUGS = False
TAGGIT_CASE_INSENSITIVE = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
