"""The tile map: a square for each wellbeing services county, Helsinki and Åland, with its number of partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, QuerySet

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
    def of(cls, regions: Sequence[Region], pages: QuerySet[Any], links: Sequence[Link]) -> Self:
        """Count the pages of each region in one query. `links`: all regions, each region in order, whole country."""
        counts = counts_by_region(pages)
        everywhere, *of_regions, whole_country = links
        tiles = [
            Tile(region, counts.get(region.code, 0), link.url, link.is_current)
            for region, link in zip(regions, of_regions, strict=True)
        ]
        by_place = sorted(tiles, key=lambda tile: (tile.region.row, tile.region.column))
        national = pages.filter(organisation__is_national=True).count()
        return cls(by_place, everywhere, whole_country, national)

    @property
    def by_name(self) -> list[Tile]:
        return sorted(self.tiles, key=lambda tile: tile.name.casefold())

    @property
    def current(self) -> Tile | None:
        return next((tile for tile in self.tiles if tile.is_current), None)


def counts_by_region(pages: QuerySet[Any]) -> dict[str, int]:
    """The number of pages by the code of the region, all regions in one query."""
    found = pages.order_by().values_list("organisation__regions__code").annotate(Count("pk", distinct=True))
    return {code: count for code, count in found if code}
