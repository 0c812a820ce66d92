"""The web server process: granian in front of the WSGI application. Started by run.py as `python -m config.web`."""

import os
from pathlib import Path
from typing import Any

from common.processes import end_with_parent
from config.env import integer

ROOT = Path(__file__).resolve().parents[2]
# Each thread holds a database connection; more would only wait for the interpreter lock.
THREADS = 4


def server(application: str = "config.wsgi:application") -> Any:
    """The server of the application, as HOST, PORT and WEB_WORKERS want it."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    return Server(
        application,
        address=os.environ.get("HOST") or "127.0.0.1",
        port=integer("PORT", default=8000),
        interface=Interfaces.WSGI,
        workers=integer("WEB_WORKERS", default=2),
        blocking_threads=THREADS,
        backpressure=128,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
        working_dir=ROOT,
    )


def main() -> None:
    # Before the time that loading takes: the supervisor may be killed meanwhile.
    end_with_parent()
    server().serve()


if __name__ == "__main__":
    main()
