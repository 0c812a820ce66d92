"""Whether a process of this container is well, by its exit status: `python -m config.health web` or `worker`."""

import os
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 8
# The worker touches its file between jobs; one that rebuilds an index may take minutes.
OLDEST_HEARTBEAT = 300


def web() -> bool:
    """Whether the site answers and finds its database, tables and index."""
    # The site answers to its own name alone.
    host = urlsplit(os.environ.get("SITE_URL", "")).netloc or "127.0.0.1"
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def worker() -> bool:
    """Whether the worker has lately shown that it lives."""
    try:
        heartbeat = Path(os.environ["DATA_DIR"], "run", "worker.heartbeat").stat()
    except (KeyError, OSError):
        return False
    return time.time() - heartbeat.st_mtime < OLDEST_HEARTBEAT


CHECKS = {"web": web, "worker": worker}


if __name__ == "__main__":
    sys.exit(not CHECKS[sys.argv[1]]())
