"""Calendar words in, numbers out: month names, time zones, and the solar Hijri calendar. It never reads a clock.

Month names are those of publishers' own templates (English, Dari, Persian, Pashto, Arabic, and the European languages
that agencies publish in). Zone abbreviations are ambiguous in the world at large; here they mean what a reader of
news from Afghanistan and its neighbours expects (`AST` is Arabia, `BST` is British summer, `IST` is India).
"""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

_GREGORIAN: Final = (
    # Numbers 1..12 in each row's order.
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "جنوری فبروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر",
    "جنوري فبروري مارچ اپرېل مې جون جولای اګست سېپټمبر اکټوبر نومبر ډيسمبر",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "- - - - - ژون ژوییه آگوست سپټمبر - نوومبر -",
    "- - mär - - - - - sept okt - dez",
    "- févr - avr - - juil - - - - déc",
)
_SOLAR: Final = (
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",  # Afghanistan, Dari
    "وری غویی غبرگولی چنگاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",  # Afghanistan, Pashto
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",  # Iran
    "hamal sawr jawza saratan asad sunbula mizan aqrab qaws jadi dalwa hut",
)
_ZONES: Final = {
    "UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "WET": 0,
    "AFT": 270, "PKT": 300, "IRST": 210, "IRDT": 270, "TJT": 300, "UZT": 300, "TMT": 300, "GST": 240, "AST": 180,
    "MSK": 180, "TRT": 180, "IST": 330, "NPT": 345, "KGT": 360, "CST": -360, "CDT": -300, "EST": -300, "EDT": -240,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "WEST": 60, "MEZ": 60, "MESZ": 120, "ICT": 420, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "AEST": 600,
    "AEDT": 660,
}  # fmt: skip


def _fold(word: str) -> str:
    """Return a month name as it is looked up: Arabic letters that Persian and Pashto write otherwise, made one."""
    return word.casefold().strip(".").translate(str.maketrans("يكګ", "یکگ"))


def _numbered(rows: tuple[str, ...]) -> dict[str, int]:
    return {_fold(w): n for row in rows for n, w in enumerate(row.split(), 1) if w != "-"}


GREGORIAN_MONTHS: Final = MappingProxyType(_numbered(_GREGORIAN))
"""Name of a month, folded -> 1..12."""
SOLAR_MONTHS: Final = MappingProxyType(_numbered(_SOLAR))
"""Name of a solar Hijri month, folded -> 1..12 (Hamal begins at the spring equinox)."""
ZONES: Final = MappingProxyType({name: timedelta(minutes=minutes) for name, minutes in _ZONES.items()})
"""Zone abbreviation -> what it is ahead of UTC."""


def month_number(name: str) -> tuple[int, bool] | None:
    """Return a month's number and whether it is one of the solar Hijri calendar; None for any other word."""
    folded = _fold(name)
    if folded in GREGORIAN_MONTHS:
        return GREGORIAN_MONTHS[folded], False
    if folded in SOLAR_MONTHS:
        return SOLAR_MONTHS[folded], True
    return None


def solar_to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a solar Hijri one (years 1300..1500); ValueError where there is no such day."""
    if not 1300 <= year <= 1500:
        raise ValueError(f"year {year} is not one of the solar Hijri calendar's present")
    length = 31 if month <= 6 else 30 if month <= 11 or _is_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no day {day} in month {month} of {year}")
    # 1 Hamal 1400 was 21 March 2021. Counted in whole years from there.
    days = sum(366 if _is_leap(y) else 365 for y in range(1400, year))
    days -= sum(366 if _is_leap(y) else 365 for y in range(year, 1400))
    return date(2021, 3, 21) + timedelta(days=days + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def _is_leap(year: int) -> bool:
    """Eight leap years in 33: exact for the years 1178..1633."""
    return (25 * year + 11) % 33 < 8
