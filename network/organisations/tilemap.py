"""The tile map: a square for each wellbeing services county, Helsinki and Åland, with its number of partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q, QuerySet, Subquery, Value

from common.listing import Link
from vocabulary.models import Region

# The value of the region filter for organisations that work everywhere.
WHOLE_COUNTRY = "koko-maa"
MANY = 4


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
    def place(self) -> str:
        """The classes that put the tile on its row and column; style attributes are not allowed."""
        return f"map__r{self.region.row} map__c{self.region.column}"

    @property
    def step(self) -> str:
        """How many, in the classes of the legend."""
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
        return sorted(self.tiles, key=lambda tile: tile.name.casefold())

    @property
    def current(self) -> Tile | None:
        return next((tile for tile in self.tiles if tile.is_current), None)


def counted(pages: QuerySet[Any]) -> list[Any]:
    """Every region with its number of pages as `partners`, and with the number of national ones; one query."""
    national = pages.filter(organisation__is_national=True).order_by().annotate(every=Value(1)).values("every")
    return list(
        Region.objects.annotate(
            partners=Count("organisations__pages", filter=Q(organisations__pages__in=pages), distinct=True),
            national=Subquery(national.annotate(found=Count("pk")).values("found")),
        )
    )
