"""One labelled record in, its labels out, or what is wrong with it and was expected. It must not read files.

A row is an item as `sitmon classify` reads it, with labels beside its text. A label that is missing or null was not
labelled and is not scored; an empty list (or 0) says that the right answer is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, get_args

from sitmon.area import Area
from sitmon.errors import nearest
from sitmon.model.item import Item
from sitmon.model.terms import EVENT_TYPES, HOLDERS, TAGS, Basis, Holder, Modality, QuoteKind

T = TypeVar("T")
LANGUAGES: Final = ("en", "ps", "prs", "fa", "ar", "ur", "ru", "und")
ITEM_KEYS: Final = ("id", "text", "title", "published", "source", "author", "reliability", "side", "url")
COUNTS: Final = ("killed", "wounded", "abducted")
SCORED: Final = ("lang", "provinces", "event_types", *COUNTS, "quotes", "reports")
"""The labels that are compared with what the classifier gives."""
LABEL_KEYS: Final = (*SCORED, "fold", "trap", "why")
_QUOTE_KEYS: Final = ("text", "speaker", "kind")
_REPORT_KEYS: Final = ("event_type", "place", "modality", "basis", "holder")


@dataclass(frozen=True, slots=True)
class QuoteLabel:
    """Words that stand in the text, and whose they are; `speaker` None is the anonymous."""

    text: str
    kind: QuoteKind
    speaker: str | None
    speaker_labelled: bool


@dataclass(frozen=True, slots=True)
class ReportLabel:
    """What one report must say. `labelled` names the keys that the row gives; null says that the answer is none."""

    event_type: str
    place: str | None
    modality: Modality | None
    basis: Basis | None
    holder: Holder | None
    labelled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The right answers of one item; None = not labelled, empty = the right answer is none."""

    lang: str | None = None
    provinces: tuple[str, ...] | None = None
    event_types: tuple[str, ...] | None = None
    killed: int | None = None
    wounded: int | None = None
    abducted: int | None = None
    quotes: tuple[QuoteLabel, ...] | None = None
    reports: tuple[ReportLabel, ...] | None = None
    fold: int | None = None
    trap: str = ""
    """What kind of mistake the row lies in wait for; empty for a plain one."""
    why: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is anything to score."""
        return any(getattr(self, name) is not None for name in SCORED)


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled item. The label of its language is the labels', never the item's: it would be a hint."""

    item: Item
    labels: Labels
    unknown: tuple[tuple[str, str], ...] = ()
    """Keys that were not scored because they only resemble a known one, each with that one."""


class LabelError(ValueError):
    """One label that is wrong, with what was expected and the nearest valid word."""

    def __init__(self, message: str, nearest: str | None = None) -> None:
        super().__init__(message)
        self.nearest = nearest


def read(record: Mapping[str, Any], body: str, area: Area) -> Labels:
    """Return the labels of a row's record; `body` is the text that its quotes must stand in. Raises LabelError."""
    provinces = sorted(p.code for p in area.places.values() if p.kind == "province")
    return Labels(
        lang=_maybe(record, "lang", lambda v: _one_of(v, "lang", LANGUAGES)),
        provinces=_maybe(record, "provinces", lambda v: _all_of(v, "provinces", provinces)),
        event_types=_maybe(record, "event_types", lambda v: _all_of(v, "event_types", (*EVENT_TYPES, *TAGS))),
        killed=_maybe(record, "killed", lambda v: _number(v, "killed")),
        wounded=_maybe(record, "wounded", lambda v: _number(v, "wounded")),
        abducted=_maybe(record, "abducted", lambda v: _number(v, "abducted")),
        quotes=_maybe(
            record, "quotes", lambda v: tuple(_quote(q, f"quotes[{n}]", body) for n, q in _rows(v, "quotes"))
        ),
        reports=_maybe(
            record, "reports", lambda v: tuple(_report(r, f"reports[{n}]", area) for n, r in _rows(v, "reports"))
        ),
        fold=_maybe(record, "fold", lambda v: _number(v, "fold")),
        trap=str(record.get("trap") or ""),
        why=str(record.get("why") or ""),
    )


def unknown_keys(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the keys of a row that look like one of ours written wrongly, each with the one it resembles.

    Any other key is somebody's own note. The row itself is still good: sets of others have keys of their own.
    """
    return tuple(_resembling(record, (*ITEM_KEYS, *LABEL_KEYS)))


def _maybe(record: Mapping[str, Any], key: str, reader: Callable[[Any], T]) -> T | None:
    value = record.get(key)
    return None if value is None else reader(value)


def _known_keys(record: Mapping[str, Any], valid: Iterable[str], where: str) -> None:
    for key, close in _resembling(record, valid):
        raise LabelError(f"{where}{key}: this key is not known", close)


def _resembling(record: Mapping[str, Any], valid: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = set(valid)
    for key in record:
        close = None if key in known else nearest(key, known - set(record))
        if close is not None and abs(len(close) - len(key)) <= 2:
            yield key, close


def _one_of(value: object, key: str, valid: Iterable[str]) -> str:
    words = list(valid)
    if isinstance(value, str) and value in words:
        return value
    shown = ", ".join(words) if len(words) <= 30 else f"one of {len(words)} known ones such as {', '.join(words[:3])}"
    close = nearest(value, words) if isinstance(value, str) else None
    raise LabelError(f"{key}: {value!r} is not valid; expected {shown}", close)


def _all_of(value: object, key: str, valid: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise LabelError(f"{key}: expected a list, found {_kind(value)}")
    words = list(valid)
    return tuple(dict.fromkeys(_one_of(v, f"{key}[{n}]", words) for n, v in enumerate(value)))


def _number(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise LabelError(f"{key}: expected a whole number from 0, found {value!r}")
    return value


def _rows(value: object, key: str) -> Iterable[tuple[int, dict[str, Any]]]:
    if not isinstance(value, list):
        raise LabelError(f"{key}: expected a list, found {_kind(value)}")
    for number, entry in enumerate(value):
        if not isinstance(entry, dict):
            raise LabelError(f"{key}[{number}]: expected an object, found {_kind(entry)}")
    return enumerate(value)


def _kind(value: object) -> str:
    names = {dict: "an object", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _quote(record: dict[str, Any], where: str, body: str) -> QuoteLabel:
    _known_keys(record, _QUOTE_KEYS, f"{where}.")
    text = record.get("text")
    if not isinstance(text, str) or not text:
        raise LabelError(f"{where}.text: expected the quoted words, found {text!r}")
    if text not in body:
        raise LabelError(f"{where}.text: {text[:60]!r} does not stand in the text")
    speaker = record.get("speaker")
    if speaker is not None and not isinstance(speaker, str):
        raise LabelError(f"{where}.speaker: expected a name or null, found {_kind(speaker)}")
    kind: Any = _one_of(record.get("kind") or "direct", f"{where}.kind", get_args(QuoteKind))
    return QuoteLabel(text, kind, speaker, "speaker" in record)


def _report(record: dict[str, Any], where: str, area: Area) -> ReportLabel:
    _known_keys(record, _REPORT_KEYS, f"{where}.")

    def word(key: str, valid: Iterable[str]) -> Any:
        return _maybe(record, key, lambda v: _one_of(v, f"{where}.{key}", valid))

    return ReportLabel(
        event_type=_one_of(record.get("event_type"), f"{where}.event_type", EVENT_TYPES),
        place=word("place", area.places),
        modality=word("modality", get_args(Modality)),
        basis=word("basis", get_args(Basis)),
        holder=word("holder", HOLDERS),
        labelled=frozenset(k for k in _REPORT_KEYS if k in record),
    )
