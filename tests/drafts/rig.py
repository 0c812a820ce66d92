"""The web server of `make run` on a database of its own, and many people who write in it all the time.

As a program it prepares and reads that database: python -m tests.drafts.rig make 200, … read; … serve is the server.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.drafts.learners import Learner
from tests.serving import ROOT, environment, free_port

FORM = "/luonnokset/styles.tavallinen/malli/"
START_SECONDS = 120


class Rig:
    """granian with two workers. `database` is an address, or '' for a file in `data`.

    It loads the site once and forks: a worker that is killed is replaced within moments, not seconds.
    """

    def __init__(self, data: Path, database: str = "") -> None:
        self.port = free_port()
        folders = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
        more = {"DATABASE_URL": database} if database else {}
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "PYTHONPATH": folders, "WEB_WORKERS": "2"}
        self._environment = environment(data, self.port, **settings, **more, SUPERVISOR_PID=str(os.getpid()))
        self._server: subprocess.Popen[bytes] | None = None

    def people(self, number: int) -> list[Learner]:
        """So many people who have signed in: every other one writes a text for the blog, the others a plain form."""
        told = json.loads(self._run("make", str(number)))
        forms = [FORM if place % 2 else f"/luonnokset/blog.text/{uuid.uuid4()}/" for place in range(len(told))]
        return [Learner(self.port, form, **each) for form, each in zip(forms, told, strict=True)]

    def read(self) -> dict[str, Any]:
        """{session: {version, text, copies}} as the database has it now."""
        return dict(json.loads(self._run("read")))

    def start(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.drafts.rig", "serve"],
            env=self._environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        wait_for(self.answers, START_SECONDS)

    def end(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(15)

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """The web processes that listen: each has a socket of its own."""
        assert self._server is not None
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text().split()
        return [int(child) for child in children if self._listens(int(child))]

    def _listens(self, process: int) -> bool:
        listening = f":{self.port:04X} 00000000:0000 0A"
        inodes = {line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines() if listening in line}
        try:
            files = [os.readlink(each) for each in Path(f"/proc/{process}/fd").iterdir()]
        except OSError:
            return False
        return any(f"socket:[{inode}]" in files for inode in inodes)

    def kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)

    def _run(self, *words: str) -> str:
        command = [sys.executable, "-m", "tests.drafts.rig", *words]
        return subprocess.run(
            command, env=self._environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.splitlines()[-1]


def wait_for(holds: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.05)


def make(number: int) -> list[dict[str, str]]:
    """People with sessions; who may open the style page may write its form."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    names = [f"kirjoittaja{number}.{secrets.token_hex(4)}@kunta.example" for number in range(number)]
    User.objects.bulk_create([User(email=name, password="!", is_superuser=True, is_staff=True) for name in names])
    people = []
    for user in User.objects.filter(email__in=names):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        people.append({"name": user.email, "session": str(session.session_key), "token": secrets.token_hex(16)})
    return people


def read() -> dict[str, Any]:
    from drafts.models import Draft

    return {
        draft.owner.email: {
            "version": draft.version,
            "text": draft.fields["text"][0],
            "copies": [copy.fields["text"][0] for copy in draft.copies.all()],
        }
        for draft in Draft.objects.select_related("owner").prefetch_related("copies")
        if draft.owner
    }


class Forgetful(dict[int, float]):
    """Does not remember when a worker was replaced."""

    def __setitem__(self, key: int, value: float) -> None:
        return


def serve() -> None:
    from common.processes import end_with_parent
    from config import web, wsgi  # noqa: F401  loaded before the workers are forked

    end_with_parent()
    server = web.server()
    # Otherwise it takes kills in quick succession for a fault of the site, and ends.
    server.respawned_wrks = Forgetful()
    server.serve()


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "serve":
        serve()
    else:
        print(json.dumps(make(int(sys.argv[2])) if sys.argv[1] == "make" else read()))
