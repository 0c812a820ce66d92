"""Who may open which address of the administration: every address of the URLconf, for every role."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from tests.journeys.conftest import ROLES
from tests.journeys.visitor import Visitor
from tests.serving import Service

PREFIX = "hallinta/"
# What a stranger may see of the administration: its door and what that needs.
OPEN = {"hallinta/jsi18n/", "hallinta/sprite/"}
# Their GET does something, or there is nothing to ask for with GET.
NOT_ASKED = ("hallinta/logout/",)
OUTSIDERS = ("opiskelija", "kirjoittaja")
STAFF = tuple(role for role in ROLES if role not in OUTSIDERS)
THREADS = 3

# The Finnish front page, which the migrations make; a run of the demonstration.
FRONT = 3
RUN = "rsos5-2027k"
EDITOR, TEACHER, PARTNER, NETWORK, ADMIN = STAFF
EVERYONE = set(STAFF)
# docs/roles.md in expressions: the first one that fits an address says who gets in, and nobody else does.
RULES: list[tuple[str, set[str]]] = [
    (r"users/|groups/|sites/|collections/|redirects/|workflows/(?!task_chooser)", {ADMIN}),
    # Languages are built into the addresses.
    (r"locales/", set()),
    (r"settings/", set()),
    (r"reports/", {EDITOR, NETWORK, ADMIN}),
    (r"snippets/vocabulary/glossaryterm/(results/|$)", {EDITOR, TEACHER, NETWORK, ADMIN}),
    (r"snippets/vocabulary/\w+/(results/|$)", {EDITOR, NETWORK, ADMIN}),
    (r"snippets/vocabulary/\w+/delete", {ADMIN}),
    (r"snippets/vocabulary/", {EDITOR, ADMIN}),
    (r"snippets/(blog|courses)/\w+/delete", {ADMIN}),
    (r"snippets/blog/|blogi/", {EDITOR, ADMIN}),
    (r"snippets/courses/", {EDITOR, TEACHER, ADMIN}),
    # Only those who teach the run, or a run of the course.
    (rf"toteutukset/{RUN}/((arviointi|opettajat|kurssipalaute|tilastot|vertailu)/|$)|kurssit/\d+/huone/", {TEACHER}),
    # The demonstration's teacher teaches this run.
    (rf"toteutukset/{RUN}/suoritukset/(tiedostot|lista|tuonti)/$", {TEACHER}),
    (rf"toteutukset/{RUN}/\w+/$|kurssit/\d+/kopioi/", {EDITOR, TEACHER, ADMIN}),
    # The demonstration's teacher is responsible for runs.
    (r"todistukset/", {TEACHER, ADMIN}),
    (r"snippets/organisations/organisation/(results/|$)", {EDITOR, PARTNER, NETWORK, ADMIN}),
    (r"snippets/(organisations|events)/\w+/delete", {ADMIN}),
    (r"snippets/(organisations|events)/", {EDITOR, NETWORK, ADMIN}),
    # In Wagtail, who may change any file may delete it; the others are kept to their own.
    (r"documents/(delete|edit)/|images/\d+/(delete/)?$", {EDITOR, NETWORK, ADMIN}),
    (r"(documents|images)/(results/|add/|$)", EVERYONE),
    (r"pages/(\d+/)?$|pages/search/|choose-page/|account/", EVERYONE),
    (rf"pages/{FRONT}/((edit|unpublish|copy|privacy|history|usage|workflow_history)/|revisions/\d)", {EDITOR, ADMIN}),
]
# What no role may ever get into, whatever becomes of the rules above.
NEVER = {
    TEACHER: r"users/|groups/|sites/|workflows/(add|edit)|redirects/|snippets/(events|vocabulary/(?!glossary))",
    PARTNER: r"users/|groups/|sites/|workflows/(add|edit)|redirects/|snippets/(events|courses|vocabulary)",
    NETWORK: r"users/|groups/|sites/|workflows/(add|edit)|redirects/|snippets/courses",
    EDITOR: r"users/|groups/|sites/|workflows/(add|edit)|redirects/|snippets/\w+/\w+/delete",
}


@dataclass(frozen=True)
class Address:
    """An address of the URLconf with its parameters filled in."""

    pattern: str
    path: str


def patterns(resolver: Any, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield whole
        else:
            yield from patterns(each, whole)


def filled(pattern: str) -> str:
    """The address with an id that exists in the demonstration, and words that exist everywhere."""
    path = re.sub(r"<int:(page_id|parent_page_id|page_to_move_id)>", str(FRONT), pattern)
    path = re.sub(r"toteutukset/<slug:code>", f"toteutukset/{RUN}", path)
    path = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", path)
    path = re.sub(r"<int:\w+>", "1", path)
    path = re.sub(r"<slug:content_type_app_name>|<slug:app_label>|<slug:app_name>|<str:app_label>", "home", path)
    path = re.sub(r"<slug:content_type_model_name>|<slug:model_name>|<str:model_name>", "standardpage", path)
    path = re.sub(r"<(str|slug|path):\w+>", "1", path)
    path = path.replace(
        "^(?P<pk>\\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\\d+)\\.\\.\\.", "1/revisions/compare/live..."
    )
    path = path.replace("(?P<revision_id_b>live|latest|\\d+)/$", "live/").replace("<uidb64>/<token>", "a/b")
    return "/" + path.replace("^", "").replace("$", "")


def addresses() -> list[Address]:
    found = {
        pattern: Address(pattern, filled(pattern)) for pattern in patterns(get_resolver()) if pattern.startswith(PREFIX)
    }
    return [each for pattern, each in found.items() if ".*" not in pattern and not pattern.startswith(NOT_ASKED)]


ADDRESSES = addresses()


def ask_all(visitor: Visitor, wanted: list[Address]) -> dict[str, Any]:
    """The answers by pattern, asked side by side."""

    def ask(each: Address) -> Any:
        person = Visitor(visitor.base, address=visitor.address, cookies=dict(visitor.cookies))
        return person.get(each.path)

    with ThreadPoolExecutor(THREADS) as pool:
        return dict(zip([each.pattern for each in wanted], pool.map(ask, wanted), strict=True))


def is_refused(answer: Any) -> bool:
    """Sent away: to sign in, to the administration's front page, or told no."""
    return answer.status == 403 or (
        answer.status == 302 and answer.location.split("?")[0] in {"/hallinta/", "/tili/login/", "/hallinta/login/"}
    )


def test_there_are_addresses_to_ask() -> None:
    assert len(ADDRESSES) > 250
    assert all(re.fullmatch(r"/[\w./-]*", each.path) for each in ADDRESSES), [
        each for each in ADDRESSES if not re.fullmatch(r"/[\w./-]*", each.path)
    ]


def test_strangers_are_sent_to_sign_in(stranger: Visitor) -> None:
    answers = ask_all(stranger, [each for each in ADDRESSES if each.pattern not in OPEN])
    door = re.compile(r"/(tili/login|hallinta/login|tili/password/reset)/|/hallinta/$")
    inside = {
        pattern: answer.status
        for pattern, answer in answers.items()
        if answer.status != 404 and not (answer.status in {301, 302} and door.match(answer.location))
    }
    assert not inside


@pytest.mark.parametrize("role", OUTSIDERS)
def test_people_without_a_role_get_nowhere(signed_in: Callable[[str], Visitor], role: str) -> None:
    answers = ask_all(signed_in(role), [each for each in ADDRESSES if each.pattern not in OPEN])
    inside = {
        pattern: answer.status for pattern, answer in answers.items() if answer.status not in {301, 302, 403, 404}
    }
    assert not inside


def who_may(path: str) -> set[str] | None:
    """The roles that an address is for; None where no rule speaks of it."""
    return next((roles for rule, roles in RULES if re.match(f"/{PREFIX}(?:{rule})", path)), None)


def test_each_role_opens_what_it_may_and_no_more(signed_in: Callable[[str], Visitor]) -> None:
    """The administration's lists and forms by the rules above; and none of its addresses fails."""
    wrong = []
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for role in STAFF:
        for pattern, answer in ask_all(signed_in(role), ADDRESSES).items():
            path, allowed = filled(pattern), who_may(filled(pattern))
            outcome = outcome_of(answer)
            table[role][outcome] += 1
            if answer.status >= 500:
                wrong.append(f"{role} {path} {answer.status}")
            if outcome == "in" and allowed is not None and role not in allowed:
                wrong.append(f"{role} got into {path} ({answer.status})")
            if outcome == "refused" and allowed is not None and role in allowed:
                wrong.append(f"{role} was kept out of {path} ({answer.status})")
    print("\n" + "\n".join(f"{role}: {dict(counts)}" for role, counts in table.items()))
    assert not wrong, "\n".join(wrong)


def outcome_of(answer: Any) -> str:
    if is_refused(answer):
        return "refused"
    return "in" if answer.status in {200, 302} else str(answer.status)


@pytest.mark.parametrize("role", NEVER)
def test_no_role_gets_into_what_is_never_theirs(signed_in: Callable[[str], Visitor], role: str) -> None:
    wanted = [each for each in ADDRESSES if re.match(PREFIX + f"(?:{NEVER[role]})", each.path[1:])]
    assert wanted
    answers = ask_all(signed_in(role), wanted)
    assert not {pattern: answer.status for pattern, answer in answers.items() if answer.status not in {302, 403, 404}}
    assert not {
        pattern: answer.location
        for pattern, answer in answers.items()
        if answer.status == 302 and not is_refused(answer)
    }


def test_writing_needs_the_same_rights_as_looking(signed_in: Callable[[str], Visitor]) -> None:
    """A form that a role may not open cannot be sent by it either."""
    for role in (PARTNER, TEACHER, *OUTSIDERS):
        person = signed_in(role)
        wanted = [each for each in ADDRESSES if re.match(PREFIX + f"(?:{NEVER[PARTNER]})", each.path[1:])]
        if role == TEACHER:
            wanted = [each for each in wanted if "snippets" not in each.path]
        for each in wanted[::3]:
            answer = person.post(each.path, {"name": "x", "email": "x@x.example"})
            assert is_refused(answer) or answer.status in {301, 404, 405}, (role, each.path, answer.status)


def test_the_way_into_the_administration(service: Service, signed_in: Callable[[str], Visitor]) -> None:
    assert {role: signed_in(role).get("/hallinta/").status for role in STAFF} == dict.fromkeys(STAFF, 200)
    for role in OUTSIDERS:
        answer = signed_in(role).get("/hallinta/")
        assert answer.status in {302, 403}
        assert "/hallinta/" not in signed_in(role).get("/oma/").text
