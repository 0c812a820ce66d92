"""Two-step sign-in and passkeys, in the browser."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import Window
from tests.journeys.people import CODE_SECONDS, PASSWORD, code, newcomer
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser


def sign_in(window: Window, address: str, password: str = PASSWORD, path: str = "/tili/login/") -> None:
    page = window.go(path)
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", password)
    page.click("main form[action*='login'] button[type=submit]:not([form])")
    page.wait_for_load_state()


def settings_page(window: Window, path: str, password: str = PASSWORD) -> Page:
    """Open a page of the account's settings; they ask for the password again."""
    page = window.go(path)
    if "/reauthenticate/" in page.url:
        page.fill("main input[name=password]", password)
        page.press("main input[name=password]", "Enter")
        page.wait_for_url(f"**{path}")
    return page


def send(window: Window, **fields: str) -> None:
    for name, value in fields.items():
        window.page.fill(f"main input[name={name}]", value)
    window.page.press(f"main input[name={next(reversed(fields))}]", "Enter")
    window.page.wait_for_load_state()


def next_code(secret: str, used: str) -> str:
    """A code that has not been used yet: each works once."""
    deadline = time.monotonic() + CODE_SECONDS + 1
    while code(secret) == used and time.monotonic() < deadline:
        # The service accepts no code of the future, so the next one has to be waited for.
        time.sleep(0.5)
    return code(secret)


def test_a_one_time_code_is_asked_for_after_it_is_set_up(service: Service, window: Callable[..., Window]) -> None:
    _visitor, address = newcomer(service)
    own = window()
    sign_in(own, address)
    page = settings_page(own, "/tili/2fa/totp/activate/")
    assert not own.axe()
    secret = page.locator("#authenticator_secret").input_value()
    image = page.locator("main img")
    assert image.count() == 1
    assert image.evaluate("each => each.naturalWidth") > 100
    send(own, code="000000")
    assert page.locator("input[name=code]").get_attribute("aria-invalid") == "true"
    first = code(page.locator("#authenticator_secret").input_value())
    secret = page.locator("#authenticator_secret").input_value()
    send(own, code=first)
    assert "/2fa/" in page.url
    settings_page(own, "/tili/2fa/recovery-codes/")
    codes = re.findall(
        r"\b[0-9a-f]{8}\b", own.page.locator("main").inner_text() + own.page.locator("main").inner_html()
    )
    assert len(set(codes)) >= 8
    own.close()

    # The password alone opens nothing.
    later = window()
    sign_in(later, address, path="/tili/login/?next=/oma/")
    assert "/2fa/authenticate/" in later.page.url
    assert not later.axe()
    later.page.goto("/oma/")
    assert "/tili/" in later.page.url
    # Nor does any other form of the service.
    plain = Visitor(service.url)
    plain.get("/tili/login/")
    for path in (
        "/_util/login/",
        "/hallinta/login/",
        "/sv/_util/login/",
        "/tili/reauthenticate/",
        "/tili/2fa/reauthenticate/",
    ):
        plain.post(
            path, {"username": address, "login": address, "email": address, "password": PASSWORD, "code": codes[0]}
        )
        assert plain.get("/oma/").status == 302, path

    # A lost phone: a recovery code, which works once.
    for expected in ("/oma/", "/2fa/authenticate/"):
        lost = window()
        sign_in(lost, address)
        send(lost, code=codes[0])
        assert expected in lost.page.url
        lost.close()

    # The phone at hand; by now it shows another code.
    send(later, code="123456")
    assert "/2fa/authenticate/" in later.page.url
    send(later, code=next_code(secret, first))
    assert "/oma/" in later.page.url
    later.close()


def test_a_passkey_opens_the_door(service: Service, window: Callable[..., Window]) -> None:
    _visitor, address = newcomer(service)
    base = service.url.replace("127.0.0.1", "localhost")
    own = window(base=base)
    tool = own.context.new_cdp_session(own.page)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    authenticator = tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    sign_in(own, address)
    page = settings_page(own, "/tili/2fa/webauthn/add/")
    assert not own.axe()
    page.fill("main input[name=name]", "Puhelin")
    if page.locator("main input[name=passwordless]").count():
        page.check("main input[name=passwordless]")
    page.click("main button[type=submit], main #mfa_webauthn_add")
    page.wait_for_url(re.compile(r"/2fa/(?!webauthn/add)"))
    assert len(tool.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1
    own.context.clear_cookies()

    page = own.go("/tili/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/oma/")
