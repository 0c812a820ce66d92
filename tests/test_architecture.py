"""The shape of the code: who imports whom, what files may be called, and that named templates exist."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from wagtail.models import get_page_models

from tests import sharing_out

ROOT = Path(__file__).resolve().parents[1]
# From the top down. A room imports rooms of the floors below, never of its own floor.
FLOORS = [
    # The composers: the demonstration fills all of them, and search finds the standing pages too.
    {"demo"},
    {"search"},
    {"home"},
    {"learning", "blog", "network"},
    {"notifications", "drafts", "accounts"},
    {"vocabulary", "texts"},
    {"common"},
]
# Inside an area, likewise.
INNER_FLOORS = {
    "learning": [{"credentials"}, {"study"}, {"courses"}, {"themes"}],
    "blog": [{"writing", "desk"}, {"working"}, {"submitting", "readers"}],
    "network": [{"events", "resources"}, {"organisations"}],
}
# Inside learning/study, likewise. A name holds for all that is under it, but for what has a floor of its own further
# down: what a room lends to its neighbours stands below them.
STUDY = ("learning", "study")
STUDY_FLOORS = [
    # The entrances: what Django, Wagtail and templates ask for.
    {"apps", "urls", "wagtail_hooks", "templatetags"},
    {"viewsets", "policies"},
    {"desk", "views"},
    {"overview", "course_feedback", "forms", "calendar", "what_it_takes"},
    {"co_teaching"},
    {"gradebook", "marking"},
    {"feedback"},
    {"questions"},
    {"services"},
    {"reviewing"},
    {"assignments", "attempts"},
    {"desk.frame", "desk.opening"},
    {"views.opening"},
    {"services.completing", "services.seats"},
    {"services.moves", "marking.names", "finding"},
    {"querysets"},
    {"standing"},
    {"tasks"},
    {"assignments.unsent", "notifications", "permissions", "text"},
    {"due", "outline", "criteria", "offline", "people", "person_field", "assignments.checking_files"},
    {"models"},
    {"errors", "signals", "pace"},
]
# run.py, which stands outside, and the processes that it starts.
WIRING = {"config"}
ROOMS = {room for floor in FLOORS for room in floor}
EMPTY_NAMES = {"utils.py", "helpers.py", "core.py", "misc.py", "util.py"}
LONGEST_FILE = 320


TRANSLATES = re.compile(r"(_|n?p?gettext(_lazy)?)\Z")


@cache
def sources() -> list[Path]:
    folders = [ROOT / "site", *(ROOT / area for area in ("learning", "blog", "network", "search"))]
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def module_of(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1:] if parts[0] == "site" else parts


def imports_of(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and module of every import, those inside functions and for type checking included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, tuple(name.name.split("."))) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            module = tuple(node.module.split("."))
            yield from ((node.lineno, (*module, name.name)) for name in node.names)


def models_by_name(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and module of every model that the file asks the registry for; "?" where the name is worked out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "get_model":
            named = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            label = named.split(".")[0] if isinstance(named, str) else None
            yield node.lineno, tuple(apps.get_app_config(label).name.split(".")) if label else ("?",)


def floor_of(room: str, floors: list[set[str]]) -> int | None:
    return next((number for number, floor in enumerate(floors) if room in floor), None)


def is_upward(importer: tuple[str, ...], imported: tuple[str, ...]) -> bool:
    """Whether the import goes up, or sideways to a neighbour."""
    if imported[0] in WIRING:
        return importer[0] not in WIRING
    mine, theirs = floor_of(importer[0], FLOORS), floor_of(imported[0], FLOORS)
    if mine is None or theirs is None:
        return False
    if importer[0] != imported[0]:
        return theirs <= mine
    inner = INNER_FLOORS.get(importer[0])
    if inner is None or len(importer) < 2 or len(imported) < 2 or importer[1] == imported[1]:
        return False
    mine, theirs = floor_of(importer[1], inner), floor_of(imported[1], inner)
    return mine is not None and theirs is not None and theirs <= mine


def place_in_study(module: tuple[str, ...]) -> tuple[str, int] | None:
    """The nearest name around the module that has a floor, and which floor; None outside learning/study."""
    inside = module[len(STUDY) :] if module[: len(STUDY)] == STUDY else ()
    for length in range(len(inside), 0, -1):
        name = ".".join(inside[:length])
        floor = floor_of(name, STUDY_FLOORS)
        if floor is not None:
            return name, floor
    return None


def is_upward_in_study(importer: tuple[str, ...], imported: tuple[str, ...]) -> bool:
    mine, theirs = place_in_study(importer), place_in_study(imported)
    return mine is not None and theirs is not None and mine[0] != theirs[0] and theirs[1] <= mine[1]


def test_imports_go_downwards() -> None:
    upward = [
        f"{path.relative_to(ROOT)}:{line} imports {'.'.join(imported)}"
        for path in sources()
        if module_of(path)[0] in ROOMS
        for line, imported in imports_of(path)
        if is_upward(module_of(path), imported) or is_upward_in_study(module_of(path), imported)
    ]
    assert not upward, "\n".join(upward)


def test_models_are_not_fetched_by_name_past_the_rule() -> None:
    """What may not be imported is not read through the registry either: follow a relation, or compose above."""
    assert not [
        f"{path.relative_to(ROOT)}:{line} fetches a model of {'.'.join(app)}"
        for path in sources()
        if module_of(path)[0] in ROOMS
        for line, app in models_by_name(path)
        if app == ("?",) or is_upward(module_of(path), app)
    ]


@pytest.mark.parametrize(
    ("written", "app"),
    [
        ('apps.get_model("events", "EventPage")', ("network", "events")),
        ('django_apps.get_model("blog.PostPage")', ("blog",)),
        ("apps.get_model(app, model)", ("?",)),
    ],
)
def test_models_fetched_by_name_are_seen(tmp_path: Path, written: str, app: tuple[str, ...]) -> None:
    file = tmp_path / "views.py"
    file.write_text(f"pages = {written}.objects.all()\n", encoding="utf-8")
    assert list(models_by_name(file)) == [(1, app)]
    assert app == ("?",) or is_upward(("learning", "themes", "views"), app)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("common.models", "accounts.models"),
        ("blog.views", "learning.themes.models"),
        ("network.organisations.models", "network.events.models"),
        ("network.events.views", "network.resources.models"),
        ("blog.desk.text", "blog.writing.forms"),
        ("blog.submitting.letters", "blog.working.stories"),
        ("learning.themes.views", "learning.courses.models"),
        ("accounts.forms", "notifications.services"),
        ("blog.models", "search.sources"),
        ("home.views", "search.query"),
        ("common.media", "config.settings.base"),
    ],
)
def test_the_rule_refuses_what_goes_up_or_sideways(importer: str, imported: str) -> None:
    assert is_upward(tuple(importer.split(".")), tuple(imported.split(".")))


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("home.views", "learning.courses.models"),
        ("learning.courses.models", "learning.themes.models"),
        ("network.events.models", "network.organisations.models"),
        ("blog.models", "common.models"),
        ("accounts.models", "vocabulary.models"),
        ("blog.models", "django.db.models"),
        ("blog.views", "blog.models"),
    ],
)
def test_the_rule_allows_what_goes_down(importer: str, imported: str) -> None:
    assert not is_upward(tuple(importer.split(".")), tuple(imported.split(".")))


@pytest.mark.parametrize(
    ("importer", "imported", "expected"),
    [
        ("marking.page", "gradebook.grades", True),
        ("feedback.talking", "marking.page", True),
        ("assignments.rules", "marking.services", True),
        ("tasks", "assignments.services", True),
        ("models.marking", "due", True),
        ("feedback.talking", "marking.names", False),
        ("marking.page", "marking.names", False),
        ("marking.page", "feedback.talking", False),
        ("assignments.rules", "models.assignments", False),
    ],
)
def test_the_rule_inside_study(importer: str, imported: str, expected: bool) -> None:
    assert is_upward_in_study((*STUDY, *importer.split(".")), (*STUDY, *imported.split("."))) is expected


def test_everything_in_study_has_a_floor() -> None:
    modules = {module_of(path) for path in sources()}
    inside = {module for module in modules if module[:2] == STUDY and module[2:] != ("__init__",)}
    assert inside
    assert [module for module in inside if place_in_study(module) is None] == []
    known = {".".join(module[2:length]) for module in inside for length in range(3, len(module) + 1)}
    assert {name for floor in STUDY_FLOORS for name in floor} <= known


def test_every_app_of_ours_has_a_floor() -> None:
    folders = [Path(config.path) for config in apps.get_app_configs()]
    ours = [folder.relative_to(ROOT) for folder in folders if "site-packages" not in folder.parts]
    assert ours
    assert {folder.parts[1] if folder.parts[0] == "site" else folder.parts[0] for folder in ours} <= ROOMS


def test_site_is_a_folder_and_not_a_package() -> None:
    # A package of that name would take the place of Python's own `site` module.
    assert not (ROOT / "site/__init__.py").exists()


def test_tests_are_not_packages() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [path for path in sources() if path.name in EMPTY_NAMES]


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    long = {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > LONGEST_FILE}
    assert not long


@pytest.mark.parametrize("model", get_page_models(), ids=lambda model: model._meta.label)
def test_every_page_has_its_template(model: type) -> None:
    if model._meta.app_label == "wagtailcore":  # type: ignore[attr-defined]
        return
    get_template(model.template)  # type: ignore[attr-defined]


def test_every_template_that_is_named_exists() -> None:
    named = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
    missing = [
        f"{path.relative_to(ROOT)} names {name}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not _exists(name)
    ]
    assert not missing, "\n".join(missing)


def _exists(name: str) -> bool:
    from django.template import TemplateDoesNotExist

    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_no_template_has_inline_script_or_style() -> None:
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\son\w+=", re.IGNORECASE
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "templates").rglob("*.html")
        if not {"wagtailadmin", "emails"} & set(path.parts)
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def hidden_texts(source: str) -> list[str]:
    """Texts to translate that stand inside an f-string, where the tool that collects them does not look."""
    inside = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.JoinedStr)]
    calls = [call for each in inside for call in ast.walk(each) if isinstance(call, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call.func, ast.Name) and TRANSLATES.match(call.func.id)]


def test_a_text_in_an_f_string_is_noticed() -> None:
    assert hidden_texts("f\"<b>{escape(pgettext('learner', 'completed'))}</b>\"") == [
        "pgettext('learner', 'completed')"
    ]
    assert hidden_texts("word = _('done')\nf'<b>{word}</b>'") == []


def test_every_text_can_be_collected_for_translation() -> None:
    found = {str(path.relative_to(ROOT)): hidden_texts(path.read_text(encoding="utf-8")) for path in sources()}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_the_page_cache_knows_every_filter() -> None:
    """A filter that it does not know works, but every page that it narrows is rendered anew."""
    makers = {"Filter", "TextFilter", "choice_filter", "year_filter"}
    parameters = {
        node.args[0].value
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in makers
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert parameters
    assert parameters <= set(settings.PAGE_CACHE_PARAMETERS)


def test_migrations_have_names() -> None:
    automatic = [
        path.name
        for area in ("site", "learning", "blog", "network", "search")
        for path in (ROOT / area).rglob("migrations/0*.py")
        if "_auto_" in path.name or path.stem.endswith("_alter")
    ]
    assert not automatic


def test_the_repository_names_no_place_on_somebodys_machine() -> None:
    place = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
    files = [*sources(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.*")]
    found = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix in {".py", ".md", ".toml", ".sh"} and path.name != Path(__file__).name
        if place.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_documents_that_the_source_names_exist() -> None:
    named = {
        (document, path.relative_to(ROOT))
        for path in [*sources(), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
        for document in re.findall(r"\bdocs/[\w/-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    assert named
    assert [(document, str(path)) for document, path in named if not (ROOT / document).exists()] == []
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("0*.md")]
    assert sorted(set(numbers)) == sorted(numbers)


def test_files_that_are_shared_out_by_name_exist() -> None:
    named = [name for name in (*sharing_out.TOGETHER, *sharing_out.LONG) if name.startswith("tests/")]
    assert [name for name in named if not (ROOT / name).exists()] == []
