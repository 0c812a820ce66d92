"""What the frame around every page needs: sections, standing pages, languages, who is reading."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from blog.models import BlogIndexPage
from common import languages
from common.kept import kept
from common.languages import prefix
from home.models import AccessibilityStatementPage, StandardPage
from learning.courses.models import CourseIndexPage
from learning.themes.models import ThemeIndexPage
from network.events.models import EventIndexPage
from network.organisations.models import OrganisationIndexPage
from network.resources.models import ResourceIndexPage
from vocabulary.models import GlossaryPage

SECTIONS: list[tuple[type[Page], str | Promise]] = [
    (ThemeIndexPage, _("Themes")),
    (CourseIndexPage, _("Courses")),
    (BlogIndexPage, _("Blog")),
    (EventIndexPage, _("Events")),
    (OrganisationIndexPage, _("Network")),
    (ResourceIndexPage, _("Resources")),
]
# Found by their type too, though not in the main menu.
OTHER_LISTS: list[type[Page]] = [AccessibilityStatementPage, GlossaryPage]
OG_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
STANDING: list[tuple[str, str | Promise]] = [
    (StandardPage.Key.ABOUT.value, _("About the network")),
    (StandardPage.Key.CONTACT.value, _("Contact and feedback")),
    ("accessibility", _("Accessibility statement")),
    (StandardPage.Key.PRIVACY.value, _("Privacy notice")),
]


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    # "page" on the very page, "true" on pages below it.
    current: str


@kept
def section_urls(language: str) -> dict[str, str]:
    """Addresses by role, all with one query: in the language, else the address that says it is only in Finnish."""
    types = ContentType.objects.get_for_models(*[model for model, _label in SECTIONS], *OTHER_LISTS)
    wanted = Q(content_type__in=types.values()) | Q(standardpage__key__gt="")
    pages = (
        Page.objects.live()
        .filter(wanted, locale__language_code__in={language, settings.LANGUAGE_CODE})
        .annotate(key=F("standardpage__key"))
        .select_related("locale")
        # All that an address is made of.
        .only("url_path", "content_type", "locale__language_code")
        .order_by("path")
    )
    roles = {kind.pk: model.__name__ for model, kind in types.items()}
    urls: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code != language):
        role = page.key or roles.get(page.content_type_id, "")
        own = page.get_url() or "/"
        urls.setdefault(role, own if page.locale.language_code == language else prefix(language) + own)
    return urls


class Frame:
    """Read only by templates that show the frame; nothing is asked from the database before."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = languages.current()

    @cached_property
    def section_urls(self) -> dict[str, str]:
        return section_urls(self.language)

    def _item(self, label: str | Promise, url: str) -> NavItem:
        path = self.request.path
        current = "page" if path == url else "true" if path.startswith(url) else ""
        return NavItem(str(label), url, current)

    @cached_property
    def sections(self) -> list[NavItem]:
        urls = self.section_urls
        return [self._item(label, urls[page.__name__]) for page, label in SECTIONS if page.__name__ in urls]

    @cached_property
    def standing(self) -> list[NavItem]:
        urls = self.section_urls | {"accessibility": self.section_urls.get(AccessibilityStatementPage.__name__, "")}
        return [self._item(label, urls[role]) for role, label in STANDING if urls.get(role)]

    @cached_property
    def glossary(self) -> NavItem | None:
        url = self.section_urls.get(GlossaryPage.__name__)
        return self._item(_("Glossary"), url) if url else None

    @property
    def home_url(self) -> str:
        return f"{prefix(self.language)}/"

    @property
    def search_url(self) -> str:
        return reverse("search:search")

    @cached_property
    def has_session(self) -> bool:
        """Whether the reader has a session. Asked without opening one, so that anonymous pages may be cached."""
        session = getattr(self.request, "session", None)
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES or bool(session and session.modified)

    @property
    def is_signed_in(self) -> bool:
        return self.has_session and self.request.user.is_authenticated

    @property
    def messages(self) -> Any:
        return get_messages(self.request) if self.has_session else []

    @property
    def sign_in_url(self) -> str:
        """The sign-in page, which leads back here; not from the account's own pages, which would lead in a circle."""
        url, here = reverse("account_login"), self.request.path
        return url if here.startswith(url.removesuffix("login/")) else f"{url}?{urlencode({'next': here})}"

    @property
    def og_locale(self) -> str:
        """The language as Open Graph names it, with the country whose Swedish is meant."""
        return OG_LOCALES.get(self.language, OG_LOCALES[settings.LANGUAGE_CODE])

    @property
    def canonical(self) -> str:
        """The address without a query: filters and searches are not pages of their own."""
        return settings.SITE_URL + self.request.path


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "SOURCE_URL": settings.SOURCE_URL,
        "DEMO": settings.DEMO,
        "frame": Frame(request),
    }
