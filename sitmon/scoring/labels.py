"""One labelled record in, its labels out, or what is wrong with it and was expected. It must not read files.

A row is an item as `sitmon classify` reads it, with labels beside its text. A label that is missing or null was not
labelled and is not scored; an empty list (or 0) says that the right answer is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar, get_args

from sitmon.area import Area
from sitmon.errors import nearest
from sitmon.model.item import Item
from sitmon.model.terms import EVENT_TYPES, HOLDERS, TAGS, Basis, Holder, Modality, QuoteKind

T = TypeVar("T")
LANGUAGES: Final = ("en", "ps", "prs", "fa", "ar", "ur", "ru", "und")
LANGUAGE_NAMES: Final = {
    "english": "en", "eng": "en", "pashto": "ps", "pushto": "ps", "pakhto": "ps", "pus": "ps", "pbt": "ps",
    "dari": "prs", "afghan persian": "prs", "persian": "fa", "farsi": "fa", "fas": "fa", "per": "fa",
    "arabic": "ar", "ara": "ar", "urdu": "ur", "urd": "ur", "russian": "ru", "rus": "ru",
    "undetermined": "und", "unknown": "und",
}  # fmt: skip
"""What languages are also called -> their code."""
_CODE: Final = 3
"""Letters that a code has at most: of a longer word, two letters that it shares with a code say nothing."""
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


class Wrong(NamedTuple):
    """One thing that is wrong with a row: what was found and expected, and the nearest valid word."""

    message: str
    nearest: str | None = None


class LabelError(ValueError):
    """Everything that is wrong with the labels of a row, never only the first of it."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__("; ".join(one.message for one in wrong))
        self.wrong = wrong


def read(record: Mapping[str, Any], body: str, area: Area) -> Labels:
    """Return the labels of a row's record; `body` is the text that its quotes must stand in. Raises LabelError."""
    provinces = sorted(p.code for p in area.places.values() if p.kind == "province")
    readers: dict[str, Callable[[Any], Any]] = {
        "lang": _language,
        "provinces": lambda v: _all_of(v, "provinces", provinces),
        "event_types": lambda v: _all_of(v, "event_types", (*EVENT_TYPES, *TAGS)),
        **{key: partial(_number, key=key) for key in (*COUNTS, "fold")},
        "quotes": lambda v: _every(partial(_quote, q, where, body) for where, q in _rows(v, "quotes")),
        "reports": lambda v: _every(partial(_report, r, where, area) for where, r in _rows(v, "reports")),
    }
    found = _every(partial(_maybe, record, key, reader) for key, reader in readers.items())
    given = dict(zip(readers, found, strict=True))
    return Labels(**given, trap=str(record.get("trap") or ""), why=str(record.get("why") or ""))


def unknown_keys(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the keys of a row that look like one of ours written wrongly, each with the one it resembles.

    Any other key is somebody's own note. The row itself is still good: sets of others have keys of their own.
    """
    return tuple(_resembling(record, (*ITEM_KEYS, *LABEL_KEYS)))


def _maybe(record: Mapping[str, Any], key: str, reader: Callable[[Any], T]) -> T | None:
    value = record.get(key)
    return None if value is None else reader(value)


def _every(readers: Iterable[Callable[[], T]]) -> tuple[T, ...]:
    """Return what each reader gives. Raises LabelError with what is wrong for all of them."""
    found: list[T] = []
    wrong: list[Wrong] = []
    for reader in readers:
        try:
            found.append(reader())
        except LabelError as error:
            wrong.extend(error.wrong)
    if wrong:
        raise LabelError(*wrong)
    return tuple(found)


def _known_keys(record: Mapping[str, Any], valid: Iterable[str], where: str) -> None:
    wrong = [Wrong(f"{where}.{key}: this key is not known", close) for key, close in _resembling(record, valid)]
    if wrong:
        raise LabelError(*wrong)


def _resembling(record: Mapping[str, Any], valid: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = set(valid)
    for key in record:
        close = None if key in known else nearest(key, known - set(record))
        if close is not None and abs(len(close) - len(key)) <= 2:
            yield key, close


def _language(value: object) -> str:
    """Return a language's code; who writes its name, or a code of three letters, is told ours."""
    try:
        return _one_of(value, "lang", LANGUAGES)
    except LabelError as error:
        name = value.casefold() if isinstance(value, str) else ""
        known = {**LANGUAGE_NAMES, **({code: code for code in LANGUAGES} if len(name) <= _CODE else {})}
        close = nearest(name, known)
        raise LabelError(Wrong(str(error), known[close] if close else None)) from None


def _one_of(value: object, key: str, valid: Iterable[str]) -> str:
    words = list(valid)
    if isinstance(value, str) and value in words:
        return value
    shown = ", ".join(words) if len(words) <= 30 else f"one of {len(words)} known ones such as {', '.join(words[:3])}"
    close = nearest(value, words) if isinstance(value, str) else None
    raise LabelError(Wrong(f"{key}: {value!r} is not valid; expected {shown}", close))


def _all_of(value: object, key: str, valid: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise LabelError(Wrong(f"{key}: expected a list, found {_kind(value)}"))
    words = list(valid)
    found = _every(partial(_one_of, v, f"{key}[{n}]", words) for n, v in enumerate(value))
    return tuple(dict.fromkeys(found))


def _number(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise LabelError(Wrong(f"{key}: expected a whole number from 0, found {value!r}"))
    return value


def _rows(value: object, key: str) -> Sequence[tuple[str, dict[str, Any]]]:
    """Return the objects of a list, each with the name of its place."""
    if not isinstance(value, list):
        raise LabelError(Wrong(f"{key}: expected a list, found {_kind(value)}"))
    wrong = [
        Wrong(f"{key}[{number}]: expected an object, found {_kind(entry)}")
        for number, entry in enumerate(value)
        if not isinstance(entry, dict)
    ]
    if wrong:
        raise LabelError(*wrong)
    return [(f"{key}[{number}]", entry) for number, entry in enumerate(value)]


def _kind(value: object) -> str:
    names = {dict: "an object", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _quote(record: dict[str, Any], where: str, body: str) -> QuoteLabel:
    def text() -> str:
        words = record.get("text")
        if not isinstance(words, str) or not words:
            raise LabelError(Wrong(f"{where}.text: expected the quoted words, found {words!r}"))
        if words not in body:
            raise LabelError(Wrong(f"{where}.text: {words[:60]!r} does not stand in the text"))
        return words

    def speaker() -> str | None:
        name = record.get("speaker")
        if name is not None and not isinstance(name, str):
            raise LabelError(Wrong(f"{where}.speaker: expected a name or null, found {_kind(name)}"))
        return name

    def kind() -> Any:
        return _one_of(record.get("kind") or "direct", f"{where}.kind", get_args(QuoteKind))

    known = partial(_known_keys, record, _QUOTE_KEYS, where)
    readers: list[Callable[[], Any]] = [text, kind, speaker, known]
    words, form, name, _ = _every(readers)
    return QuoteLabel(words, form, name, "speaker" in record)


def _report(record: dict[str, Any], where: str, area: Area) -> ReportLabel:
    def word(key: str, valid: Iterable[str]) -> Callable[[], Any]:
        return lambda: _maybe(record, key, lambda v: _one_of(v, f"{where}.{key}", valid))

    def event_type() -> str:
        return _one_of(record.get("event_type"), f"{where}.event_type", EVENT_TYPES)

    readers: list[Callable[[], Any]] = [
        event_type,
        word("place", area.places),
        word("modality", get_args(Modality)),
        word("basis", get_args(Basis)),
        word("holder", HOLDERS),
        partial(_known_keys, record, _REPORT_KEYS, where),
    ]
    type_, place, modality, basis, holder, _ = _every(readers)
    given = frozenset(k for k in _REPORT_KEYS if k in record)
    return ReportLabel(type_, place, modality, basis, holder, given)
