"""Quotes: every labelled passage; kinds, posts, embedded posts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitmon.classify import quotes
from sitmon.classify.attribution import Attributor
from sitmon.classify.text import read
from sitmon.model.item import Item
from sitmon.model.quote import Quote

TABLES = tomllib.loads((Path(__file__).parent.parent / "data" / "quotes.toml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{kind}-{n}") for kind, rows in TABLES.items() for n, row in enumerate(rows, 1)]


def found(attributor: Attributor, text: str, item: Item | None = None) -> tuple[Quote, ...]:
    doc = read(text)
    return quotes.find(doc, attributor.statements(doc, attributor.author(item) if item else None))


def covered(text: str, spans: list[tuple[int, int]]) -> set[int]:
    return {n for start, end in spans for n in range(start, end) if not text[n].isspace()}


@pytest.mark.parametrize("quote_row", ROWS)
def test_labelled_rows(attributor: Attributor, quote_row: dict[str, Any]) -> None:
    text, why = quote_row["text"], quote_row["why"]
    given = found(attributor, text)
    direct = [q for q in given if q.kind == "direct"]
    wanted = [(text.index(w["text"]), text.index(w["text"]) + len(w["text"])) for w in quote_row.get("direct", [])]
    assert covered(text, [(q.start, q.end) for q in direct]) == covered(text, wanted), why
    for (start, end), row in zip(wanted, quote_row.get("direct", []), strict=True):
        speakers = {q.speaker or "" for q in direct if q.start < end and start < q.end}
        assert speakers == {row["speaker"]}, why
    for row in quote_row.get("indirect", []):
        told = [(q.text, q.speaker or "") for q in given if q.kind != "direct"]
        assert (row["text"], row["speaker"]) in told, why


@pytest.mark.parametrize("quote_row", ROWS)
def test_the_text_is_what_the_offsets_say(attributor: Attributor, quote_row: dict[str, Any]) -> None:
    for quote in found(attributor, quote_row["text"]):
        assert quote_row["text"][quote.start : quote.end] == quote.text


def test_a_clause_with_quoted_words_is_mixed_and_the_words_are_direct(attributor: Attributor) -> None:
    told = found(attributor, 'Karim Daud said the army had "run out of food and water" in the hills around the town.')
    assert [(q.kind, q.text) for q in told] == [
        ("mixed", 'the army had "run out of food and water" in the hills around the town'),
        ("direct", "run out of food and water"),
    ]


def test_a_clause_that_is_nearly_all_quoted_is_not_told_twice(attributor: Attributor) -> None:
    told = found(
        attributor, "He added that, “the governor’s house and the police command are captured by the Taliban.”"
    )
    assert [q.kind for q in told] == ["direct"]


def test_scare_quotes_leave_a_clause_indirect(attributor: Attributor) -> None:
    (quote,) = found(attributor, "Karim Daud said special forces were conducting ‘clearance operations’ in the city.")
    assert (quote.kind, quote.speaker) == ("indirect", "Karim Daud")


POST = Item(id="1", source="posts", text="", kind="post", author="Zabehulah_M33", side="insurgent")


def test_a_partys_post_is_a_quote_of_its_author(attributor: Attributor) -> None:
    text = "The district centre of Khan Abad came under control of the mujahideen this morning. https://t.co/abc"
    (quote,) = found(attributor, text, POST)
    assert quote.text == "The district centre of Khan Abad came under control of the mujahideen this morning."
    assert (quote.speaker, quote.side, quote.kind) == ("Zabihullah Mujahid", "insurgent", "direct")


def test_an_officials_account_speaks_even_where_nobody_knows_it(attributor: Attributor) -> None:
    item = Item(id="2", source="MoD", text="", kind="post", author="some_account", side="government")
    (quote,) = found(attributor, "Forty fighters were killed in air strikes in Ghazni.", item)
    assert (quote.speaker, quote.side) == ("some_account", "government")


def test_a_journalists_post_is_only_what_it_quotes(attributor: Attributor) -> None:
    item = Item(id="3", source="posts", text="", kind="post", author="reporter", side="media")
    told = found(attributor, 'Just arrived in Herat. "We are ready," the governor, Sayed Anwar, told me.', item)
    assert [(q.text, q.speaker) for q in told] == [("We are ready,", "Sayed Anwar")]


EMBEDDED = """The army said nothing.

Heavy fighting near the bridge. According to the governor, "not one post has been lost." https://t.co/8jTNb
— Lena Moss (@lenamoss) August 8, 2021

The market was closed.

نن سهار د ښار مرکز ونیول شو.
په جګړه کې دوه موټر وسوځېدل. pic.twitter.com/SZ5Du
— Zabihullah (..ذبـــــیح الله م ) (@Zabehulah_M33) August 7, 2021"""


def test_an_embedded_post_is_a_quote_of_whoever_signs_it(attributor: Attributor) -> None:
    told = {q.text.split(".")[0]: q for q in found(attributor, EMBEDDED) if q.kind == "direct"}
    moss = told["Heavy fighting near the bridge"]
    assert (moss.speaker, moss.role) == ("Lena Moss", "@lenamoss")
    assert moss.text.endswith('lost."')
    mujahid = told["نن سهار د ښار مرکز ونیول شو"]
    assert (mujahid.speaker, mujahid.side) == ("Zabihullah Mujahid", "insurgent")
    assert mujahid.text.endswith("وسوځېدل.")
    assert told["not one post has been lost"].role == "governor"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Karim Daud, a member of the Kunduz provincial council, said the road was cut.", "AF-KDZ"),
        ("Karim Daud said the road to Kunduz was cut.", "AF-KDZ"),
        ("Karim Daud said the road from Kunduz to Taloqan was cut.", None),
        ("Karim Daud said the road was cut.", None),
        ("کریم رحیمی گفت که شهر کندز سقوط کرده است.", "AF-KDZ"),
    ],
)
def test_the_place_of_a_quote(attributor: Attributor, text: str, place: str | None) -> None:
    (quote,) = found(attributor, text)
    assert quote.place == place


def test_nothing_said_nothing_quoted(attributor: Attributor) -> None:
    assert found(attributor, "Snow fell in Bamyan.") == ()
    assert found(attributor, "") == ()
