"""Signing up, in and out, and what the doors do not tell."""

import statistics

import pytest

from tests.journeys.mail import link_in, mails_to, wait_for_mail
from tests.journeys.people import PASSWORD, new_email, newcomer, sign_up
from tests.journeys.visitor import Answer, Visitor
from tests.serving import Service

SLACK_SECONDS = 0.15


def errors(answer: Answer) -> str:
    """What the form says is wrong."""
    found = answer.soup.select(".error-summary, [role=alert], .error, .notice")
    return " ".join(" ".join(tag.get_text(" ").split()) for tag in found)


def test_signing_up_needs_a_confirmed_address(service: Service, stranger: Visitor) -> None:
    address = new_email()
    sign_up(stranger, address)
    early = Visitor(service.url)
    early.sign_in(address, PASSWORD)
    assert early.get("/oma/").status == 302, "signed in before the address was confirmed"

    message = wait_for_mail(service.data, address)
    path = link_in(message, service.url)
    assert "demo" not in message["From"]
    confirmation = Visitor(service.url)
    page = confirmation.get(path)
    assert page.status == 200, "opening the link (as mail scanners do) must not be enough"
    assert early.get("/oma/").status == 302
    assert confirmation.post(path).status == 302

    arrived = Visitor(service.url)
    assert arrived.sign_in(address, PASSWORD).status == 302
    own = arrived.get("/oma/")
    assert own.status == 200
    assert arrived.get("/hallinta/").status in {302, 403}


def test_signing_up_twice_tells_nothing(service: Service, base: str) -> None:
    """The form answers alike whether the address has an account; its owner is told by mail."""
    address = "kirjoittaja@demo.example"
    known, unknown, other = Visitor(base), Visitor(base), new_email()
    sign_up(known, address)
    sign_up(unknown, other)
    wait_for_mail(service.data, address)
    texts = [known.get("/tili/confirm-email/").main, unknown.get("/tili/confirm-email/").main]
    assert texts[0].replace(address, "") == texts[1].replace(other, "")


@pytest.mark.parametrize("prefix", ["/sv", "/en"])
def test_signing_up_in_another_language_sends_its_mail(service: Service, stranger: Visitor, prefix: str) -> None:
    address = new_email()
    sign_up(stranger, address, f"{prefix}/tili/signup/")
    assert link_in(wait_for_mail(service.data, address), service.url).startswith(f"{prefix}/tili/")


@pytest.mark.parametrize("password", ["lyhyt", "1234567890123", "basketball"])
def test_weak_passwords_are_refused(stranger: Visitor, password: str) -> None:
    fields = {"email": new_email(), "first_name": "A", "last_name": "B", "password1": password, "password2": password}
    answer = stranger.fill("/tili/signup/", fields)
    assert answer.status == 200
    field = answer.soup.select_one("#id_password1")
    assert field is not None
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(service: Service, base: str) -> None:
    answers = [
        Visitor(base).sign_in(address, "wrong-password-1")
        for address in ("opiskelija@demo.example", "ei.ketaan@kunta.example")
    ]
    assert [answer.status for answer in answers] == [200, 200]
    assert errors(answers[0])
    assert errors(answers[0]) == errors(answers[1])
    assert not [each for answer in answers for each in answer.set_cookies if "session" in each.key]


def test_the_time_of_an_answer_does_not_tell_who_has_an_account(service: Service, base: str) -> None:
    # An account of its own: five wrong passwords shut an address for minutes, and others sign in after this.
    _person, address_in_use = newcomer(service)
    times: dict[str, list[float]] = {address_in_use: [], "ei.ketaan@kunta.example": []}
    for number in range(5):
        for address, seconds in times.items():
            seconds.append(Visitor(base).sign_in(address, f"wrong-password-{number}").seconds)
    known, unknown = (statistics.median(seconds) for seconds in times.values())
    print(f"\nknown {known:.3f} s, unknown {unknown:.3f} s")
    assert abs(known - unknown) < max(SLACK_SECONDS, 0.5 * known)


def test_forgotten_passwords(service: Service, base: str) -> None:
    owner, address = newcomer(service)
    before = len(mails_to(service.data, address))
    answers = []
    for asked in (address, new_email()):
        person = Visitor(base)
        sent = person.fill("/tili/password/reset/", {"email": asked})
        answers.append((sent.status, sent.location, person.get(sent.location).main))
    assert answers[0] == answers[1]

    path = link_in(wait_for_mail(service.data, address, before + 1), service.url)
    person = Visitor(base)
    form = person.get(path, follow=True)
    assert form.status == 200
    again = "uusi-kastemato-9917"
    changed = person.fill(_path_after(person, path), {"password1": again, "password2": again})
    assert changed.status == 302
    assert Visitor(base).sign_in(address, PASSWORD).status == 200
    assert Visitor(base).sign_in(address, again).status == 302
    assert owner.get("/oma/").status == 302, "a new password must end the sessions that the old one began"
    used = Visitor(base).get(path, follow=True)
    assert not used.soup.select("input[name=password1]"), "the link must work once"


def _path_after(person: Visitor, path: str) -> str:
    answer = person.get(path)
    return answer.location if answer.status == 302 else path


def test_failed_attempts_are_slowed_down(service: Service) -> None:
    """Five wrong passwords for one address, from one place: then the right one has to wait, too."""
    visitor = Visitor(service.url)
    answers = [visitor.sign_in("koordinaattori2@demo.example", f"wrong-password-{number}") for number in range(6)]
    assert errors(answers[-1]) != errors(answers[0])
    other = Visitor(service.url)
    assert other.sign_in("opiskelija@demo.example", service.password).status == 302, "others must not be shut out"


def test_one_place_cannot_try_for_ever(service: Service) -> None:
    """Thirty sign-ins a minute from one address, whoever is named: the rest get 429."""
    visitor = Visitor(service.url)
    page = visitor.get("/tili/login/")
    assert page.status == 200
    statuses = [
        visitor.post("/tili/login/", {"login": f"nimi{number}@kunta.example", "password": "wrong-password"}).status
        for number in range(34)
    ]
    assert 429 in statuses
    answer = visitor.post("/tili/login/", {"login": "nimi@kunta.example", "password": "wrong-password"})
    assert answer.status == 429
    assert answer.soup.find("h1")


def test_the_session_changes_when_someone_signs_in(service: Service) -> None:
    """A session planted before signing in is worth nothing afterwards."""
    victim = Visitor(service.url)
    victim.cookies["sessionid"] = "a" * 32
    victim.sign_in("opiskelija@demo.example", service.password)
    assert victim.cookies["sessionid"] != "a" * 32
    first = victim.cookies["sessionid"]
    thief = Visitor(service.url, cookies={"sessionid": "a" * 32})
    assert thief.get("/oma/").status == 302
    victim.sign_in("opiskelija@demo.example", service.password) if victim.get("/tili/login/").status == 200 else None
    assert victim.fill("/tili/logout/", {}).status == 302
    assert Visitor(service.url, cookies={"sessionid": first}).get("/oma/").status == 302


def test_session_cookies_are_out_of_reach_of_scripts(service: Service) -> None:
    answer = Visitor(service.url).sign_in("opiskelija@demo.example", service.password)
    session = next(cookie for cookie in answer.set_cookies if cookie.key == "sessionid")
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["path"] == "/"


def test_who_has_left_is_a_stranger_again_one_page_later(service: Service) -> None:
    """The goodbye is kept in a session of its own, which ends when it has been read."""
    visitor = Visitor(service.url)
    visitor.sign_in("opiskelija@demo.example", service.password)
    visitor.fill("/tili/logout/", {})
    assert "ETag" not in visitor.get("/verkosto/").headers
    assert not {"sessionid", "messages"} & set(visitor.cookies)
    assert "ETag" in visitor.get("/verkosto/").headers, "only pages of the page cache have one"


def test_leaving_takes_a_form(service: Service) -> None:
    """A link or an image on another site must not sign anyone out."""
    visitor = Visitor(service.url)
    visitor.sign_in("opiskelija@demo.example", service.password)
    assert visitor.get("/tili/logout/").status == 200
    assert visitor.get("/oma/").status == 200


def test_changing_the_address_needs_its_owner(service: Service) -> None:
    address, other = "opiskelija@demo.example", new_email()
    visitor = Visitor(service.url)
    visitor.sign_in(address, service.password)
    change = {"email": other, "action_add": ""}
    asked = visitor.fill("/tili/email/", change, form="email")
    assert asked.location.startswith("/tili/reauthenticate/"), "whoever finds an open browser must not take the account"
    assert visitor.fill(asked.location, {"password": service.password}, form="reauthenticate").status == 302
    if other not in visitor.get("/tili/email/").main:
        visitor.fill("/tili/email/", change, form="email")
    wait_for_mail(service.data, other)
    usurper = Visitor(service.url)
    usurper.sign_in(other, service.password)
    assert usurper.get("/oma/").status == 302
    assert Visitor(service.url).sign_in(address, service.password).status == 302


def test_the_plain_sign_in_of_the_administration_is_closed(service: Service) -> None:
    """It would ask for no second factor."""
    for path in (
        "/hallinta/login/",
        "/_util/login/",
        "/sv/_util/login/",
        "/en/_util/login/",
        "/hallinta/password_reset/",
    ):
        visitor = Visitor(service.url)
        visitor.get("/tili/login/")
        answer = visitor.post(
            path, {"username": "yllapito@demo.example", "login": "yllapito@demo.example", "password": service.password}
        )
        assert answer.status in {302, 403, 405}, path
        assert "sessionid" not in visitor.cookies, path
        assert visitor.get("/hallinta/").status == 302
