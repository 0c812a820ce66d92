"""All content files, read together, so that references between them are checked before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from demo.reading import ContentError, Record, all_problems, read_list, read_markdown

TRANSLATIONS = ("sv", "en")
VOCABULARIES = (
    "task_areas",
    "phenomena",
    "actor_groups",
    "methods",
    "competence_areas",
    "services",
    "regions",
    "glossary",
)


@dataclass
class Module:
    """A module in its languages, Finnish first, and its lessons in order."""

    records: list[Record]
    lessons: list[Record]


@dataclass
class Course:
    """A course in its languages, Finnish first, with its modules in the order of the folders."""

    records: list[Record]
    modules: list[Module]


@dataclass
class ContentSet:
    """Everything under the content folder, by kind."""

    root: Path
    vocabularies: dict[str, list[Record]] = field(default_factory=dict)
    organisations: list[Record] = field(default_factory=list)
    series: list[Record] = field(default_factory=list)
    questions: list[Record] = field(default_factory=list)
    quizzes: list[Record] = field(default_factory=list)
    studies: list[Record] = field(default_factory=list)
    assignments: list[Record] = field(default_factory=list)
    common_criteria: list[Record] = field(default_factory=list)
    coursework_runs: list[Record] = field(default_factory=list)
    coursework_works: list[Record] = field(default_factory=list)
    coursework_drafts: list[Record] = field(default_factory=list)
    coursework_reviews: list[Record] = field(default_factory=list)
    coursework_talk: list[Record] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    themes: list[Record] = field(default_factory=list)
    posts: list[Record] = field(default_factory=list)
    channels: list[Record] = field(default_factory=list)
    decline_templates: list[Record] = field(default_factory=list)
    submissions: list[Record] = field(default_factory=list)
    events: list[Record] = field(default_factory=list)
    resources: list[Record] = field(default_factory=list)
    pages: list[Record] = field(default_factory=list)
    synonyms: list[Record] = field(default_factory=list)
    best_bets: list[Record] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        for rows in self.vocabularies.values():
            yield from rows
        yield from self.organisations
        yield from self.series
        yield from self.questions
        yield from self.quizzes
        yield from self.studies
        yield from self.assignments
        yield from self.common_criteria
        yield from self.coursework_runs
        yield from self.coursework_works
        yield from self.coursework_drafts
        yield from self.coursework_reviews
        yield from self.coursework_talk
        yield from self.synonyms
        yield from self.best_bets
        yield from self.channels
        yield from self.decline_templates
        yield from self.submissions
        for course in self.courses:
            yield from course.records
            for module in course.modules:
                yield from module.records
                yield from module.lessons
        for kind in (self.themes, self.posts, self.events, self.resources, self.pages):
            yield from kind

    def codes(self, vocabulary: str) -> set[str]:
        return {str(record.data.get("code")) for record in self.vocabularies[vocabulary]}

    def slugs(self, kind: list[Record]) -> set[str]:
        return {str(record.data.get("slug")) for record in kind}

    def course_codes(self) -> set[str]:
        """Codes of courses and of their modules: what a theme may point to."""
        found = set()
        for course in self.courses:
            found.add(str(course.records[0].data.get("code")))
            found.update(str(module.records[0].data.get("code")) for module in course.modules)
        return found

    def refuse_if_faulty(self) -> None:
        problems = all_problems(self.records())
        if problems:
            raise ContentError(list(dict.fromkeys(problems)))


def _markdown(root: Path, pattern: str) -> list[Record]:
    return [read_markdown(root, path) for path in sorted(root.glob(pattern))]


def _in_languages(root: Path, folder: Path, name: str) -> list[Record]:
    """name.md and its translations, name.sv.md and name.en.md."""
    paths = [folder / f"{name}.md", *(folder / f"{name}.{language}.md" for language in TRANSLATIONS)]
    return [read_markdown(root, path) for path in paths if path.is_file()]


def _module(root: Path, folder: Path, languages: set[str]) -> Module:
    """The module in the folder; only what the course has can be translated of it."""
    lessons = [path for path in sorted(folder.glob("*.md")) if not path.name.startswith("module.")]
    module = Module(_in_languages(root, folder, "module"), [read_markdown(root, lesson) for lesson in lessons])
    for record in module.records:
        if language_of(record) not in languages:
            record.problem("file", f"translates a module of a course that has no course.{language_of(record)}.md")
    for record in module.lessons:
        if language_of(record) != "fi":
            record.problem("file", "translates a lesson; lessons are loaded in Finnish only")
    return module


def _course(root: Path, folder: Path) -> Course:
    records = _in_languages(root, folder, "course")
    languages = {language_of(record) for record in records}
    folders = sorted(path.parent for path in folder.glob("*/module.md"))
    return Course(records, [_module(root, each, languages) for each in folders])


def read_content(root: Path) -> ContentSet:
    """Read every file; faults wait in the records until `refuse_if_faulty`."""
    content = ContentSet(root)
    content.vocabularies = {name: read_list(root, root / "vocabulary" / f"{name}.yaml") for name in VOCABULARIES}
    content.organisations = read_list(root, root / "organisations.yaml")
    content.series = read_list(root, root / "series.yaml")
    content.questions = [row for path in sorted(root.glob("questions/*.yaml")) for row in read_list(root, path)]
    content.quizzes = [row for path in root.glob("quizzes.yaml") for row in read_list(root, path)]
    content.studies = [row for path in root.glob("studies.yaml") for row in read_list(root, path)]
    content.assignments = _markdown(root, "assignments/*.md")
    content.common_criteria = _lists(root, "assignments/common.yaml")
    content.coursework_runs = _lists(root, "coursework/runs.yaml")
    content.coursework_works = _lists(root, "coursework/m*.yaml")
    content.coursework_drafts = _lists(root, "coursework/drafts.yaml")
    content.coursework_reviews = _lists(root, "coursework/reviews.yaml")
    content.coursework_talk = _lists(root, "coursework/talk.yaml")
    content.courses = [_course(root, path.parent) for path in sorted(root.glob("courses/*/course.md"))]
    content.themes = _markdown(root, "themes/*.md")
    content.posts = _markdown(root, "blog/*.md")
    content.channels = [row for path in root.glob("channels.yaml") for row in read_list(root, path)]
    content.decline_templates = [row for path in root.glob("decline_templates.yaml") for row in read_list(root, path)]
    content.submissions = _markdown(root, "submissions/*.md")
    content.events = _markdown(root, "events/*.md")
    content.resources = _markdown(root, "resources/*.md")
    content.pages = _markdown(root, "pages/*.md")
    content.synonyms = [row for path in root.glob("synonyms.yaml") for row in read_list(root, path)]
    content.best_bets = [row for path in root.glob("best_bets.yaml") for row in read_list(root, path)]
    _refuse_twins(content)
    return content


def _lists(root: Path, pattern: str) -> list[Record]:
    return [row for path in sorted(root.glob(pattern)) for row in read_list(root, path)]


def _refuse_twins(content: ContentSet) -> None:
    """Two rows with one code or slug would overwrite each other in silence."""
    groups = [*content.vocabularies.values(), content.organisations, content.series, content.questions, content.quizzes]
    for rows in groups:
        seen: set[str] = set()
        for record in rows:
            key = str(record.data.get("code") or record.data.get("slug") or "")
            if key in seen:
                record.problem("code", f"{key!r} is already used in this list")
            seen.add(key)


def language_of(record: Record) -> str:
    """The language in the file's name: vaikuttavuus.sv.md is Swedish, vaikuttavuus.md Finnish."""
    parts = record.path.rsplit("/", 1)[-1].split(".")
    return parts[1] if len(parts) == 3 and parts[1] in {"fi", "sv", "en"} else "fi"


def stem_of(record: Record) -> str:
    """The file's name without language and ending: what its language versions share."""
    return record.path.rsplit("/", 1)[-1].split(".")[0]
