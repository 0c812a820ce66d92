"""Pages of certificates: what strangers with a code see, and what the owner decides."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from learning.courses.models import Course, CourseRun, Quiz
from learning.credentials import services
from learning.credentials.models import Certificate
from learning.study.attempts.answers import save
from learning.study.attempts.services import hand_in
from learning.study.models import RunQuiz
from tests.learning.credentials.conftest import complete, make_person
from tests.learning.study.quizzes import begun, client_of, make_quiz, right_answers

Answer = Any


def page(client: Client, certificate: Certificate, name: str = "certificate") -> Answer:
    return client.get(reverse(f"credentials:{name}", args=[certificate.code]))


def text(answer: Answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def allow(certificate: Certificate, **shown: bool) -> None:
    """The owner's choice; what is not named stays as it was."""
    names = ("shows_name", "shows_contents", "shows_file")
    choice = {name: shown.get(name, getattr(certificate, name)) for name in names}
    services.show(certificate=certificate, owner=certificate.enrolment.learner, **choice)


def test_at_first_the_page_tells_what_was_learnt_and_not_who_learnt_it(
    client: Client, certificate: Certificate
) -> None:
    answer = page(client, certificate)
    assert "Todistus on voimassa" in text(answer)
    assert "Mittarit käyttöön" in text(answer)
    assert "Aino" not in answer.content.decode()


def test_the_title_of_a_quiz_keeps_its_language(client: Client, learner: User, run: CourseRun) -> None:
    quiz = Quiz.objects.create(course=run.course, code="loppu", title="Loppukoe {% 1 %}", pass_percent=60)
    RunQuiz.objects.create(run=run, quiz=quiz)
    code = complete(learner, run).certificates.get().code
    in_finnish = client.get(f"/todistus/{code}/").content.decode()
    assert "<span>Loppukoe {% 1 %}</span>: hyväksytty, pisteitä vähintään 60 %" in in_finnish
    in_english = client.get(f"/en/todistus/{code}/").content.decode()
    assert '<span lang="fi">Loppukoe {% 1 %}</span>: passed with at least 60 % of the points' in in_english


def test_the_name_and_the_contents_show_as_the_owner_allows(client: Client, certificate: Certificate) -> None:
    allow(certificate, shows_name=True, shows_contents=False)
    shown = text(page(client, certificate))
    assert "Aino Šiŋŋá" in shown
    assert "Mittarit käyttöön" not in shown
    assert "Saimaan ammattikorkeakoulu" not in shown


def test_a_name_is_never_taken_for_markup(client: Client, certificate: Certificate, learner: User) -> None:
    learner.first_name = '<script>alert("x")</script>'
    learner.save()
    new = services.rename(certificate=certificate, owner=learner)
    allow(new, shows_name=True)
    assert "<script>alert" not in page(client, new).content.decode()


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_no_page_of_a_certificate_is_kept_or_indexed(language: str, client: Client, certificate: Certificate) -> None:
    for address in [f"/todistus/{certificate.code}/", "/todistus/0000-0000-0000/"]:
        answer = client.get(language + address)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert not answer.cookies


@pytest.mark.parametrize(
    "retype",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f" {code.lower()} ",
        lambda code: code.replace("0", "o").replace("1", "l"),
    ],
    ids=["small letters", "no dashes", "spaces", "spaces around", "letters for digits"],
)
def test_a_code_is_understood_however_it_is_typed(
    retype: Callable[[str], str], client: Client, certificate: Certificate
) -> None:
    certificate.code = "01K3-M0TX-1B4D"
    certificate.save()
    typed = retype(certificate.code)
    for answer in [client.get("/todistus/", {"koodi": typed}), client.get(f"/todistus/{typed}/")]:
        assert answer.status_code == 302
        assert answer["Location"] == f"/todistus/{certificate.code}/"


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKMNP", "UUUU-UUUU-UUUU", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ", "x" * 61])
def test_what_cannot_be_a_code_is_told_in_the_form(typed: str, client: Client, db: None) -> None:
    answer = client.get("/todistus/", {"koodi": typed})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("code", ["0000-0000-0000", "moi", "<b>x", "%00"])
def test_an_unknown_code_gets_help_and_a_form(code: str, client: Client, db: None) -> None:
    answer = client.get(f"/todistus/{code}/")
    assert answer.status_code in {400, 404}
    if answer.status_code == 404:
        assert 'name="koodi"' in answer.content.decode()
        assert "<b>x" not in answer.content.decode()


def test_guessing_is_stopped_for_a_while_and_told_when_to_go_on(client: Client, certificate: Certificate) -> None:
    answers = [client.get("/todistus/0000-0000-0000/").status_code for _time in range(31)]
    assert answers.count(404) == 30
    too_many = page(client, certificate)
    assert too_many.status_code == 429
    assert 0 < int(too_many["Retry-After"]) <= 60
    cache.clear()
    assert page(client, certificate).status_code == 200


def test_the_owner_is_not_counted_and_others_are_even_if_they_sign_in(
    client: Client, certificate: Certificate, learner: User
) -> None:
    client.force_login(learner)
    assert {page(client, certificate).status_code for _time in range(32)} == {200}
    client.force_login(make_person("Joku Muu"))
    assert {page(client, certificate).status_code for _time in range(32)} == {200, 429}


def test_a_revoked_certificate_says_so_with_the_day_and_nothing_else(
    client: Client, certificate: Certificate, responsible: User
) -> None:
    allow(certificate, shows_name=True, shows_file=True)
    services.revoke(certificate=certificate, by=responsible, reason="Salainen syy")
    shown = text(page(client, certificate))
    assert "ei ole voimassa" in shown
    for hidden in ["Salainen", "Aino", "Mittarit"]:
        assert hidden not in shown
    assert page(client, certificate, "file").status_code == 404


def test_a_replaced_certificate_leads_to_the_newer_one_and_tells_no_name(
    client: Client, certificate: Certificate, learner: User
) -> None:
    allow(certificate, shows_name=True)
    learner.first_name = "Aila"
    learner.save()
    new = services.rename(certificate=certificate, owner=learner)
    answer = page(client, certificate)
    assert f'href="/todistus/{new.code}/"' in answer.content.decode()
    assert "Aino" not in answer.content.decode()
    assert "Aila Šiŋŋá" in text(page(client, new))


def test_the_file_is_for_the_owner_until_the_owner_lets_others_have_it(
    client: Client, certificate: Certificate, learner: User
) -> None:
    assert page(client, certificate, "file").status_code == 404
    client.force_login(make_person("Toinen Ihminen"))
    assert page(client, certificate, "file").status_code == 404
    client.force_login(learner)
    mine = page(client, certificate, "file")
    assert (mine.status_code, mine["Content-Type"]) == (200, "application/pdf")
    assert mine["Cache-Control"] == "private, no-store"
    assert b"".join(mine.streaming_content).startswith(b"%PDF")
    client.logout()
    allow(certificate, shows_file=True)
    assert page(client, certificate, "file").status_code == 200


@pytest.mark.parametrize("name", ["own", "rename"])
def test_the_owners_pages_are_for_the_owner_alone(
    name: str, client: Client, certificate: Certificate, responsible: User
) -> None:
    address = reverse(f"credentials:{name}", args=[certificate.code])
    assert client.post(address).status_code in {302, 404}
    client.force_login(responsible)
    assert client.post(address).status_code == 404
    certificate.refresh_from_db()
    assert certificate.is_valid and certificate.shows_contents


def test_the_owner_chooses_what_is_shown(client: Client, certificate: Certificate, learner: User) -> None:
    client.force_login(learner)
    assert "Avaa todistus" in text(page(client, certificate, "own"))
    answer = client.post(certificate.owner_url, {"shows_name": "on"}, follow=True)
    assert answer.redirect_chain
    certificate.refresh_from_db()
    assert (certificate.shows_name, certificate.shows_contents, certificate.shows_file) == (True, False, False)


def test_the_owner_gets_a_certificate_in_a_new_name(client: Client, certificate: Certificate, learner: User) -> None:
    learner.last_name = "Guttorm"
    learner.save()
    client.force_login(learner)
    assert "Aino Guttorm" in text(page(client, certificate, "own"))
    answer = client.post(reverse("credentials:rename", args=[certificate.code]), follow=True)
    assert "Aino Guttorm" in text(answer)
    again = client.post(reverse("credentials:rename", args=[certificate.code]), follow=True)
    assert Certificate.objects.count() == 2
    assert "korvannut" in text(again)


def test_the_page_of_ones_name_leads_to_the_certificates_in_another(
    client: Client, certificate: Certificate, learner: User
) -> None:
    client.force_login(learner)
    assert certificate.owner_url not in client.get(reverse("home:name")).content.decode()
    answer = client.post(reverse("home:name"), {"first_name": "Aila", "last_name": "Guttorm"}, follow=True)
    assert f'href="{certificate.owner_url}"' in answer.content.decode()


def test_renaming_is_a_press_and_not_a_link(client: Client, certificate: Certificate, learner: User) -> None:
    client.force_login(learner)
    assert page(client, certificate, "rename").status_code == 405


@pytest.mark.parametrize(("name", "most"), [("certificate", 6), ("own", 10)])
def test_a_page_reads_the_database_few_times(
    name: str,
    most: int,
    client: Client,
    certificate: Certificate,
    learner: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    if name == "own":
        client.force_login(learner)
    page(client, certificate, name)
    with django_assert_max_num_queries(most):
        assert page(client, certificate, name).status_code == 200


def test_the_result_that_completes_a_run_leads_to_the_certificate(course: Course) -> None:
    attempt = begun(make_quiz(("single",), run_fields={"course": course}))
    client = client_of(attempt)
    assert "/todistus/" not in client.get(attempt.url).content.decode().partition("<main")[2].partition("</main>")[0]
    save(attempt=attempt, fields=right_answers(attempt), base=None)
    hand_in(attempt=attempt)
    certificate = Certificate.objects.get()
    assert f'class="button" href="{certificate.owner_url}"' in client.get(attempt.url).content.decode()


def test_a_run_whose_certificate_was_revoked_does_not_say_that_there_is_one(
    client: Client, certificate: Certificate, responsible: User
) -> None:
    client.force_login(certificate.enrolment.learner)
    run = reverse("study:run", args=[certificate.enrolment.run.code])
    assert "Sinulla on todistus" in client.get(run).content.decode()
    services.revoke(certificate=certificate, by=responsible, reason="Väärä henkilö.")
    html = client.get(run).content.decode()
    assert "Sinulla on todistus" not in html
    assert "Todistuksesi ei ole enää voimassa" in html
    assert certificate.owner_url in html
