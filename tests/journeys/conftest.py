"""Visits to one running service: over plain HTTP and with a browser. No test here touches the database itself."""

import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsing import ARGUMENTS, Window
from tests.journeys.crawl import Crawl
from tests.journeys.visitor import Visitor
from tests.serving import Service

OPENED = pytest.StashKey[list[Window]]()
ROLES = ("opiskelija", "kirjoittaja", "toimittaja", "opettaja", "kumppani", "koordinaattori", "yllapito")


@pytest.fixture(scope="session")
def service(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole service on a copy of the demonstration; it believes the address that a visitor's proxy names."""
    data = tmp_path_factory.mktemp("journeys") / "data"
    shutil.copytree(prepared, data)
    running = Service(data, TRUSTED_PROXIES="1")
    running.start()
    yield running
    status = running.process.poll()
    assert status is None, f"The service ended by itself ({status}):\n{running.output[-4_000:]}"
    running.end()
    fault = re.search(r"Internal Server Error|failed; next try", running.output)
    assert not fault, running.output[fault.start() :][:8_000]


@pytest.fixture(scope="session")
def base(service: Service) -> str:
    return service.url


@pytest.fixture
def stranger(base: str) -> Visitor:
    """Someone who has never been here."""
    return Visitor(base)


@pytest.fixture(scope="session")
def signed_in(service: Service) -> Callable[[str], Visitor]:
    """A person of a role, by the name of the demonstration account; signed in once for all tests."""
    people: dict[str, Visitor] = {}

    def person(name: str) -> Visitor:
        if name not in people:
            visitor = Visitor(service.url)
            answer = visitor.sign_in(f"{name}@demo.example", service.password)
            assert answer.status == 302, answer.main
            people[name] = visitor
        return people[name]

    return person


@pytest.fixture(scope="session")
def crawl(base: str) -> Crawl:
    """Everything that the front page leads to, for a stranger. The tests only look at it."""
    return Crawl(Visitor(base, keeps_cookies=False)).run()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    # One a module: while Playwright runs, Django refuses to use the database from this thread.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say with a failure where each window was and what it still waited for."""
    report = yield
    if report.failed:
        for each in item.stash.get(OPENED, []):
            report.sections.append((f"Window at {each.page.url}", "\n".join(each.unanswered()) or "waits for nothing"))
    return report


@pytest.fixture
def window(browser: Browser, base: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Window]]:
    """Opens windows; after the test none of them may have seen a script error, a refused or a foreign request."""
    opened: list[Window] = request.node.stash.setdefault(OPENED, [])

    def open_window(**options: Any) -> Window:
        opened.append(Window(browser, str(options.pop("base", base)), **options))
        return opened[-1]

    yield open_window
    complaints = [complaint for each in opened for complaint in each.complaints]
    for each in opened:
        each.close()
    assert not complaints
