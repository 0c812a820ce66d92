"""What every area builds on: the base page, and the files that pages show."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from common import shared, trail
from common.querysets import PageManager
from common.saving import SavedAsOne
from common.validators import validate_document, validate_image

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from common.schema import Context, Thing


class BasePage(Page):
    """A public page: a lead under the title, a description for lists and search engines, a note for editors."""

    lead = models.TextField(
        _("lead"), max_length=500, blank=True, help_text=_("One or two sentences that say what the page gives.")
    )
    is_example = models.BooleanField(
        _("invented example"),
        default=False,
        help_text=_("Marks people, organisations or figures on this page as invented."),
    )
    editor_note = models.TextField(
        _("note for editors"), blank=True, help_text=_("Sources and uncertainties. Never shown on the site.")
    )

    objects = PageManager()

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("is_example"), FieldPanel("editor_note")], heading=_("For editors")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    # The task area that colours the page and draws its structure pattern; None draws nothing.
    pattern_area: str | None = None
    # Whether all readers see the same content; what a page shows of its reader's own, `shared` keeps for nobody.
    is_shared = True

    class Meta:
        abstract = True

    @cached_property
    def source(self) -> "Page":
        """The Finnish page of this translation group: what other content is related to."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        return self.trail.in_language(self, settings.LANGUAGE_CODE) or self

    @cached_property
    def trail(self) -> trail.Trail:
        """The way to the page; whoever found the page by it may hand it over."""
        return trail.to_page(self)

    @property
    def crumbs(self) -> list[Page]:
        """Ancestors from the front page down, without the root."""
        return [step for step in self.trail.steps if step.pk != self.pk]

    def get_view_restrictions(self) -> "QuerySet[PageViewRestriction]":
        """As Wagtail has it; without a query where the way to the page shows that there are none."""
        lineage: list[Page] = [*self.trail.steps, self]
        if self.trail.is_private or any(page.alias_of_id for page in lineage):
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    @property
    def meta_description(self) -> str:
        return str(self.search_description or self.lead)

    def serve(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> Any:
        draw = super().serve
        return shared.answer(self, request, lambda reader: draw(reader, *args, **kwargs))

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.crumbs
        return context

    def structured_data(self, context: "Context") -> "list[Thing]":
        """What the page presents, in the words of schema.org; `context` is what its template shows."""
        return []


class PresentingPage(BasePage):
    """A page that presents a row of another model. A row has one page in each language."""

    # The foreign key to the row, and what to tell who makes another page of it.
    presents: ClassVar[str]
    already_presented: ClassVar["_StrPromise"]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        row = getattr(self, f"{self.presents}_id")
        same = type(self)._default_manager.filter(**{f"{self.presents}_id": row}, locale_id=self.locale_id)
        if row and same.exclude(pk=self.pk).exists():
            raise ValidationError({self.presents: self.already_presented})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail has it, which cleans a live page; pages of the same row take turns."""
        rows: Any = self._meta.get_field(self.presents).related_model
        with transaction.atomic():
            # The language is a column of Wagtail's own table, so no constraint of the database can hold the rule.
            rows.objects.select_for_update(no_key=True).filter(pk=getattr(self, f"{self.presents}_id")).first()
            return super().save(*args, **kwargs)


class SiteImage(AbstractImage):
    """An image with what its use requires: a text alternative, a credit and a licence."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    admin_form_fields = (
        *(name for name in WagtailImage.admin_form_fields if name != "tags"),
        "credit",
        "licence",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        super().clean()
        if self.file and not self.file._committed:
            validate_image(self.file)

    @property
    def default_alt_text(self) -> str:
        """The description; not the title, which is a name for editors."""
        return str(self.description or "")


class SiteRendition(AbstractRendition):
    """A resized copy of an image; public, kept apart from originals."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_image_and_filter"
            )
        ]

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Tell that the rendition comes from the cache: Wagtail would write it there again for every reader."""
        super().__setstate__(state)
        self._from_cache = True


class SiteDocument(AbstractDocument, SavedAsOne):
    """A file for reading or download, with who may open it and in which language it is."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        MEMBERS = "members", _("Signed-in members")
        STAFF = "staff", _("Editors and coordinators")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    access = models.CharField(_("who may open"), max_length=10, choices=Access, default=Access.PUBLIC)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")

    admin_form_fields = (
        *(name for name in WagtailDocument.admin_form_fields if name != "tags"),
        "access",
        "language",
        "tags",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        if not self.file:
            # Its form field has told what was wrong with it; Wagtail would add that "" is not an extension.
            return
        # A stored file was judged when it came, or is an SVG of our own: what is told of it may be edited.
        if not self.file._committed:
            super().clean()
            validate_document(self.file)

    @property
    def kind(self) -> str:
        """The file type as people say it: PDF, DOCX …"""
        return str(self.file_extension).upper()
