"""Template tags of the product; built into every template."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import escape, format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from common import dates, headings, languages, pattern, switcher
from common.browsers import browser_name
from common.foreign import marked
from common.hyphens import soften
from common.listing import Listing
from common.personal_data.noticing import Noticed, words_for_script
from common.stylesheets import NAME as STYLES
from common.typography import typeset, typeset_html

register = template.Library()

register.filter("browser_name", browser_name)
register.filter("marked", marked)
register.filter("finnish_date", dates.day)
register.filter("day", dates.day)
register.filter("near_day", dates.near_day)
register.filter("weekday", dates.weekday)
register.filter("month_name", dates.month_name)
register.filter("month_of", dates.month_of)
register.filter("month_and_year", dates.month_and_year)
register.simple_tag(dates.day_range, name="date_range")
register.simple_tag(dates.clock, name="time_range")
register.simple_tag(dates.when, name="when")


@register.filter
def clock(moment: Any) -> str:
    return dates.clock(moment)


@register.simple_tag(name="pattern")
def pattern_tag(
    area: Any,
    seed: Any,
    cols: int = 3,
    rows: int = 3,
    planned: bool = False,
    form: str = "",
    bare: bool = False,
    crown: bool = False,
) -> SafeString:
    """Draw the structure of a task area (its code or the TaskArea), or nothing where there is none.

    `crown` keeps the key member in the top row, which a narrow window may show alone.
    """
    code = str(getattr(area, "code", area) or "")
    extra = " ".join(name for name, wanted in (("pattern--planned", planned), ("pattern--bare", bare)) if wanted)
    return mark_safe(pattern.draw(code, str(seed), cols, rows, form, extra, crown))


@register.simple_tag
def head_pattern(area: Any, seed: Any, planned: bool = False) -> SafeString:
    """The drawing at the head of a page; a narrow window shows its top row alone."""
    return pattern_tag(area, seed, 6, 3, planned, crown=True)


@register.filter
def area_class(area: Any) -> str:
    """The class that lends a task area's pigment to what is inside."""
    code = str(getattr(area, "code", area) or "")
    return f"area-{code}" if code in pattern.FORMS else ""


@register.filter
def shy(text: Any, language: str = "") -> SafeString:
    """Set a title in its language: as `typeset`, and long words may divide."""
    spoken = language or languages.current()
    return escape(soften(typeset(str(text), spoken), spoken))


@register.filter
def filesize(size: int | None) -> str:
    """Bytes as people read them, in the units of the reader's language."""
    finnish = languages.current() == "fi"
    kilo, mega = ("kt", "Mt") if finnish else ("kB", "MB")
    amount = size or 0
    if amount < 1_000_000:
        return f"{max(1, round(amount / 1000))}{dates.SPACE}{kilo}"
    text = f"{amount / 1_000_000:.1f}".removesuffix(".0")
    return f"{text if languages.current() == 'en' else text.replace('.', ',')}{dates.SPACE}{mega}"


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: Page) -> str:
    """The address of a page; no query, once the paths of the site's roots are known for the request."""
    return page.get_url(context.get("request")) or ""


@register.simple_tag
def lang_attr(page: Page) -> SafeString:
    """` lang="fi"` where the page's language is not the one being read."""
    code = page.locale.language_code
    return SafeString("") if code == languages.current() else format_html(' lang="{}"', code)


@register.simple_tag
def hreflang_attr(page: Page) -> SafeString:
    """` hreflang="fi"` on a link to a page whose language is not the one being read."""
    code = page.locale.language_code
    return SafeString("") if code == languages.current() else format_html(' hreflang="{}"', code)


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """The text without line breaks and the spaces around it."""
    return " ".join(text.split())


@register.filter
def led_to(label: Any, text: Any) -> str:
    """A label and what is said of it: after a question or a sentence no colon stands."""
    name = str(label).strip()
    return f"{name} {text}" if name.endswith(("?", ".", "!", ":")) else f"{name}: {text}"


@register.filter
def in_finnish(text: Any) -> SafeString:
    """A text that is written in Finnish alone, marked so where another language is being read."""
    if not text or languages.current() == "fi":
        return escape(text or "")
    return format_html('<span lang="fi">{}</span>', text)


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[switcher.LanguageLink]:
    """Where the switcher leads from here; read once for a request."""
    request: HttpRequest | None = context.get("request")
    if "language_links" in context:
        links: list[switcher.LanguageLink] = context["language_links"]
        return links
    known = getattr(request, "_language_links", None)
    if known is None:
        page = context.get("page")
        if isinstance(page, Page) and page.pk:
            known = switcher.of_page(page, request)
        else:
            known = switcher.of_path(request.path if request else "/")
        if request is not None:
            request._language_links = known  # type: ignore[attr-defined]
    return known


@register.simple_tag(takes_context=True)
def rich(context: Context, value: Any) -> SafeString:
    """Rich text as HTML with an id on every heading, unique within the stream or page that shows it."""
    source = value.source if isinstance(value, RichText) else value
    ids = context.get("heading_ids") or headings.Ids()
    with_ids = headings.with_ids(expand_db_html(str(source or "")), ids)[0]
    spoken = languages.current()
    return mark_safe(headings.softened(typeset_html(with_ids, spoken), spoken))


@register.simple_tag(takes_context=True)
def stream(context: Context, value: Iterable[Any]) -> SafeString:
    """Render the blocks of a stream one after another, without wrappers."""
    parent = context.flatten() | {"heading_ids": headings.Ids()}
    # The id tells apart the parts of a block that need names; a copied page may share it, one page never does.
    blocks = (block.render(parent | {"block_id": block.id, "place": place}) for place, block in enumerate(value))
    html = "\n".join(blocks)
    return mark_safe(typeset_html(html, languages.current()))


@register.filter
def table_rows(value: Any) -> list[list[tuple[str, Any, bool]]]:
    """The rows of a table block as (heading of the column, cell, whether the cell names its row)."""
    table, first_names = value["table"], value["first_column_is_header"]
    columns = [(column["heading"], first_names and index == 0) for index, column in enumerate(table.columns)]
    return [
        [(heading, cell, names_row) for (heading, names_row), cell in zip(columns, row, strict=False)]
        for row in table.rows
    ]


@register.simple_tag
def stream_headings(value: Iterable[Any]) -> list[headings.Heading]:
    """The headings of a stream for its table of contents, with the ids that `stream` gives them."""
    return headings.of_stream(value)


@register.simple_tag
def rich_headings(value: Any) -> list[headings.Heading]:
    """The headings of one rich text for its table of contents, with the ids that `rich` gives them."""
    source = value.source if isinstance(value, RichText) else value
    return headings.with_ids(str(source or ""), headings.Ids())[1]


@register.simple_tag
def stylesheet_url() -> str:
    return static(STYLES)


@register.simple_tag
def pager_url(listing: Listing[Any], number: int) -> str:
    return listing.page_url(number)


@register.simple_tag
def field_widget(field: BoundField) -> SafeString:
    """The control of a form field in the site's look. A placeholder is no label, so none is shown."""
    field.field.widget.attrs.pop("placeholder", None)
    plain = isinstance(field.field.widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple | HiddenInput)
    return field.as_widget(attrs={} if plain else {"class": "input"})


@register.filter
def noticed_in(field: BoundField) -> list[Noticed]:
    """What looks like personal data in the field, where its form looks for it."""
    noticed: dict[str, list[Noticed]] = getattr(field.form, "noticed", {})
    return noticed.get(field.name, [])


@register.simple_tag
def personal_data_words() -> SafeString:
    """What the script that looks for personal data says, as data in the page."""
    return json_script(words_for_script(), "personal-data-words")


@register.filter
def widget_kind(field: BoundField) -> str:
    """checkbox, choices, hidden or input: how the field is laid out."""
    widget = field.field.widget
    if isinstance(widget, HiddenInput):
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "checkbox" if isinstance(widget, CheckboxInput) else "input"


@register.filter
def is_coming(page: Any) -> bool:
    """Whether what the page tells of has not begun: drawn as a plan."""
    return getattr(page, "state", "") == "coming"


@register.simple_tag
def section_link(frame: Any, page_class: str) -> str:
    """The address of a section of the site by the class of its list page; empty where there is none."""
    return str(frame.section_urls.get(page_class, ""))


class ErrorFirst(template.Node):
    """What stands in it, drawn; "Error:" begins its title where an alert tells of something to mend.

    The title is drawn before the rest, and each page calls its form another thing. What is drawn knows: every refusal
    is told in an element with the role of an alert, which nothing else has.
    """

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        if 'role="alert"' not in html:
            return html
        told = escape(pgettext("before the title of a page", "Error"))
        return mark_safe(html.replace("<title>", f"<title>{told}: ", 1))


@register.tag
def error_first(parser: template.base.Parser, token: template.base.Token) -> ErrorFirst:
    """{% error_first %}<!DOCTYPE html>…{% enderror_first %}: see ErrorFirst."""
    nodelist = parser.parse(["enderror_first"])
    parser.delete_first_token()
    return ErrorFirst(nodelist)
