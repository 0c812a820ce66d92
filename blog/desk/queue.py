"""The queue: whose turn each text is, since when, by when."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from blog.desk.opening import for_editors
from blog.models import MAX_CHARACTERS, MIN_CHARACTERS, Submission
from blog.models.submissions import ENDED, State, Turn
from blog.submitting.querysets import for_desk
from vocabulary.models import TaskArea

ON_PAGE = 25
SHOWN, TOPIC = "nayta", "tehtavaalue"


@dataclass(frozen=True)
class Part:
    """A part of the queue that the page offers."""

    code: str
    label: str | Promise
    which: Q


PARTS = [
    Part("", pgettext_lazy("texts", "On their way"), ~Q(turn=Turn.NOBODY) | Q(state=State.SCHEDULED)),
    Part("uudet", pgettext_lazy("texts", "New"), Q(state=State.SENT)),
    Part("toimitus", pgettext_lazy("texts", "Editors' turn"), Q(turn=Turn.EDITOR)),
    Part("kirjoittaja", pgettext_lazy("texts", "Writer's turn"), Q(turn=Turn.WRITER)),
    Part("ajastetut", pgettext_lazy("texts", "Scheduled"), Q(state=State.SCHEDULED)),
    Part("julkaistut", pgettext_lazy("texts", "Published"), Q(state=State.PUBLISHED)),
    Part("paattyneet", pgettext_lazy("texts", "Ended"), Q(state__in=ENDED)),
]
MINE = "omat"


@require_safe
@for_editors
def queue(request: HttpRequest) -> HttpResponse:
    """The texts of a part, the longest waiting first."""
    # "editor" comes before "writer" and the longest waiting first.
    rows = for_desk().order_by("turn", "turn_since", "pk")
    chosen = request.GET.get(SHOWN, "")
    part = next((each for each in PARTS if each.code == chosen), None)
    shown = rows.filter((part or PARTS[0]).which)
    if chosen == MINE:
        shown = shown.filter(editor=request.user.pk)
    topics = _topics(shown)
    topic = request.GET.get(TOPIC, "")
    if topic in {code for code, _name in topics}:
        shown = shown.filter(task_area__code=topic)
    context = {
        "breadcrumbs_items": [{"label": _("Texts sent to the blog"), "url": ""}],
        "header_title": _("Texts sent to the blog"),
        "header_icon": "edit",
        "parts": _counted(request.user.pk),
        "part": chosen if part or chosen == MINE else "",
        "topics": topics,
        "topic": topic,
        "page": Paginator(shown, ON_PAGE).get_page(request.GET.get("p")),
        "today": timezone.localdate(),
        "aim": (MIN_CHARACTERS, MAX_CHARACTERS),
    }
    return render(request, "blog/desk/queue.html", context)


def _counted(user_id: Any) -> list[tuple[str, str, int]]:
    """(code, label, number) of each part, the person's own after the whole; one query."""
    seen = Submission.objects.exclude(state=State.UNCONFIRMED)
    numbers = seen.aggregate(
        mine=Count("pk", filter=PARTS[0].which & Q(editor=user_id)),
        **{f"part_{place}": Count("pk", filter=part.which) for place, part in enumerate(PARTS)},
    )
    parts = [(part.code, str(part.label), numbers[f"part_{place}"]) for place, part in enumerate(PARTS)]
    return [parts[0], (MINE, _("Mine"), numbers["mine"]), *parts[1:]]


def _topics(rows: "QuerySet[Submission]") -> list[tuple[str, str]]:
    """(code, name) of the task areas that the texts of the part are about."""
    areas = TaskArea.objects.filter(pk__in=rows.order_by().values("task_area"))
    return [(area.code, area.name) for area in areas]
