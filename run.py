"""Start the whole service: check the machine, prepare the data, run the web server and the worker, end them together.

`make run` calls this. HOST, PORT, DATA_DIR and the other variables of docs/settings.md change what it does.
"""

import os
import signal
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "site"))

from common.processes import Child, end_all
from config import start

READY_SECONDS = 90
# A web server that ends this often before its first answer is not going to start.
MOST_FALSE_STARTS = 3
ACCOUNTS = [
    ("opiskelija", "learner"),
    ("kirjoittaja", "blog writer"),
    ("toimittaja", "editor"),
    ("opettaja", "teacher"),
    ("valmentaja", "second teacher"),
    ("kumppani", "network partner"),
    ("koordinaattori", "network coordinator"),
    ("yllapito", "administrator"),
]


class Stop(Exception):
    """A signal asked the service to end."""


def _stop(number: int, _frame: object) -> None:
    # A second signal during the orderly end must not interrupt it half-way.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stop(signal.Signals(number).name)


def main() -> int:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _stop)
    try:
        place = start.Place.from_environment(ROOT)
        trouble = start.problem(place) or _serve(place)
    except Stop:
        return 0
    print(trouble, file=sys.stderr)
    return 1


def _serve(place: start.Place) -> str:
    """Prepare, then run until a signal comes; return a sentence when it cannot be done."""
    began = time.monotonic()
    environment = start.child_environment(place)
    manage = [sys.executable, str(ROOT / "manage.py")]
    prepare = Child("Preparation", [*manage, "prepare"], environment)
    web = Child("The web server", [sys.executable, "-m", "config.web"], environment)
    worker = Child("The worker", [*manage, "worker"], environment)
    place.unfinished.touch()
    try:
        if not start.is_prepared(place):
            fingerprint = start.fingerprint(place)
            prepare.start()
            if prepare.wait():
                return "Preparing the data failed; the lines above say why."
            start.remember_prepared(place, fingerprint)
        web.start()
        if not _wait_until_ready(web, place):
            return "The web server does not start; the lines above say why."
        worker.start()
        _welcome(place, time.monotonic() - began)
        _keep_running([web, worker])
    finally:
        end_all([prepare, worker, web])
        place.unfinished.unlink(missing_ok=True)


def _keep_running(children: list[Child]) -> NoReturn:
    """Start again what ends, for ever. Under make, also end when make was killed."""
    parent = os.getppid() if "MAKELEVEL" in os.environ else None
    while parent in (None, os.getppid()):
        for child in children:
            sentence = child.keep_running()
            if sentence:
                print(sentence, file=sys.stderr, flush=True)
        time.sleep(0.2)
    raise Stop


def _wait_until_ready(web: Child, place: start.Place) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and web.ends < MOST_FALSE_STARTS:
        web.keep_running()
        if _answers(place):
            return True
        time.sleep(0.1)
    return False


def _answers(place: start.Place) -> bool:
    connection = HTTPConnection(place.reachable_host, place.port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(place.url).netloc})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _welcome(place: start.Place, seconds: float) -> None:
    print(f"\nThe service is running at {place.url} (started in {seconds:.1f} s). Stop it with Ctrl-C.")
    password = start.demo_password(place)
    if password:
        print(f"\nDemonstration accounts, all with the password {password}")
        for name, role in ACCOUNTS:
            print(f"  {name + '@demo.example':<30} {role}")
        print(f"  The administration is at {place.url}/hallinta/")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
