"""Settings for the test suite: SQLite in a file, or the server that TEST_DATABASE_URL names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", str(Path(tempfile.gettempdir()) / f"osaamisverkosto-test-{os.getuid()}"))
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Test processes side by side share no file: what one writes would make the other's cached pages old.
    os.environ["DATA_DIR"] = str(Path(os.environ["DATA_DIR"]) / worker)
os.environ.pop("DATABASE_URL", None)
os.environ.pop("ELASTICSEARCH_URL", None)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from config.settings.base import *
from config.settings.base import DATA_DIR, DATABASES, RUN_DIR

SECRET_KEY = "only-for-tests"
SITE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = True
for folder in (DATA_DIR, RUN_DIR, DATA_DIR / "static"):
    folder.mkdir(parents=True, exist_ok=True)
_suffix = os.environ.get("TEST_DB_SUFFIX", "")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: --reuse-db then saves the ten seconds of migrations.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test{_suffix}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_osaamisverkosto{_suffix}"}
# Uploads of each run go to a folder of its own, which goes with it.
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="osaamisverkosto-media-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
_FOLDER = "django.core.files.storage.FileSystemStorage"
STORAGES = {
    "default": {"BACKEND": _FOLDER, "OPTIONS": {"location": str(MEDIA_ROOT / "private"), "base_url": None}},
    "renditions": {"BACKEND": _FOLDER, "OPTIONS": {"location": str(MEDIA_ROOT / "public"), "base_url": "/media/"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PAGE_CACHE_SECONDS = 0
EMAIL_URL = "memory://"
ACCOUNT_RATE_LIMITS = False
