"""Events, their sessions and series, and the pages that present them."""

import uuid
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from common.models import BasePage, PresentingPage
from common.translated import Named
from common.usage import CountedManyToManyField
from network.events.blocks import ProgrammeBlocks
from network.events.querysets import EventPageManager
from network.events.times import When, others_in_words, when
from vocabulary.blocks import ContentWithTerms
from vocabulary.panels import checkboxes, vocabulary_panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.schema import Context, Thing


class EventSeries(index.Indexed, Named):
    """Events that belong together: a forum series, a series of workshops."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    description = models.TextField(_("description"), blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        FieldPanel("code"),
        FieldPanel("description"),
    ]
    search_fields = [index.SearchField("name_fi"), index.AutocompleteField("name_fi")]

    class Meta:
        verbose_name = _("event series")
        verbose_name_plural = pgettext_lazy("plural", "event series")
        ordering = ["name_fi"]


class Event(index.Indexed, ClusterableModel, Named):
    """Something that is held, in whatever language it is announced. Times are UTC in the database."""

    class Type(models.TextChoices):
        FORUM = "forum", _("Forum")
        WORKSHOP = "workshop", _("Workshop")
        LECTURE = "lecture", _("Lecture")
        COACHING = "coaching", _("Coaching")
        TRAINING_DAY = "training_day", _("Training day")
        SEMINAR = "seminar", _("Seminar")
        CONFERENCE = "conference", _("Conference")
        OPEN_HOUSE = "open_house", _("Open house")

    class Format(models.TextChoices):
        REMOTE = "remote", _("Online")
        ONSITE = "onsite", _("On site")
        HYBRID = "hybrid", _("On site and online")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")

    class ProgrammeStatus(models.TextChoices):
        PROVISIONAL = "provisional", _("Provisional programme")
        CONFIRMED = "confirmed", _("Confirmed programme")

    class DatePrecision(models.TextChoices):
        DAY = "day", _("Day and time")
        MONTH = "month", _("Month only")
        SEASON = "season", _("Season only")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    type = models.CharField(_("type"), max_length=15, choices=Type)
    series = models.ForeignKey(
        EventSeries, verbose_name=_("series"), on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    organisers = CountedManyToManyField(
        "organisations.Organisation", verbose_name=_("organisers"), blank=True, related_name="events"
    )
    format = models.CharField(_("format"), max_length=10, choices=Format)
    place = models.CharField(_("place"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    programme_status = models.CharField(
        _("programme"), max_length=15, choices=ProgrammeStatus, default=ProgrammeStatus.PROVISIONAL
    )
    date_precision = models.CharField(
        _("how exact the date is"), max_length=10, choices=DatePrecision, default=DatePrecision.DAY
    )
    sessions_are_alternatives = models.BooleanField(
        _("the sessions are alternatives"),
        default=False,
        help_text=_("The same content several times: one comes to one of them."),
    )
    themes = CountedManyToManyField(
        "themes.ThemePage",
        verbose_name=_("themes"),
        blank=True,
        related_name="events",
        limit_choices_to={"locale__language_code": "fi"},
    )
    task_areas = CountedManyToManyField("vocabulary.TaskArea", verbose_name=_("task areas"), blank=True)
    phenomena = CountedManyToManyField("vocabulary.Phenomenon", verbose_name=_("phenomena"), blank=True)
    methods = CountedManyToManyField("vocabulary.Method", verbose_name=_("methods"), blank=True)
    # Calendars that have fetched the event take a copy with a greater number for a newer one.
    changes = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    panels = [
        MultiFieldPanel([FieldPanel("name_fi"), FieldPanel("name_sv"), FieldPanel("name_en")], heading=_("Names")),
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("type"), FieldPanel("series")], heading=_("Kind")),
        MultiFieldPanel([FieldPanel("format"), FieldPanel("place")], heading=_("Where")),
        InlinePanel("sessions", label=_("session"), heading=_("When"), min_num=1),
        FieldPanel("date_precision"),
        FieldPanel("sessions_are_alternatives"),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("programme_status")], heading=_("State")),
        checkboxes("organisers"),
        vocabulary_panel("themes", "task_areas", "phenomena", "methods"),
    ]
    search_fields = [
        index.SearchField("name_fi"),
        index.SearchField("place"),
        index.AutocompleteField("name_fi"),
        index.FilterField("type"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["name_fi"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Also count the change, in the database: two editors who save at once make two changes."""
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        self.changes = F("changes") + 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "changes", "changed_at"}
        super().save(*args, **kwargs)
        self.refresh_from_db(fields=["changes"])

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED


class Session(Orderable):
    """One time of the event."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="sessions")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("place, if another"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [FieldPanel("starts"), FieldPanel("ends"), FieldPanel("place"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_it_starts")]

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("The session must end after it starts.")})


class EventIndexPage(BasePage):
    """Coming and past events with filters."""

    template = "network/events/event_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("event list")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.events.views import event_list

        context = super().get_context(request, *args, **kwargs)
        return context | event_list(request)


class EventPage(PresentingPage):
    """An event as it is announced."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="pages")
    audience = models.CharField(_("for whom"), max_length=300, blank=True)
    body = StreamField(ContentWithTerms(), verbose_name=_("text"), blank=True)
    programme = StreamField(ProgrammeBlocks(), verbose_name=_("programme"), blank=True)

    objects = EventPageManager()

    presents = "event"
    already_presented = _("The event already has a page in this language.")

    template = "network/events/event_page.html"
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("event"),
        FieldPanel("audience"),
        FieldPanel("body"),
        FieldPanel("programme"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("programme")]

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    @cached_property
    def sessions(self) -> list[Session]:
        return sorted(self.event.sessions.all(), key=lambda session: session.starts)

    @cached_property
    def shown_session(self) -> Session | None:
        """The session that a card shows: the next one, or the first of an event that is over."""
        now = timezone.now()
        return next((each for each in self.sessions if each.ends >= now), None) or next(iter(self.sessions), None)

    @property
    def is_past(self) -> bool:
        """Whether every session has ended; an event without sessions is still to come."""
        return bool(self.sessions) and all(session.ends < timezone.now() for session in self.sessions)

    @property
    def when(self) -> When | None:
        """The time that a card shows, as exactly as it is known."""
        return when(self.event, self.shown_session) if self.shown_session else None

    @property
    def other_days(self) -> str:
        """What a card says of the other sessions."""
        return others_in_words(self.event, self.sessions, self.shown_session) if self.shown_session else ""

    @property
    def pattern_area(self) -> str | None:  # type: ignore[override]
        areas = self.event.task_areas.all()
        return areas[0].code if areas else None

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As any page; what calendars show of it changes the event too."""
        with transaction.atomic():
            # Read back, because keeping a draft saves the page too, without its new title.
            shown = EventPage.objects.filter(pk=self.pk, live=True).values_list("title", "lead")
            before = shown.first()
            saved = super().save(*args, **kwargs)
            if before and before != shown.all().first():
                Event.objects.filter(pk=self.event_id).update(changes=F("changes") + 1)
        return saved

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.events.views import event_surroundings

        context = super().get_context(request, *args, **kwargs)
        return context | event_surroundings(self)

    def structured_data(self, context: "Context") -> "list[Thing]":
        from network.events.schema import event

        return [event(self, context)]
