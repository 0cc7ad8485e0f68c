"""A document and the time it was published in, the moments that it names out, each with its day and precision.

It must not say what happened then. A weekday is the last such day not after the item's own, in the area's time zone;
words like "the next day" count from the day named before them; a month or year without a day stays one; what cannot be
told (08/07/2021) is none. Without a published time only full dates are resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from sitmon.area import Area
from sitmon.classify.date_words import DateWords, runs_of
from sitmon.classify.solar import FIRST, LAST, days_of, to_common, year_of
from sitmon.classify.speech import Tables, script_of
from sitmon.classify.text import Document
from sitmon.model.terms import Precision

Fineness = Literal["hour", "day", "week", "month", "year", "decade"]
_HISTORY: Final = timedelta(days=60)
"""What ended longer ago than this is told as history, not as news."""
_LAST: Final = {"month": timedelta(days=30), "week": timedelta(days=6), "year": timedelta(days=364)}
_DIGITS: Final = {"day": 10, "week": 10, "month": 7}
"""How much of an ISO date is said."""
_CHAIN: Final = 20
"""How many moments back "the next day" may count from."""
_AHEAD: Final = timedelta(days=60)
"""A day and month without a year lies at most so far ahead of the item; else it is the year before's."""


class Moment(NamedTuple):
    """A time that a text names. Offsets into the body."""

    start: int
    end: int
    value: str
    """ISO 8601, cut to the precision: 2021-08-08T15, 2021-08-08, 2021-08, 2021; a week by a day in it; a decade 199."""
    precision: Fineness
    day: date
    """The day itself, or the first of the period."""
    history: bool = False
    future: bool = False
    said: bool = False
    """It dates the saying, not what is said ("officials said on Saturday")."""
    chained: bool = False
    """It counts from another moment of the text ("the next day")."""
    since: bool = False
    """A span begins with it ("since May")."""

    @property
    def event_precision(self) -> Precision | None:
        """The precision as a report has it; None where it is coarser than a month, or a long span's beginning."""
        if self.precision in ("year", "decade") or (self.since and self.precision in ("month", "week")):
            return None
        return self.precision  # type: ignore[return-value]


class Calendar:
    """Resolves the dates of an area's languages; build once, use for every document."""

    def __init__(self, area: Area) -> None:
        self._zone = ZoneInfo(area.timezone)
        self._words = tuple(DateWords(Tables(file)) for file in area.speech.values())
        self._begin = frozenset(word for words in self._words for word in words.begin)

    def resolve(self, doc: Document, published: datetime | None) -> tuple[Moment, ...]:
        """Return the moments that a document names, in the order of its text."""
        today = self._day_of(published)
        found: list[Moment] = []
        script = script_of(doc.body)
        runs = runs_of(doc.low, self._begin)
        for words in self._words:
            if words.script not in ("latin", script):
                continue
            for match in words.find(doc.low, runs):
                moment = _Reading(words, match, today, found, doc).moment()
                if moment is not None:
                    found.append(moment)
        if len(self._words) > 1:
            found = _disjoint(found)
        return tuple(found)

    def _day_of(self, published: datetime | None) -> date | None:
        try:
            return published.astimezone(self._zone).date() if published is not None else None
        except OverflowError:  # the first or the last hours that a calendar holds
            return None


def event_time(moments: Sequence[Moment], start: int, end: int, at: int | None = None) -> tuple[str, Precision] | None:
    """Return (value, precision) for what body[start:end] tells; `at` is where its verb stands.

    The nearest moment of the stretch wins; one that only dates the saying ("said on Sunday") is the last resort, and
    one that is coarser than a month is none.
    """
    spot = start if at is None else at
    first = bisect_left(moments, start, key=lambda m: m.start)
    best: tuple[tuple[bool, int], Moment] | None = None
    for moment in moments[first:]:
        if moment.start >= end:
            break
        if moment.event_precision is None:
            continue
        distance = moment.start - spot if moment.start >= spot else spot - moment.end
        rank = (moment.said, max(0, distance))
        if best is None or rank < best[0]:
            best = (rank, moment)
    if best is None or best[1].event_precision is None:
        return None
    return best[1].value, best[1].event_precision


def _disjoint(moments: list[Moment]) -> list[Moment]:
    """Return the moments in the order of the text, without those inside another."""
    kept: list[Moment] = []
    for moment in sorted(moments, key=lambda m: (m.start, -m.end)):
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return kept


class _Reading:
    """One match of the date words at work."""

    def __init__(
        self, words: DateWords, match: re.Match[str], today: date | None, before: list[Moment], doc: Document
    ) -> None:
        self.words = words
        self.match = match
        self.today = today
        self.before = before
        self.doc = doc

    def moment(self) -> Moment | None:
        """Return what the match stands for, or None where it stands for no date."""
        kind = self.match.lastgroup or ""
        read = getattr(self, f"_{kind}", None)
        try:
            moment: Moment | None = read() if read is not None else None
        except (OverflowError, ValueError):  # "last month" in the year 1, "in the year 0": no calendar holds it
            return None
        if moment is None:
            return None
        if moment.precision == "day" and not moment.chained:
            moment = self._with_hour(moment)
        low, start = self.doc.low, self.match.start()
        if self.words.is_since(low, start, self.match.end()):
            return moment._replace(since=True)
        return moment._replace(said=True) if self.words.is_said(low, start) else moment

    def _group(self, name: str) -> str:
        return self.match[name] or ""

    def _made(self, day: date | None, precision: Fineness = "day", *, chained: bool = False) -> Moment | None:
        """Return a moment of a day, or of the period that it begins."""
        if day is None:
            return None
        value = day.isoformat()[: _DIGITS[precision]] if precision != "year" else str(day.year)
        history = future = False
        if self.today is not None:
            history = day + _LAST.get(precision, timedelta()) < self.today - _HISTORY
            if precision == "year":
                history = day.year < self.today.year
            future = day > self.today
        start, end = self.match.span()
        return Moment(start, end, value, precision, day, history, future, chained=chained)

    # -------------------------------------------------------------- absolute dates

    def _iso(self) -> Moment | None:
        return self._made(_date(self._group("iso_y"), self._group("iso_m"), self._group("iso_d")))

    def _slashed(self) -> Moment | None:
        one, two, year = int(self._group("s_a")), int(self._group("s_b")), self._group("s_y")
        if one > 12 >= two:
            return self._made(_date(year, str(two), str(one)))
        if two > 12 >= one:
            return self._made(_date(year, str(one), str(two)))
        return self._made(_date(year, str(one), str(two))) if one == two else None

    def _day_month(self) -> Moment | None:
        day, first = self._group("dm_d"), self._group("dm_f")
        if first and day.isdigit() and int(first) < int(day) and self.words.is_night(self.doc.low, self.match.start()):
            day = first  # "on the night of 7-8 August" began on the 7th; of another range the end is told
        return self._in_year(self._group("dm_m"), day, self._group("dm_y"))

    def _month_day(self) -> Moment | None:
        if self.words.is_common_word(self._group("md_m")) and not self._capital("md_m"):
            return None
        return self._in_year(self._group("md_m"), self._group("md_d"), self._group("md_y"))

    def _in_year(self, name: str, day: str, year: str) -> Moment | None:
        month = self.words.month(name)
        if month is None:
            return None
        day = str(self.words.day_number(day))
        if year:
            return self._made(_date(year, str(month), day))
        if self.today is None:
            return None
        for candidate in (self.today.year + 1, self.today.year, self.today.year - 1):
            made = _date(str(candidate), str(month), day)
            if made is not None and made <= self.today + _AHEAD:
                return self._made(made)
        return None

    def _solar(self) -> Moment | None:
        month = self.words.solar_month(self._group("so_m") or self._group("so_m2"))
        day = self.words.day_number(self._group("so_d") or self._group("so_d2"))
        year = self._group("so_y") or self._group("so_y2")
        if month is None:
            return None
        if year:
            return self._made(to_common(int(year), month, day))
        if self.today is None:
            return None
        here = year_of(self.today)
        for candidate in (here + 1, here, here - 1):
            made = to_common(candidate, month, day)
            if made is not None and made <= self.today + _AHEAD:
                return self._made(made)
        return None

    def _solar_month_alone(self) -> Moment | None:
        month, year = self.words.solar_month(self._group("sm_m")), int(self._group("sm_y"))
        if month is None or not FIRST <= year <= LAST or not days_of(year, month):
            return None
        return self._made(to_common(year, month, 1), "month")

    def _month_alone(self) -> Moment | None:
        name, year = self._group("m_m") or self._group("m_m2"), self._group("m_y") or self._group("m_y2")
        month = self.words.month(name)
        written = self._capital("m_m" if self._group("m_m") else "m_m2")
        if month is None or (self.words.is_common_word(name) and not written):
            return None
        if year:
            return self._made(date(int(year), month, 1), "month")
        if self.today is None:
            return None
        ahead = month > self.today.month
        return self._made(date(self.today.year - ahead, month, 1), "month")

    def _year_alone(self) -> Moment | None:
        if self.words.counts_people(self.doc.low, self.match.end()):
            return None
        return self._made(date(int(self._group("y_y")), 1, 1), "year")

    def _decade(self) -> Moment | None:
        year = int(self._group("de_y"))
        start, end = self.match.span()
        return Moment(start, end, str(year)[:3], "decade", date(year, 1, 1), history=True)

    def _capital(self, name: str) -> bool:
        """Whether a month that is also an ordinary word ("may", "march") has its capital letter."""
        return self.doc.body[self.match.start(name)].isupper()

    # -------------------------------------------------------------- from the day of writing

    def _weekday(self) -> Moment | None:
        if self.today is None or self.words.is_name(self.doc.low, self.match.end()):
            return None
        number = self.words.weekday(self._group("w_d"))
        if number is None or (self.words.is_common_word(self._group("w_d")) and not self._capital("w_d")):
            return None
        back = (self.today.weekday() - number) % 7
        which = self.words.which(self._group("w_which"))
        if which > 0:
            return self._made(self.today + timedelta(days=7 - back if back else 7))
        if which < 0 and back == 0:
            back = 7
        return self._made(self.today - timedelta(days=back))

    def _day_word(self) -> Moment | None:
        if self.today is None:
            return None
        return self._made(self.today + timedelta(days=self.words.days[self._folded()]))

    def _week_word(self) -> Moment | None:
        if self.today is None:
            return None
        monday = self.today - timedelta(days=self.today.weekday())
        return self._made(monday + timedelta(weeks=self.words.weeks[self._folded()]), "week")

    def _month_word(self) -> Moment | None:
        if self.today is None:
            return None
        months = self.today.year * 12 + self.today.month - 1 + self.words.month_words[self._folded()]
        return self._made(date(months // 12, months % 12 + 1, 1), "month")

    def _year_word(self) -> Moment | None:
        if self.today is None:
            return None
        return self._made(date(self.today.year + self.words.years[self._folded()], 1, 1), "year")

    def _ago(self) -> Moment | None:
        """Resolve "two days ago", "a week earlier", "three days later"."""
        count = self.words.number(self._group("a_n"))
        unit = self.words.unit(self._group("a_u"))
        if count is None or unit is None or count > 400:
            return None
        later = self.words.direction(self._group("a_w"))
        chained = later != "ago"
        anchor = self._anchor() if chained else self.today
        if anchor is None:
            return None
        day = anchor + timedelta(days=count * unit * (1 if later == "later" else -1))
        precision: Fineness = "day" if unit <= 1 else "week" if unit == 7 else "month" if unit == 30 else "year"
        if precision == "month":
            day = day.replace(day=1)
        if precision == "year":
            day = date(anchor.year - count * (unit // 365), 1, 1)
        return self._made(day, precision, chained=chained)

    def _next_day(self) -> Moment | None:
        anchor = self._anchor()
        if anchor is None:
            return None
        return self._made(anchor + timedelta(days=self.words.next_day[self._folded()]), chained=True)

    def _folded(self) -> str:
        return " ".join(self.match[0].split())

    def _anchor(self) -> date | None:
        """Return the day that "the next day" counts from.

        In one sentence that is its last moment that stands by itself ("on Friday ... a day later ... the next day"
        names two days, not three); else the last moment of the text before; else the item's own day.
        """
        here = self.match.start()
        sentence = self.doc.sentence_at(here)
        begin = self.doc.sentences[sentence][0] if sentence >= 0 else 0
        for moment in reversed(self.before[-_CHAIN:]):
            if moment.precision not in ("hour", "day") or moment.start >= here:
                continue
            if not moment.said and (moment.start < begin or not moment.chained):
                return moment.day
        return self.today

    def _with_hour(self, moment: Moment) -> Moment:
        """Return the moment sharpened by a clock time right beside it."""
        hour = self.words.hour_beside(self.doc.low, moment.start, moment.end)
        if hour is None:
            return moment
        return moment._replace(value=f"{moment.day.isoformat()}T{hour:02}", precision="hour")


def _date(year: str, month: str, day: str) -> date | None:
    """Return a day, or None where there is none such."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
