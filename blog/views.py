"""What the blog's pages show beside their own fields."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from common import languages
from common.filters import Used, choice_filter, year_filter
from common.listing import Filter, Listing
from common.querysets import shown_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from blog.models import PostPage
    from blog.querysets import PostQuerySet

POSTS_PER_PAGE = 10
RELATED = 3


def post_list(request: "HttpRequest") -> dict[str, Any]:
    """The posts that the reader of the active language finds, filtered by what the address says."""
    from blog.models import PostPage

    posts = PostPage.objects.in_language(languages.current())
    return {"listing": Listing(request, posts.for_cards(), _filters(posts), POSTS_PER_PAGE)}


def _filters(posts: "PostQuerySet") -> list[Filter]:
    used = Used(posts, columns=["date__year"], terms=["task_area", "phenomena", "author_group", "channel"])
    return [
        choice_filter(
            "tehtavaalue", _("Task area"), used.terms("task_area"), "task_area__code", links_from=_("All posts")
        ),
        choice_filter("aihe", _("Topic"), used.terms("phenomena"), "phenomena__code"),
        choice_filter("rooli", _("Who writes"), used.terms("author_group"), "author_group__code"),
        choice_filter("kanava", _("Channel"), used.terms("channel"), "channel__code"),
        year_filter("vuosi", _("Year"), used.values("date__year"), "date__year"),
    ]


def post_surroundings(page: "PostPage") -> dict[str, Any]:
    """Whose the post is, what it is about, what readers say of it, and what to read next."""
    from blog.models import PostPage
    from blog.readers.services import shown_comments, thanks_of

    language = languages.current()
    posts = PostPage.objects.in_language(language)
    topics = list(page.phenomena.all())
    themes = list(page.themes.all())
    organisation = page.organisation
    return {
        "organisation_page": organisation.pages.in_language(language).first() if organisation else None,
        "other_authors": page.other_authors.select_related("organisation") if page.pk else page.other_authors.all(),
        "corrections": page.corrections.all(),
        "comments": shown_comments(page) if page.takes_comments else [],
        "thanks": thanks_of(page) if page.takes_thanks else 0,
        "topics": topics,
        "themes": shown_in(language, themes),
        "related": related_to(page, posts, topics, themes),
        "newer": posts.later_than(page).first(),
        "older": posts.earlier_than(page).first(),
    }


def related_to(page: "PostPage", posts: "PostQuerySet", topics: list[Any], themes: list[Any]) -> list["PostPage"]:
    """At most three other posts that share a topic or a theme; the ones that share most come first."""
    shares_topic, shares_theme = Q(phenomena__in=topics), Q(themes__in=themes)
    counted = posts.filter(shares_topic | shares_theme).annotate(
        shared=Count("phenomena", filter=shares_topic, distinct=True)
        + Count("themes", filter=shares_theme, distinct=True)
    )
    others = counted.exclude(translation_key=page.translation_key).for_cards()
    return list(others.order_by("-shared", "-date", "-pk")[:RELATED])
