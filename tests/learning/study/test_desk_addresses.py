"""Every address of the teachers' desk, as the URLconf has them: who does not teach the run finds none of them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from learning.study.desk import opening
from learning.study.models import RunTeacher
from tests.learning.study.factories import make_run, make_teacher

pytestmark = pytest.mark.django_db
DESK = re.compile(r"hallinta/toteutukset/<slug:code>/")


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield whole, each
        else:
            yield from patterns(each, whole)


ADDRESSES = {whole: each for whole, each in patterns(get_resolver()) if DESK.match(whole)}
# Nothing else is asked for than the run: these show what they are to whom they are for.
OF_THE_RUN = sorted(whole for whole in ADDRESSES if whole.count("<") == 1)


def address(pattern: str, code: str) -> str:
    path = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", pattern)
    path = re.sub(r"<int:\w+>", "1", path).replace("<slug:code>", code, 1)
    return "/" + re.sub(r"<slug:\w+>", "1", path)


def test_there_are_addresses_to_look_at() -> None:
    assert len(OF_THE_RUN) > 15
    assert len(ADDRESSES) > 40


@pytest.mark.parametrize("pattern", sorted(ADDRESSES))
def test_each_is_opened_by_the_one_rule_of_the_desk(pattern: str) -> None:
    view: Any = ADDRESSES[pattern].callback
    around = []
    while view is not None:
        around.append(getattr(view, "__code__", None))
        view = getattr(view, "__wrapped__", None)
    assert opening.of_own_run(lambda request, run: None).__code__ in around  # type: ignore[arg-type,return-value]


def test_the_teacher_of_another_run_finds_none_and_nobody_is_told_that_they_are_there() -> None:
    run, other = make_run(code="oma"), make_run(code="muu")
    stranger, teacher, nobody = Client(), Client(), Client()
    stranger.force_login(make_teacher(other, "vieras"))
    teacher.force_login(make_teacher(run))
    run.run_teachers.update(role=RunTeacher.Role.RESPONSIBLE)
    # Somebody to whom the run could be handed over.
    make_teacher(run, "toinen")
    asked = {pattern: address(pattern, run.code) for pattern in OF_THE_RUN}
    # To the teacher of the run they are there: some take no GET, and some lead further.
    assert [path for path in asked.values() if teacher.get(path).status_code == 404] == []
    for pattern, path in asked.items():
        assert stranger.get(path).status_code in {404, 405}, pattern
        assert stranger.post(path).status_code in {404, 405}, pattern
        assert {stranger.get(path).status_code, stranger.post(path).status_code} != {405}, pattern
        assert nobody.post(path).status_code in {302, 404, 405}, pattern
