"""A real installation: the settings of production, behind a proxy that speaks TLS."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.journeys.visitor import Visitor
from tests.serving import ROOT, environment, free_port

HOST = "osaamisverkosto.example"
START_SECONDS = 30


@dataclass
class Production:
    """The web server alone, as production starts it."""

    data: Path
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        mine = environment(
            self.data,
            self.port,
            DJANGO_SETTINGS_MODULE="config.settings.production",
            SECRET_KEY=secrets.token_urlsafe(50),
            SITE_URL=f"https://{HOST}",
            ALLOWED_HOSTS=HOST,
            EMAIL_URL=f"file://{self.data / 'mail'}",
            TRUSTED_PROXIES="1",
            PYTHONPATH=os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        )
        return {name: value for name, value in mine.items() if name not in {"DEMO", "DEMO_PASSWORD"}}

    def visitor(self) -> Visitor:
        person = Visitor(f"http://127.0.0.1:{self.port}")
        person.headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/tili/login/"}
        return person

    def manage(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def production(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """Production settings on the demonstration's data: as when someone turns a trial into a service."""
    data = tmp_path_factory.mktemp("production") / "data"
    shutil.copytree(prepared, data)
    made = Production(data)
    server = subprocess.Popen([sys.executable, "-m", "config.web"], env=made.environment, cwd=ROOT)
    try:
        _wait(made, server)
        yield made
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(15)


def _wait(made: Production, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if made.visitor().get("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server of production did not start.")


def test_djangos_own_checks_pass(tmp_path: Path) -> None:
    done = Production(tmp_path / "data").manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_whoever_turns_a_trial_into_a_service_is_told_of_its_accounts(production: Production) -> None:
    done = production.manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 1
    assert "accounts.E001" in done.stderr
    assert "identified 1 issue" in done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "EMAIL_URL", "ALLOWED_HOSTS"])
def test_production_does_not_start_without_what_it_needs(production: Production, missing: str) -> None:
    without = {name: value for name, value in production.environment.items() if name != missing}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        env=without,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert missing in done.stderr


def test_the_connection_is_upgraded(production: Production) -> None:
    visitor = production.visitor()
    visitor.headers["X-Forwarded-Proto"] = "http"
    answer = visitor.get("/blogi/?aihe=a")
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/blogi/?aihe=a"


@pytest.mark.parametrize("path", ["/", "/ei-ole/", "/tili/login/", "/robots.txt", "/hallinta/"])
def test_browsers_are_told_to_stay_with_tls(production: Production, path: str) -> None:
    held = production.visitor().get(path).headers["Strict-Transport-Security"].split("; ")
    assert int(held[0].removeprefix("max-age=")) >= 31_536_000
    assert "includeSubDomains" in held


def test_cookies_are_bound_to_this_host_and_to_tls(production: Production) -> None:
    visitor = production.visitor()
    given = {cookie.key: cookie for cookie in visitor.get("/tili/login/").set_cookies}
    assert list(given) == ["__Host-csrftoken"]
    for cookie in given.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] in {"Lax", "Strict"}
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize("name", ["yllapito", "toimittaja", "opiskelija"])
def test_demonstration_accounts_are_dead(production: Production, name: str) -> None:
    visitor = production.visitor()
    password = (production.data / "demo_password").read_text().strip()
    answer = visitor.sign_in(f"{name}@demo.example", password)
    assert answer.status == 200
    assert "__Host-sessionid" not in visitor.cookies
    assert visitor.get("/hallinta/").status == 302
    # Neither does a new password help.
    wrong = production.visitor().sign_in("nobody@elsewhere.example", "wrong-password-123")
    assert _errors(answer) == _errors(wrong)


def _errors(answer: object) -> list[str]:
    from tests.journeys.visitor import Answer

    assert isinstance(answer, Answer)
    return [
        " ".join(tag.get_text(" ").split())
        for tag in answer.soup.select("[role=alert], .error-summary, .notice--error")
    ]


def test_nobody_signs_up_with_a_demonstration_address(production: Production) -> None:
    answer = production.visitor().fill(
        "/tili/signup/",
        {
            "email": "uusi@demo.example",
            "first_name": "A",
            "last_name": "B",
            "password1": "pitka-salasana-771",
            "password2": "pitka-salasana-771",
        },
    )
    assert answer.status == 200


def test_an_error_page_tells_nothing(production: Production) -> None:
    page = production.visitor().get("/ei-ole-tallaista/")
    assert page.status == 404
    for word in ("Traceback", "DEBUG", "urlpatterns", "site-packages", "config."):
        assert word not in page.text


def test_forms_from_another_site_are_refused(production: Production) -> None:
    visitor = production.visitor()
    visitor.get("/tili/login/")
    answer = visitor.post("/tili/login/", {"login": "a@b.example", "password": "x"}, Origin="https://evil.example")
    assert answer.status == 403
