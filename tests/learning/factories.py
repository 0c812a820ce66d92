"""The least that is valid: themes, courses with modules and lessons, questions of every kind."""

from decimal import Decimal
from typing import Any

from wagtail.models import Locale

from learning.courses.models import (
    Course,
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
    Question,
    QuestionOption,
    QuestionStep,
    QuestionVersion,
)
from learning.courses.services import save_question
from learning.themes.models import ThemeIndexPage, ThemePage

Option = dict[str, Any]
QUESTIONS: dict[str, list[Option]] = {
    "single": [
        {"text": "Unohdettu aika", "feedback": "Voi olla yksilöllistä."},
        {"text": "Sama kohta jää tyhjäksi", "correct": True, "feedback": "Toisto kertoo lomakkeesta."},
        {"text": "Väsynyt työntekijä", "feedback": "Yksi havainto ei riitä."},
    ],
    "truefalse": [
        {"text": "Oikein", "feedback": "Ei."},
        {"text": "Väärin", "correct": True, "feedback": "Juuri niin."},
    ],
    "multiple": [
        {"text": "Tieto", "correct": True, "feedback": "Ensimmäinen osa."},
        {"text": "Päätös", "feedback": "Muu laki."},
        {"text": "Ehdotus", "correct": True, "feedback": "Toinen osa."},
    ],
    "match": [
        {"text": "Asiakasraati", "match": "inkluusiotyö"},
        {"text": "Lausunto", "match": "strategiatyö"},
        {"text": "Arviointien luenta", "match": "tietotyö"},
    ],
    "order": [{"text": "kysymys"}, {"text": "keruu"}, {"text": "tulkinta"}, {"text": "rajoitukset"}],
    "fill": [
        {"text": "hyvinvointialueille", "correct": True, "feedback": "Vuoden 2023 alusta."},
        {"text": "hyvinvointialueelle", "correct": True},
        {"text": "kunnille", "feedback": "Vuoden 2022 loppuun asti."},
    ],
    "number": [
        {"text": "2,5", "correct": True, "feedback": "Laskit oikein."},
        {"text": "40", "feedback": "Tuo on loppujen osuus."},
    ],
    "text": [
        {"text": "sama este toistu*", "correct": True, "feedback": "Toisto tekee siitä rakenteellisen."},
        {"text": "rakentei*", "correct": True},
        {"text": "asiakkaan syy*", "feedback": "Silloin se olisi yksilöllistä."},
    ],
    "case": [
        {"step": "alku", "text": "Kysyn lisää.", "match": "tieto", "correct": True, "feedback": "Tieto ensin."},
        {"step": "alku", "text": "Päätän heti.", "match": "", "feedback": "Liian varhain."},
        {"step": "tieto", "text": "Kirjaan havainnon.", "match": "", "correct": True, "feedback": "Siitä se lähtee."},
        {"step": "tieto", "text": "Unohdan asian.", "match": "muistutus", "feedback": "Este jää."},
        {"step": "muistutus", "text": "Kirjaan nyt.", "match": "", "correct": True, "feedback": "Parempi myöhään."},
        {"step": "muistutus", "text": "En tee mitään.", "match": "", "feedback": "Este jää."},
    ],
}
# What forms send when everything in these questions is right.
RIGHT: dict[str, dict[str, list[str]]] = {
    "single": {"a": ["1"]},
    "truefalse": {"a": ["1"]},
    "multiple": {"a": ["0", "2"]},
    "match": {"a0": ["0"], "a1": ["1"], "a2": ["2"]},
    "order": {"a0": ["0"], "a1": ["1"], "a2": ["2"], "a3": ["3"]},
    "fill": {"a": ["hyvinvointialueille"]},
    "text": {"a": ["sama este toistuu"]},
    "number": {"a": ["2,5"]},
    "case": {"a0": ["0"], "a1": ["2"]},
}
PROMPTS = {"fill": "Velvoite kuuluu nyt ___ ja Helsingille."}
STEPS = {
    "case": [("alku", "Asiakas kertoo jonosta."), ("tieto", "Jono on sama muilla."), ("muistutus", "Työpari kysyy.")]
}
MODELS = {"text": "Sama este toistuu eri ihmisillä."}


def make_question(kind: str, code: str = "", **fields: Any) -> QuestionVersion:
    """Save a question of the kind through its service; return its version."""
    question = Question(
        code=code or kind,
        kind=kind,
        prompt=PROMPTS.get(kind, f"Kysymys: {code or kind}?"),
        feedback_right="Kaikki meni oikein.",
        feedback_wrong="Mieti vielä.",
        **fields,
    )
    _fill(question, QUESTIONS[kind])
    return save_question(question)


def _fill(question: Question, rows: list[Option]) -> None:
    steps = STEPS.get(question.kind, [])
    question.model_answer = MODELS.get(question.kind, "")
    question.options = [QuestionOption(sort_order=at, **option) for at, option in enumerate(rows)]
    question.steps = [QuestionStep(sort_order=at, name=name, text=text) for at, (name, text) in enumerate(steps)]


def version_of(kind: str, options: list[Option] | None = None, **changes: Any) -> QuestionVersion:
    """A version that is in no database."""
    question = Question(pk=1, code=kind, kind=kind, prompt=PROMPTS.get(kind, "Kysymys?"))
    question.feedback_right, question.feedback_wrong = "Kaikki meni oikein.", "Mieti vielä."
    _fill(question, QUESTIONS[kind] if options is None else options)
    return QuestionVersion(question=question, number=1, content=question.content() | changes)


def make_theme(title: str, language: str = "fi", **fields: Any) -> ThemePage:
    index = ThemeIndexPage.objects.get(locale__language_code=language)
    theme: ThemePage = index.add_child(instance=ThemePage(title=title, locale=index.locale, **fields))
    return theme


def make_course(modules: int = 1, lessons: int = 1, code: str = "kurssi") -> CoursePage:
    """A course page with so many modules, each with so many lessons."""
    course = Course.objects.create(code=code, name_fi=code, credits=5, hours=135)
    index = CourseIndexPage.objects.get(locale__language_code="fi")
    page: CoursePage = index.add_child(instance=CoursePage(title=f"Kurssi {code}", slug=code, course=course))
    for number in range(1, modules + 1):
        module = page.add_child(
            instance=ModulePage(
                title=f"Moduuli {code} {number}", slug=f"m{number}", code=f"M{number}", credits=Decimal("0.5")
            )
        )
        for at in range(1, lessons + 1):
            module.add_child(instance=LessonPage(title=f"Tunti {number}.{at}", slug=f"t{at}", minutes=10))
    return page


def ask(lesson: LessonPage, *versions: QuestionVersion) -> LessonPage:
    """Put the questions in the lesson."""
    lesson.body = [("question", version.question) for version in versions]
    lesson.save()
    return lesson


def translate(page: Any, language: str, title: str, parent: Any) -> Any:
    """A live translation under the parent."""
    copy = type(page)(
        title=title,
        slug=f"{page.slug}-{language}",
        locale=Locale.objects.get(language_code=language),
        translation_key=page.translation_key,
        **{name: getattr(page, name) for name in ("course_id", "code", "month") if hasattr(page, name)},
    )
    return parent.add_child(instance=copy)
