"""A post in the words of schema.org."""

from typing import TYPE_CHECKING

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from blog.models import PostPage


def post(page: "PostPage", context: Context) -> Thing:
    organisation_page = context["organisation_page"]
    return schema.of_page(
        "BlogPosting",
        page,
        context,
        headline=page.title,
        datePublished=page.date.isoformat(),
        dateModified=page.last_published_at.isoformat() if page.last_published_at else None,
        # Most writers are told by their role and not by name.
        author={
            "@type": "Person",
            "name": page.author_name or page.author_title,
            "jobTitle": page.author_title,
            "affiliation": {
                "@type": "Organization",
                "name": page.organisation.name,
                "url": schema.address(organisation_page, context) if organisation_page else "",
            }
            if page.organisation
            else None,
        },
        publisher=schema.site(),
        mainEntityOfPage=schema.address(page, context),
        keywords=[term.name for term in context["topics"]],
        timeRequired=schema.hours(page.minutes / 60),
    )
