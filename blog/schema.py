"""A post in the words of schema.org."""

from typing import TYPE_CHECKING, Any

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from blog.models import PostPage


def post(page: "PostPage", context: Context) -> Thing:
    organisation_page = context["organisation_page"]
    authors = [_person(page.author_name, page.author_title, page.organisation, organisation_page, context)]
    authors += [_person(each.name, each.title, each.organisation, None, context) for each in context["other_authors"]]
    return schema.of_page(
        "BlogPosting",
        page,
        context,
        headline=page.title,
        datePublished=page.date.isoformat(),
        dateModified=page.last_published_at.isoformat() if page.last_published_at else None,
        author=authors if len(authors) > 1 else authors[0],
        correction=[each.text for each in context["corrections"]],
        publisher=schema.site(),
        mainEntityOfPage=schema.address(page, context),
        keywords=[term.name for term in context["topics"]],
        timeRequired=schema.hours(page.minutes / 60),
    )


def _person(name: str, title: str, organisation: Any, organisation_page: Any, context: Context) -> Thing:
    """Most writers are told by their role and not by name."""
    affiliation: Thing | None = None
    if organisation:
        address = schema.address(organisation_page, context) if organisation_page else ""
        affiliation = {"@type": "Organization", "name": organisation.name, "url": address}
    return {"@type": "Person", "name": name or title, "jobTitle": title, "affiliation": affiliation}
