"""Loading the demonstration: whole or not at all, and the same twice."""

import datetime
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from blog.models import PostPage
from demo.loaders import accounts
from demo.models import LoadedFile

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "faults",
    [
        pytest.param(
            [
                ("blog/kello-22-40.md", "---\n", "", "blog/kello-22-40.md: front matter: is missing"),
                ("vocabulary/services.yaml", "- code:", "- code: [", "vocabulary/services.yaml: file: is not YAML"),
            ],
            id="files that cannot be read",
        ),
        pytest.param(
            [
                ("questions/m1.yaml", "kind: single", "kind: riddle", "questions/m1.yaml m1-1-k1: kind: is 'riddle'"),
                (
                    "organisations.yaml",
                    "type: expert_institute",
                    "type: club",
                    "organisations.yaml thl: type: is 'club'",
                ),
            ],
            id="rows with wrong fields",
        ),
        pytest.param(
            [
                (
                    "blog/kello-22-40.md",
                    "task_area: inclusion",
                    "task_area: kindness",
                    "kello-22-40.md: task_area: refers to",
                ),
                ("blog/kello-22-40.md", "date: ", "date: maanantai #", "blog/kello-22-40.md: date: is 'maanantai'"),
                ("blog/raportti-numero-14.md", "\n---\n", "\n---\n" + "a" * 3_400, "characters; write 2200–3400"),
                (
                    "events/kurssi-info.md",
                    "format: remote",
                    "format: telepathy",
                    "kurssi-info.md: format: is 'telepathy'",
                ),
                (
                    "resources/sanasto.md",
                    "file: sanasto.pdf",
                    "file: poissa.pdf",
                    "sanasto.md: file: 'poissa.pdf' is not",
                ),
                (
                    "themes/mittarit.md",
                    "modules: [M4, VT]",
                    "modules: [M9]",
                    "themes/mittarit.md: modules: refers to 'M9'",
                ),
                ("themes/vaikuttavuus.md", ":::\n", "", "themes/vaikuttavuus.md: body: "),
                ("pages/tietoa.fi.md", "title: ", "otsikko: ", "pages/tietoa.fi.md: title: is missing"),
                ("quizzes.yaml", "points: [1, 1, 2,", "points: [1, 1, kaksi,", "points: must be as many whole numbers"),
                (
                    "courses/rakenteellinen-sosiaalityo-5-op/course.sv.md",
                    '  - "Gruppens coach"\n',
                    "",
                    "course.sv.md: teachers: has 1 lines; the Finnish course has 2",
                ),
            ],
            id="pages with wrong fields",
        ),
    ],
)
def test_faults_are_named_by_file_and_field_and_nothing_is_loaded(
    content: Path, faults: list[tuple[str, str, str, str]]
) -> None:
    for file, old, new, _expected in faults:
        text = (content / file).read_text()
        assert old in text
        (content / file).write_text(text.replace(old, new, 1))

    with pytest.raises(CommandError) as refused:
        call_command("load_demo", content=content)

    for _file, _old, _new, expected in faults:
        assert expected in str(refused.value)
    assert not LoadedFile.objects.exists()
    assert not User.objects.exists()
    assert not PostPage.objects.exists()


@pytest.mark.django_db
def test_no_demonstration_where_demo_is_off(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("load_demo")

    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_password_is_kept_for_its_owner_alone(own_files: Path) -> None:
    accounts.load()

    path = own_files / "demo_password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert User.objects.get(email="toimittaja@demo.example").check_password(path.read_text().strip())


@pytest.mark.django_db
def test_a_given_password_is_used_and_not_kept(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("DEMO_PASSWORD", "oma salasana demoon")

    accounts.load()

    assert User.objects.get(email="yllapito@demo.example").check_password("oma salasana demoon")
    assert not (tmp_path / "demo_password").exists()
