"""The `[dates]` tables of one language in, one compiled pattern and its look-ups out.

It must not resolve anything: it says which stretch of a text is which kind of date. Each alternative of the pattern is
a named group, and the reader of dates has a method of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

from sitmon.classify.speech import Tables, script_of
from sitmon.classify.text import fold

_YEAR: Final = r"(?:19|20)\d\d"
_GAP: Final = r"[ \n]+"
_NIGHT: Final = 24
"""Characters before a date in which "the night of" ends."""
_SAYING_REACH: Final = 90
"""How many characters before a date a verb of saying may stand that it belongs to."""
_AROUND: Final = 28
"""How many characters a clock time may stand from the day that it sharpens."""
_RUN: Final = re.compile(r"(?<![\w/.])\w+")
_DIGITS: Final = "0123456789"
_FIRST: Final = re.compile(r"\w+")

Run = tuple[int, str]
"""Where a stretch of letters and digits stands, and the stretch: a date begins with one and nowhere else."""


def runs_of(low: str, begin: Set[str]) -> list[Run]:
    """Return the stretches of a folded text that a date may begin with: numbers, and the words of `begin`."""
    return [(match.start(), word) for match in _RUN.finditer(low) if (word := match[0]) in begin or word[0] in _DIGITS]


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; for no words one that never matches."""
    found = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", _GAP) for w in found) or r"(?!)"


class DateWords:
    """The words for dates of one language."""

    def __init__(self, tables: Tables) -> None:
        long, short = tables.texts("dates.weekdays"), tables.texts("dates.weekdays_short")
        self._weekdays = {_fold(name): n for names in (long, short) for n, name in enumerate(names)}
        for name, number in tables.numbers("dates.weekdays_other").items():
            self._weekdays[name] = number
        self.script = script_of("".join(self._weekdays))
        self._months = {}
        for key in ("months_short", "months"):
            for n, name in enumerate(tables.texts(f"dates.{key}"), 1):
                self._months[_fold(name)] = n
        self._months.update(tables.numbers("dates.months_other"))
        self._common = tables.words("dates.months_common")
        self._solar = {name: n for n, names in enumerate(tables.rows("dates.solar"), 1) for name in names}
        self._day_numbers = tables.numbers("dates.day_numbers")
        self.days = {**tables.numbers("dates.days"), **tables.numbers("dates.ahead")}
        self.next_day = tables.numbers("dates.next_day")
        self.weeks = tables.numbers("dates.weeks")
        self.month_words = tables.numbers("dates.month_words")
        self.years = tables.numbers("dates.years")
        self._units = tables.numbers("dates.units")
        self._ago = tables.words("dates.ago")
        self._earlier = tables.words("dates.earlier")
        self._later = tables.words("dates.later")
        self._last = tables.words("dates.last")
        self._next = tables.words("dates.next")
        self._this = tables.words("dates.this")
        self._numbers: Mapping[str, int] = {**tables.numbers("numbers.units"), **tables.numbers("dates.counts")}
        self._night = tuple(tables.words("dates.night_of"))
        self._names = re.compile(rf"(?:{_any(tables.words('dates.names_after'))})\b")
        self._people = re.compile(rf"{_GAP}(?:{_any(self._counted(tables))})\b")
        saying = {w for key in _SAYING for w in tables.words(f"saying.{key}")}
        media = _any(tables.words("saying.medium"))
        linking = _any(tables.words("dates.links"))
        self._since = re.compile(rf"\b(?:{_any(tables.words('dates.since'))}){_GAP}")
        self._that = tables.words("saying.that")
        self._said = re.compile(
            rf"(?:\b(?:{_any(saying)})\b)"
            rf"(?:{_GAP}(?:[^\s.,;:]+{_GAP}){{0,3}}?|{_GAP}(?:{linking}){_GAP}(?:{media}){_GAP}|{_GAP})"
            rf"(?:(?:{linking}){_GAP})?$"
        )
        self._clock = re.compile(
            r"\b(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?[ ]?(?:(?P<am>a\.?m\b\.?)|(?P<pm>p\.?m\b\.?))"
            r"|\b(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)\b"
        )
        self._pattern = re.compile(self._source(tables))
        begin: list[Iterable[str]] = [
            ["the"], self._day_numbers, self._weekdays, self._months, self._solar, self._numbers, self.days,
            self.next_day, self.weeks, self.month_words, self.years, self._last, self._next, self._this,
            tables.words("dates.in_year"),
        ]  # fmt: skip
        self.begin = frozenset(match[0] for words in begin for word in words if (match := _FIRST.match(word)))
        """The words that one of the pattern's alternatives may begin with; the others begin with a digit."""

    def _counted(self, tables: Tables) -> set[str]:
        key = "casualties.words."
        return {w for camp in ("insurgent", "force", "civilian", "any", "things") for w in tables.words(key + camp)}

    def _source(self, tables: Tables) -> str:
        """Return the pattern's source: the alternatives in the order in which they are tried."""
        weekday, months = _any(self._weekdays), _any(self._months)
        solar = _any(self._solar)
        parts = _any(tables.words("dates.parts_of_day"))
        of = _any(tables.words("dates.month_of"))
        within = _any(tables.words("dates.in_year"))
        ordinal = _any(tables.words("dates.ordinals"))
        linking = _any(tables.words("dates.links")) if tables.word("order", ("svo", "sov")) == "sov" else "(?!)"
        joined = rf"{_GAP}(?:(?:{linking}){_GAP})?"  # "of August on the 8th"
        year_mark = _any(tables.words("dates.year_marks"))
        units, numbers = _any(self._units), _any(self._numbers)
        which = _any([*self._last, *self._next, *self._this])
        start = rf"(?:(?:{weekday}),?{_GAP})?"
        ranges = _any(tables.words("dates.until"))
        until = rf"(?:(?P<dm_f>[0-3]?\d)(?:{ordinal})?(?:[ ]?[-–][ ]?|{_GAP}(?:{ranges}){_GAP}(?:the{_GAP})?))?"
        reckoning = _any([*self._ago, *self._earlier, *self._later])
        shut = r"(?![\w])"
        which_day = rf"[0-3]?\d|(?:{_any(self._day_numbers)}){shut}"
        gap_of = rf"(?:{_GAP}(?:{of}))?{_GAP}"
        year = rf"(?:,?{_GAP}(?:(?:{year_mark}){_GAP})?"
        alternatives = {
            "iso": r"(?P<iso_y>\d{4})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?![\dt])",
            "slashed": r"(?P<s_a>\d{1,2})/(?P<s_b>\d{1,2})/(?P<s_y>\d{4})(?!\d)",
            "solar": rf"{start}(?:(?P<so_d>{which_day})(?:{ordinal})?{gap_of}(?P<so_m>{solar}){shut}"
            rf"{year}(?P<so_y>1[34]\d\d)\b)?"
            rf"|(?P<so_m2>{solar}){joined}(?P<so_d2>{which_day})(?:(?:{_GAP})?(?:{ordinal}))?\b{year}(?P<so_y2>1[34]\d\d)\b)?)",
            "solar_month_alone": rf"(?P<sm_m>{solar}){year}(?P<sm_y>1[34]\d\d)\b)",
            "day_month": rf"{start}(?:the{_GAP})?{until}(?P<dm_d>{which_day})(?:{ordinal})?"
            rf"{gap_of}(?P<dm_m>{months})\b\.?{year}(?P<dm_y>{_YEAR})\b)?",
            "month_day": rf"{start}(?P<md_m>{months})\b\.?{joined}(?P<md_d>{which_day})(?:{ordinal})?(?!\d|:\d|,\d|%)"
            rf"(?:[ ]?[-–][ ]?[0-3]?\d(?![\d:]))?(?:,?{_GAP}(?P<md_y>{_YEAR})\b)?",
            "ago": rf"(?P<a_n>\d{{1,3}}|{numbers}){_GAP}(?P<a_u>{units}){_GAP}(?P<a_w>{reckoning}){shut}",
            "day_word": rf"(?:{_any(self.days)}){shut}",
            "next_day": rf"(?:{_any(self.next_day)}){shut}",
            "week_word": rf"(?:{_any(self.weeks)}){shut}",
            "month_word": rf"(?:{_any(self.month_words)}){shut}",
            "year_word": rf"(?:{_any(self.years)}){shut}",
            "weekday": rf"(?:(?P<w_which>{which}){_GAP})?(?P<w_d>{weekday})\b(?:{_GAP}(?:{parts})\b)?",
            "decade": r"(?P<de_y>(?:19|20)\d0)'?s\b",
            "month_alone": rf"(?:{within}){_GAP}(?:(?:{parts})(?:{_GAP}|-))?(?P<m_m>{months})\b\.?"
            rf"(?!{joined}(?:{which_day})(?:{ordinal})?\b)(?:,?{_GAP}(?P<m_y>{_YEAR})\b)?"
            rf"|(?P<m_m2>{months}),?{_GAP}(?P<m_y2>{_YEAR})\b",
            "year_alone": rf"(?:{within}){_GAP}(?:(?:{parts})(?:{_GAP}|-))?(?P<y_y>{_YEAR})\b(?![-/,]\d)",
        }
        return (
            r"(?<![\w/.])(?<![^\W\d]-)(?:"
            + "|".join(f"(?P<{name}>{body})" for name, body in alternatives.items())
            + ")"
        )

    def find(self, low: str, runs: Sequence[Run]) -> Iterator[re.Match[str]]:
        """Yield the matches in a folded text, in order; `runs` are its `runs_of` with `begin` and more.

        The pattern is tried only where a date may begin: it has seventeen alternatives, and letting it search took a
        tenth of the time of a whole verdict.
        """
        end = 0
        for start, run in runs:
            if start >= end and (run in self.begin or run[0].isdigit()):
                match = self._pattern.match(low, start)
                if match is not None:
                    yield match
                    end = match.end()

    def weekday(self, name: str) -> int | None:
        """Return the number of a weekday, Monday 0."""
        return self._weekdays.get(name)

    def month(self, name: str) -> int | None:
        """Return the number of a month, January 1."""
        return self._months.get(name)

    def is_common_word(self, name: str) -> bool:
        """Whether a month's name is an ordinary word too ("may", "march")."""
        return name in self._common

    def solar_month(self, name: str) -> int | None:
        """Return the number of a solar month, Hamal 1."""
        return self._solar.get(" ".join(name.split()))

    def number(self, text: str) -> int | None:
        """Return the number that digits or a word stand for."""
        return int(text) if text.isdigit() else self._numbers.get(" ".join(text.split()))

    def day_number(self, text: str) -> int:
        """Return the day of the month that digits or a word ("fifteenth") stand for; 0 for neither."""
        return int(text) if text.isdigit() else self._day_numbers.get(" ".join(text.split()), 0)

    def unit(self, text: str) -> int | None:
        """Return how many days a unit has; hours and shorter have none."""
        return self._units.get(text)

    def direction(self, text: str) -> str:
        """Return "ago" (from the day of writing), "earlier" or "later" (from the day told of before)."""
        if text in self._ago:
            return "ago"
        return "later" if text in self._later else "earlier"

    def which(self, text: str) -> int:
        """Return -1 for "last", 1 for "next", 0 for neither."""
        if text in self._last:
            return -1
        return 1 if text in self._next else 0

    def is_night(self, low: str, start: int) -> bool:
        """Whether "the night of" stands before a date."""
        return low[max(0, start - _NIGHT) : start].rstrip().endswith(self._night)

    def is_name(self, low: str, end: int) -> bool:
        """Whether a weekday is part of a name ("the Friday Times")."""
        return self._names.match(low, end + 1) is not None if end < len(low) and low[end] == " " else False

    def counts_people(self, low: str, end: int) -> bool:
        """Whether four digits count something ("in 2000 villages") instead of naming a year."""
        return self._people.match(low, end) is not None

    def is_said(self, low: str, start: int) -> bool:
        """Whether a verb of saying stands right before a date, so that the date is the saying's."""
        found = self._said.search(low[max(0, start - _SAYING_REACH) : start])
        return found is not None and self._that.isdisjoint(found[0].split())

    def is_since(self, low: str, start: int, end: int) -> bool:
        """Whether a date is only where a span begins: "the largest city to fall since May"."""
        return any(m.end() >= start for m in self._since.finditer(low, max(0, start - _AROUND), end))

    def hour_beside(self, low: str, start: int, end: int) -> int | None:
        """Return the hour of a clock time that stands within a few words of a day."""
        begin = max(0, start - _AROUND)
        for match in self._clock.finditer(low, begin, min(len(low), end + _AROUND)):
            if "." in low[match.end() : start].strip() or ";" in low[match.end() : start]:
                continue
            hour = int(match["h"] or match["h2"])
            if match["pm"] and hour < 12:
                return hour + 12
            if match["am"] and hour == 12:
                return 0
            return hour if hour < 24 else None
        return None


_SAYING: Final = ("say", "add", "tell", "report", "claim", "admit", "deny", "vow", "warn")


def _fold(name: str) -> str:
    return " ".join(fold(name).split())
