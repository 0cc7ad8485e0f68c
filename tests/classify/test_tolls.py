"""How many people were harmed, by construction: rows that the rules were mended by, and rows kept for the figure."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from sitmon.classify.attribution import Attributor
from sitmon.classify.casualties import Counter, claims_of
from sitmon.classify.text import read

TABLES: Final = tomllib.loads((Path(__file__).parent.parent / "data" / "tolls.toml").read_text(encoding="utf-8"))
MENDED: Final = [pytest.param(r, id=f"{k}-{n}") for k, rows in TABLES.items() for n, r in enumerate(rows) if n % 2 == 0]
KEPT: Final = [row for rows in TABLES.values() for row in rows[1::2]]
TOLD: Final = tomllib.loads((Path(__file__).parent.parent / "data" / "tolls_told.toml").read_text(encoding="utf-8"))
TOLD_ROWS: Final = [pytest.param(r, id=f"{k}-{n}") for k, rows in TOLD.items() for n, r in enumerate(rows)]
PHRASED: Final = tomllib.loads(
    (Path(__file__).parent.parent / "data" / "tolls_phrased.toml").read_text(encoding="utf-8")
)
PHRASED_ROWS: Final = [pytest.param(r, id=f"{k}-{n}") for k, rows in PHRASED.items() for n, r in enumerate(rows)]
FLOOR: Final = 0.92
"""The share of the kept rows that must come out exactly; they had 0.94 when this was written."""


def found(counter: Counter, attributor: Attributor, text: str) -> dict[str, int | None]:
    doc = read(text)
    toll = counter.count(doc, year=2021, claims=claims_of(attributor.statements(doc)))
    return {"k": toll.killed.best, "w": toll.wounded.best, "a": toll.abducted.best}


def wanted(row: dict[str, Any]) -> dict[str, int | None]:
    return {harm: row.get(harm) for harm in ("k", "w", "a")}


@pytest.mark.parametrize("toll_row", MENDED)
def test_mended_rows_are_right(counter: Counter, attributor: Attributor, toll_row: dict[str, Any]) -> None:
    assert found(counter, attributor, toll_row["t"]) == wanted(toll_row), toll_row["t"]


def test_kept_rows_hold_their_share(counter: Counter, attributor: Attributor) -> None:
    right = sum(found(counter, attributor, row["t"]) == wanted(row) for row in KEPT)
    assert right >= FLOOR * len(KEPT), f"{right} of {len(KEPT)}"


@pytest.mark.parametrize("toll_row", TOLD_ROWS + PHRASED_ROWS)
def test_what_the_worlds_news_tells(counter: Counter, attributor: Attributor, toll_row: dict[str, Any]) -> None:
    told = {harm: count or 0 for harm, count in found(counter, attributor, toll_row["t"]).items()}
    assert told == {harm: toll_row.get(harm, 0) for harm in ("k", "w", "a")}, toll_row["t"]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("Guards shot twenty marchers.", 20, None),
        ("Guards shot twenty marchers; four died.", 4, None),
        ("Guards shot twenty marchers; six were wounded.", None, 6),
        ("Guards shot twenty marchers in the legs.", None, 20),
        ("Guards shot at twenty marchers.", None, None),
        ("A film about twenty marchers was shot in Herat.", None, None),
        ("A bomber blew himself up and wounded six.", 1, 6),
        ("A bomber blew himself up and killed six.", 6, None),
    ],
)
def test_a_weak_word_counts_where_nothing_surer_is_told(
    counter: Counter, attributor: Attributor, text: str, killed: int | None, wounded: int | None
) -> None:
    toll = found(counter, attributor, text)
    assert (toll["k"], toll["w"]) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("A councillor said a nurse was killed. The ministry said its strikes killed 54 Taliban.", 1, None),
        ("A councillor said five civilians were killed. The ministry said nine civilians were killed.", 5, 9),
        ("Between five and seven soldiers were killed.", 5, 7),
    ],
)
def test_a_range_is_one_that_somebody_gave(
    counter: Counter, attributor: Attributor, text: str, least: int, most: int | None
) -> None:
    doc = read(text)
    killed = counter.count(doc, year=2021, claims=claims_of(attributor.statements(doc))).killed
    assert (killed.min, killed.best, killed.max) == (least, least, most)
