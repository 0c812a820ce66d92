"""Few rows in which every two values meet: most faults come from two circumstances at once, seldom from three."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product

Row = dict[str, str]
Pair = tuple[tuple[str, str], tuple[str, str]]


def all_pairs(factors: Mapping[str, Sequence[str]], is_possible: Callable[[Row], bool]) -> list[Row]:
    """Rows with a value of every factor; each two values that can meet do so in one row at least.

    The same factors give the same rows. A row is chosen for the first pair that is still missing, and so that
    it holds as many other missing pairs as it can.
    """
    rows = [row for row in _rows(factors) if is_possible(row)]
    with_pair: dict[Pair, list[Row]] = {}
    for row in rows:
        for pair in pairs_of(row):
            with_pair.setdefault(pair, []).append(row)
    missing = dict.fromkeys(with_pair)
    chosen = []
    while missing:
        candidates = with_pair[next(iter(missing))]
        best = max(candidates, key=lambda row: sum(pair in missing for pair in pairs_of(row)))
        for pair in pairs_of(best):
            missing.pop(pair, None)
        chosen.append(best)
    return chosen


def pairs_of(row: Row) -> list[Pair]:
    """Every two values of the row."""
    return list(combinations(row.items(), 2))


def _rows(factors: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    for values in product(*factors.values()):
        yield dict(zip(factors, values, strict=True))
