"""The two CSV files: lines, short rows, comments, and what makes two spellings one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitmon.area_tables import fold_spelling, read_aliases, read_places, read_table


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sar-e Pul", "sar e pul"),
        ("Qal'eh-ye Now", "Qal‘eh-ye Now"),
        ("Dāykondī", "Daykondi"),
        ("فیض‌آباد", "فيض اباد"),
        ("لښکرګاه", "لښکرگاه"),
        ("پنجشېر", "پنجشیر"),
        ("Musa  Qala", "MUSA QALA"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert fold_spelling(one) == fold_spelling(other)


@pytest.mark.parametrize(("one", "other"), [("Lashkar Gah", "Lashkargah"), ("کندز", "قندز"), ("Zhari", "Zheray")])
def test_spellings_that_are_two(one: str, other: str) -> None:
    assert fold_spelling(one) != fold_spelling(other)


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_lines_are_the_files_own(tmp_path: Path) -> None:
    path = table(tmp_path / "aliases.csv", 'code,lang,text\n\n# a comment\nA,en,"two\nlines"\nB,en,x\n')
    read = read_table(path, ("code", "lang", "text"))
    assert [line for line, _ in read.rows] == [4, 6]
    assert list(read.cells("text", "code", "missing")) == [(4, ("two\nlines", "A", "")), (6, ("x", "B", ""))]


def test_short_and_long_rows(tmp_path: Path) -> None:
    path = table(tmp_path / "aliases.csv", "code,lang,text,weak\nA,en,x\nB,en,y,,z\n")
    read = read_table(path, ("code", "lang", "text", "weak"))
    assert [cells for _, cells in read.cells("code", "weak")] == [("A", "")]
    assert [str(m) for m in read.mistakes] == ["aliases.csv: line 3: 5 cells under 4 columns"]


def test_a_broken_quote_is_named(tmp_path: Path) -> None:
    path = table(tmp_path / "aliases.csv", 'code,lang,text\nA,en,"x" y\n')
    assert "is no CSV from here on" in read_table(path, ("code", "lang", "text")).mistakes[0].message


@pytest.mark.parametrize("header", ["", "code,name,kind\n", "code,name,kind,province,code\n"])
def test_headers_that_cannot_be_used(tmp_path: Path, header: str) -> None:
    path = table(tmp_path / "places.csv", header + "TL-EA,East,province,TL-EA\n")
    _, mistakes = read_places(path, "TL", ("en",))
    assert mistakes


def test_an_empty_file_is_missing_its_columns(tmp_path: Path) -> None:
    _, mistakes = read_aliases(table(tmp_path / "aliases.csv", ""), {}, ("en",))
    assert "columns missing" in mistakes[0].message
