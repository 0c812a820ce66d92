"""A resource in the words of schema.org."""

from pathlib import Path
from typing import TYPE_CHECKING

from common import schema
from common.files import content_type
from common.schema import Context, Thing

if TYPE_CHECKING:
    from common.models import SiteDocument
    from network.resources.models import ResourcePage


def resource(page: "ResourcePage", context: Context) -> Thing:
    document, publisher, publisher_page = page.document, page.publisher, context["publisher_page"]
    is_public = document is not None and document.access == document.Access.PUBLIC
    return schema.of_page(
        "CreativeWork",
        page,
        context,
        is_example=page.is_example or bool(publisher and publisher.is_fictional),
        genre=page.get_type_display(),
        inLanguage=document.language if document else None,
        datePublished=str(page.year) if page.year else None,
        publisher={
            "@type": "Organization",
            "name": publisher.name,
            "url": schema.address(publisher_page, context) if publisher_page else "",
        }
        if publisher
        else None,
        license=_licence(page.licence),
        sameAs=page.external_url,
        encoding=_file(document) if document and is_public else None,
        about=[{"@type": "DefinedTerm", "name": term.name} for term in context["topics"]],
    )


def _licence(name: str) -> str | Thing:
    """The address of a Creative Commons licence by its short name; another one as a work of that name."""
    parts = name.split()
    if len(parts) == 3 and parts[0] == "CC" and parts[2].replace(".", "").isdigit():
        return f"https://creativecommons.org/licenses/{parts[1].lower()}/{parts[2]}/"
    return {"@type": "CreativeWork", "name": name} if name else ""


def _file(document: "SiteDocument") -> Thing:
    return {
        "@type": "MediaObject",
        "contentUrl": schema.absolute(document.url),
        "encodingFormat": content_type(Path(document.filename)).partition(";")[0],
        "contentSize": str(document.file_size or ""),
        "name": document.title,
    }
