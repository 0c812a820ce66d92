"""The tile map: a square for each wellbeing services county, Helsinki and Åland, with its number of partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.collation import sort_key
from common.listing import Link
from network.organisations.lettering import Line, lines
from vocabulary.models import Region

# The value of the region filter for organisations that work everywhere.
WHOLE_COUNTRY = "koko-maa"
MANY = 4
# In units of the drawing, which are pixels on a window 360 wide.
SIDE = 80
GAP = 3
MARGIN = 5
FIRST_LINE = 18
NEXT_LINE = 14


@dataclass(frozen=True)
class Tile:
    """One square: where it stands, how many partners are there, and the list of them."""

    region: Region
    count: int
    url: str
    is_current: bool

    @property
    def name(self) -> str:
        return self.region.short_name

    @property
    def label(self) -> str:
        """What the square says, in words."""
        if not self.count:
            return _("%(name)s, no partners") % {"name": self.name}
        text = ngettext("%(name)s, %(counter)s partner", "%(name)s, %(counter)s partners", self.count)
        return text % {"name": self.name, "counter": self.count}

    @property
    def is_link(self) -> bool:
        return bool(self.count) or self.is_current

    @property
    def x(self) -> int:
        return (self.region.column - 1) * (SIDE + GAP)

    @property
    def y(self) -> int:
        return (self.region.row - 1) * (SIDE + GAP)

    @property
    def lines(self) -> list[tuple[int, Line]]:
        """The name as lines with the heights of their feet."""
        broken = lines(self.name, SIDE - 2 * MARGIN)
        return [(FIRST_LINE + number * NEXT_LINE, line) for number, line in enumerate(broken)]

    @property
    def step(self) -> str:
        """How many, in the classes of the legend."""
        if not self.count:
            return "has-none"
        return "has-many" if self.count >= MANY else "has-few"


@dataclass(frozen=True)
class TileMap:
    """All tiles, what works in the whole country, and the way back to all regions."""

    tiles: Sequence[Tile]
    everywhere: Link
    whole_country: Link
    whole_country_count: int

    @classmethod
    def of(cls, regions: Sequence[Any], links: Sequence[Link]) -> Self:
        """The map of `counted` regions. `links`: to all regions, to each region in order, to the whole country."""
        everywhere, *of_regions, whole_country = links
        tiles = [
            Tile(region, region.partners, link.url, link.is_current)
            for region, link in zip(regions, of_regions, strict=True)
        ]
        by_place = sorted(tiles, key=lambda tile: (tile.region.row, tile.region.column))
        return cls(by_place, everywhere, whole_country, (regions[0].national or 0) if regions else 0)

    @property
    def by_name(self) -> list[Tile]:
        return sorted(self.tiles, key=lambda tile: sort_key(tile.name))

    @property
    def current(self) -> Tile | None:
        return next((tile for tile in self.tiles if tile.is_current), None)

    @property
    def view_box(self) -> str:
        """All tiles with nothing around them, wherever the vocabulary puts them."""
        across, down = [tile.x for tile in self.tiles] or [0], [tile.y for tile in self.tiles] or [0]
        return f"{min(across)} {min(down)} {max(across) - min(across) + SIDE} {max(down) - min(down) + SIDE}"


def counted(pages: QuerySet[Any]) -> list[Any]:
    """Every region with its number of pages as `partners`, and with the number of national ones; one query."""
    national = pages.filter(organisation__is_national=True).order_by().annotate(every=Value(1)).values("every")
    return list(
        Region.objects.annotate(
            partners=Count("organisations__pages", filter=Q(organisations__pages__in=pages), distinct=True),
            national=Subquery(national.annotate(found=Count("pk")).values("found")),
        )
    )
