"""Channels of the blog besides the network's own, and ready letters of declining."""

from blog.models import Channel, DeclineTemplate
from demo.writing import Writer
from network.organisations.models import Organisation


def load(writer: Writer) -> None:
    """Channels besides the network's own, and letters of declining."""
    organisations = writer.content.slugs(writer.content.organisations)
    for record in writer.content.channels:
        code = record.text("code", 60, required=True)
        host = record.code("organisation", organisations)
        values = {
            **{f"name_{each}": record.text(f"name_{each}", 200) for each in ("fi", "sv", "en")},
            **{f"description_{each}": record.text(f"description_{each}", 1000) for each in ("fi", "sv", "en")},
            "organisation": Organisation.objects.filter(code=host).first(),
            "sort_order": record.whole("sort_order") or 0,
        }
        if not record.problems and writer.is_new(record):
            writer.row(Channel, code, values)
            writer.done(record)
    for record in writer.content.decline_templates:
        values = {
            **{f"name_{each}": record.text(f"name_{each}", 200) for each in ("fi", "sv", "en")},
            **{f"text_{each}": record.text(f"text_{each}", 2000) for each in ("fi", "sv", "en")},
            "sort_order": record.whole("sort_order") or 0,
        }
        if not record.problems and writer.is_new(record):
            DeclineTemplate.objects.update_or_create(name_fi=values["name_fi"], defaults=values)
            writer.done(record)
