"""What the style page shows the components with: forms in every state, a list with filters, blocks, questions."""

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.constants import DEFAULT_LEVELS
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, QueryDict

from common.headings import Heading
from common.listing import Filter, Listing, TextFilter
from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.models import LessonPage, Question, QuestionOption, QuestionStep, QuestionVersion
from learning.courses.sheet import Shown, show

TEXTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "samples.yaml").read_text(encoding="utf-8"))
CHOICES = [(str(number), text) for number, text in enumerate(TEXTS["choices"], 1)]
LONG = [(str(number), f"Vaihtoehto {number}") for number in range(1, 12)]
# Each kind of question, and each outcome that an answer may have.
ANSWERS: list[tuple[str, dict[str, list[str]] | None]] = [
    ("single", None),
    ("single", {"a": ["1"]}),
    ("single", {"a": ["0"]}),
    ("multiple", {"a": ["0", "1"]}),
    ("match", {"a0": ["0"], "a1": ["0"]}),
    ("order", None),
    ("fill", {"a": ["kunnille"]}),
    ("number", {"a": ["kaksi"]}),
    ("text", {"a": ["Se vain tuntui siltä."]}),
    ("case", {"a0": ["0"]}),
]


class SampleForm(forms.Form):
    """Every kind of field that the site's forms have."""

    name = forms.CharField(label="Nimi", help_text="Niin kuin se näkyy muille.")
    address = forms.EmailField(label="Sähköpostiosoite")
    nickname = forms.CharField(label="Lempinimi", required=False)
    place = forms.ChoiceField(label="Paikka", choices=CHOICES)
    text = forms.CharField(label="Havainto", widget=forms.Textarea, help_text="Älä kerro, kenestä on kyse.")
    one = forms.ChoiceField(label="Valitse yksi", choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label="Valitse sopivat", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="Olen lukenut tietosuojaselosteen")


class AskingForm(AsksAboutPersonalData, forms.Form):
    """A free text that asks once more where there seems to be personal data in it."""

    free_texts = ("text",)
    text = forms.CharField(label="Viesti", widget=forms.Textarea, help_text="Älä kerro, kenestä on kyse.")


def asking_form() -> AskingForm:
    """The form as it comes back with every kind of finding; the numbers and names are made up."""
    return AskingForm({"text": TEXTS["findings"]}, auto_id="kysyy_%s")


def sample_forms() -> dict[str, SampleForm]:
    """The form untouched, and the form as it comes back with mistakes in it."""
    wrong = {"name": "", "address": "aino@", "place": "2", "text": "", "several": ["1", "9"]}
    return {"empty": SampleForm(auto_id="tyhja_%s"), "wrong": SampleForm(wrong, auto_id="virhe_%s")}


def sample_list(request: HttpRequest, query: str) -> Listing[ContentType]:
    """A list of many pages with each kind of filter, as the address with that query would show it."""
    asked = copy(request)
    asked.GET = QueryDict(query)
    filters = [
        Filter("tehtavaalue", "Rajaa", CHOICES[::2], _same, several=False, links_from="Kaikki"),
        Filter("aika", "Yksi valinta", CHOICES, _same, several=False),
        Filter("tyyppi", "Monta valintaa", CHOICES, _same),
        Filter("alue", "Pitkä luettelo", LONG, _same),
    ]
    name = TextFilter("nimi", "Nimessä on", _same)
    return Listing(asked, ContentType.objects.order_by("pk"), filters, per_page=3, text=name)


def _same(rows: Any, _value: Any) -> Any:
    return rows


def messages() -> list[Message]:
    return [Message(DEFAULT_LEVELS[level.upper()], text) for level, text in TEXTS["messages"].items()]


def contents() -> list[Heading]:
    return [Heading(2, "controls", text) for text in TEXTS["contents"]]


def blocks() -> Any:
    """One of each block that needs no file."""
    field: Any = LessonPage._meta.get_field("body")
    return field.stream_block.to_python([{"id": f"malli-{at}"} | block for at, block in enumerate(TEXTS["blocks"])])


def questions() -> Iterator[Shown]:
    for number, (kind, answer) in enumerate(ANSWERS):
        yield show(_version(kind), f"kysymys-{number}", answer)


def _version(kind: str) -> QuestionVersion:
    """A version that is in no database."""
    sample = TEXTS["questions"][kind]
    question = Question(pk=1, code=kind, kind=kind, prompt=sample["prompt"])
    question.feedback_right, question.feedback_wrong = "Kaikki meni oikein.", "Mieti vielä."
    question.model_answer = sample.get("model_answer", "")
    question.options = [QuestionOption(sort_order=at, **option) for at, option in enumerate(sample["options"])]
    question.steps = [QuestionStep(sort_order=at, **step) for at, step in enumerate(sample.get("steps", []))]
    return QuestionVersion(question=question, number=1, content=question.content())
