"""What `make run` uses: one machine, demonstration content, a secret made on the first start."""

import os
import secrets

from config.env import flag, words
from config.settings.base import *
from config.settings.base import DATA_DIR, ROOT, RUN_DIR
from config.start import Place

for folder in (DATA_DIR, RUN_DIR, DATA_DIR / "static"):
    folder.mkdir(parents=True, exist_ok=True)


def _kept_secret() -> str:
    """Return the key kept in the data folder, making it the first time; two starts at once agree on one."""
    path = DATA_DIR / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = os.environ.get("SECRET_KEY") or _kept_secret()
DEMO = flag("DEMO", default=True)
_place = Place.from_environment(ROOT)
SITE_URL = _place.url
WAGTAILADMIN_BASE_URL = SITE_URL
# Who listens on every address is asked by names that nobody knows beforehand.
_host = "*" if _place.is_everywhere else _place.host
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", _host]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Passkeys need https or the name localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
