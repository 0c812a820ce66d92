"""Questions as rows: a row for each option; what is told of the question stands on its first row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from common.spreadsheets import FileRefused
from learning.courses.bank.records import DEFAULTS, OWN, Record, plain

# What the columns are called in files that go out; files that come in may use the names of the model as well.
COLUMNS: Mapping[str, str] = {
    "code": "tunnus",
    "kind": "laji",
    "language": "kieli",
    "prompt": "kysymys",
    "feedback_right": "palaute oikeasta",
    "feedback_wrong": "palaute väärästä",
    "tolerance": "toleranssi",
    "unit": "yksikkö",
    "model_answer": "mallivastaus",
    "longest": "enimmäispituus",
    "step": "vaihe",
    "situation": "tilanne",
    "text": "vaihtoehto",
    "match": "pari",
    "correct": "oikein",
    "feedback": "palaute",
}
NAMES = {
    **{word: name for name, word in COLUMNS.items()},
    **{name: name for name in COLUMNS},
    "koodi": "code",
    "tyyppi": "kind",
}
MOST_ROWS = 10_000
Cells = Sequence[str]


def rows_of(records: Iterable[Record]) -> Iterator[list[str]]:
    """The header and the rows, in the order of the columns."""
    yield list(COLUMNS.values())
    for record in records:
        for cells in _cells_of(record):
            yield [cells.get(name, "") for name in COLUMNS]


def _cells_of(record: Record) -> Iterator[dict[str, str]]:
    told: dict[str, str] = {name: value for name, value in record.own.items() if value != DEFAULTS.get(name)}
    told["language"] = record.own["language"]
    situations = {step["name"]: step["text"] for step in record.steps}
    for option in _by_step(record):
        situation = situations.pop(option["step"], "")
        yield {**told, **option, "situation": situation}
        told = {"code": record.own["code"]}
    for name, situation in situations.items():
        yield {**told, "step": name, "situation": situation}
        told = {"code": record.own["code"]}
    if "kind" in told:
        yield told


def _by_step(record: Record) -> list[dict[str, str]]:
    """The options in the order of their steps: rows of a step stand together."""
    order = {step["name"]: at for at, step in enumerate(record.steps)}
    return sorted(record.options, key=lambda option: order.get(option["step"], 0))


def records_of(rows: Iterable[Cells], faults: Mapping[int, str] | None = None) -> list[Record]:
    """The questions of the rows; `faults`: what could not be read, by the number of the row."""
    faults = faults or {}
    numbered = enumerate(rows, start=1)
    header = next(numbered, (0, ()))[1]
    names = _names(header)
    records: list[Record] = []
    for number, cells in numbered:
        if number > MOST_ROWS:
            raise FileRefused(_("The file has more than %(most)d rows.") % {"most": MOST_ROWS})
        told = {name: plain(cell) for name, cell in zip(names, cells, strict=False) if name and plain(cell)}
        if not told:
            continue
        if "kind" in told or not records or told.get("code", records[-1].own["code"]) != records[-1].own["code"]:
            own = {name: told.get(name, DEFAULTS.get(name, "")) for name in OWN}
            records.append(Record(number, own))
        records[-1].fault = records[-1].fault or faults.get(number, "")
        _take_option(records[-1], told)
    return records


def _names(header: Cells) -> list[str]:
    names = [NAMES.get(" ".join(cell.split()).casefold(), "") for cell in header]
    missing = [COLUMNS[name] for name in ("code", "kind", "prompt") if name not in names]
    if missing:
        raise FileRefused(
            _("The first row has to name the columns; missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    doubled = {COLUMNS[name] for name in names if name and names.count(name) > 1}
    if doubled:
        raise FileRefused(_("Two columns have the same name: %(names)s.") % {"names": ", ".join(sorted(doubled))})
    return names


def _take_option(record: Record, told: Mapping[str, str]) -> None:
    if told.get("situation"):
        record.steps.append({"name": told.get("step", ""), "text": told["situation"]})
    if any(told.get(name) for name in ("text", "match", "correct", "feedback")):
        record.options.append({name: told.get(name, "") for name in ("step", "text", "match", "correct", "feedback")})
