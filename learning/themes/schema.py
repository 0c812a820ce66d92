"""A monthly theme in the words of schema.org."""

from typing import TYPE_CHECKING

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from learning.themes.models import ThemePage


def theme(page: "ThemePage", context: Context) -> Thing:
    terms = [*context["areas"], *context["phenomena"], *context["methods"]]
    return schema.of_page(
        "LearningResource",
        page,
        context,
        learningResourceType="theme",
        temporalCoverage=f"{page.month:%Y-%m}" if page.month else None,
        about=[{"@type": "DefinedTerm", "name": term.name} for term in terms],
        teaches=[str(block.value) for block in page.aims],
        isAccessibleForFree=True,
        publisher=schema.site(),
    )
