"""The site itself in the words of schema.org."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from home.models import HomePage


def website(page: "HomePage", context: Context) -> list[Thing]:
    search = f"{schema.absolute(reverse('search:search'))}?q={{search_term_string}}"
    url = schema.address(page, context)
    site = {
        "@type": "WebSite",
        "@id": f"{url}#website",
        "url": url,
        "name": settings.SITE_NAME,
        "description": page.meta_description,
        "inLanguage": page.locale.language_code,
        "publisher": {"@id": schema.site()["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }
    return [site, {**schema.site(), "logo": schema.absolute(static("icons/icon-512.png"))}]
