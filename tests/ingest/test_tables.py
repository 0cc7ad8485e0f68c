"""Tables of posts: columns known by their many names, rows read one by one."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.posts import Reading
from sitmon.ingest.tables import describe, find_columns, read
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ID = "1424241481610166273"


def rows(text: str) -> list[Item | Failure]:
    return list(read(io.StringIO(text, newline=""), Reading(Source("Desk", "path", "t.csv"), NOW, "t.csv")))


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("id,text", {"id": 0, "text": 1}),
        ("\ufeffTweet ID;Tweet Text;Screen Name", {"id": 0, "text": 1, "author": 2}),
        ("id_str\tfull_text\tcreated_at", {"id": 0, "text": 1, "created": 2}),
        ('"Date","Title, long","Content"', {"text": 2, "created": 0}),
        ("author.username|text|referenced_tweets.quoted.id", {"text": 1, "author": 0, "quoted": 2}),
        ("id,tweet_id,text", {"id": 1, "text": 2}),
    ],
)
def test_columns_by_their_names(header: str, fields: dict[str, int]) -> None:
    assert find_columns(header).fields == fields


def test_the_dry_run_of_a_table_that_cannot_be_read() -> None:
    lines = describe(find_columns("a,b,c"))
    assert lines == ("not read: a, b, c", "no column is known as the text of a post: the table cannot be read")


def test_line_ends_quotes_and_nul_within_a_cell() -> None:
    text = f'id_str,text,from_user\r\n{ID},"first line\nsecond ""line"", with a comma\x00",kdz_desk\r\n\r\n'
    (found,) = rows(text)
    assert isinstance(found, Item)
    assert found.text == 'first line\nsecond "line", with a comma'
    assert (found.id, found.author) == (f"tw:{ID}", "kdz_desk")


def test_rows_that_are_no_tweets() -> None:
    found = rows(
        "id,title,text,published,link,author\n"
        "1,Bridge closed,Since dawn.,2021-08-08T10:00:00Z,https://post.example/1?utm_source=x,Desk\n"
        "2,,A note.,,,\n"
    )
    article, note = found
    assert isinstance(article, Item)
    assert isinstance(note, Item)
    assert (article.title, article.text, article.kind) == ("Bridge closed", "Since dawn.", "article")
    assert (article.published, article.author) == (datetime(2021, 8, 8, 10, tzinfo=UTC), "Desk")
    assert (note.body, note.kind, note.date_quality) == ("A note.", "post", "missing")
    assert article.id != note.id


def test_the_address_beside_a_damaged_id_still_has_it() -> None:
    (found,) = rows(f"tweet_id,text,url\n1.42424E+18,Quiet.,https://twitter.com/kdz_desk/status/{ID}\n")
    assert isinstance(found, Item)
    assert (found.id, found.author) == (f"tw:{ID}", "kdz_desk")


def test_a_local_time_is_read_with_its_zone_and_mended_by_the_id() -> None:
    with_zone, without = rows(
        "id,conversation_id,created_at,timezone,username,tweet\n"
        f"{ID},{ID},2021-08-08 10:00:05,+0430,kdz_desk,Quiet.\n"
        f"{ID},{ID},2021-08-08 10:00:05,,kdz_desk,Quiet.\n"
    )
    assert isinstance(with_zone, Item)
    assert isinstance(without, Item)
    right = datetime(2021, 8, 8, 5, 30, 5, tzinfo=UTC)
    assert (with_zone.published, with_zone.date_quality) == (right, "stated")
    assert (without.published, without.date_quality) == (right, "repaired")


def test_short_rows_and_rows_without_text_are_told() -> None:
    found = rows(f"id_str,text,from_user,created_at\n{ID}\n{ID},,kdz_desk,\n{ID},Quiet.,kdz_desk,\n")
    assert [type(f) for f in found] == [Failure, Failure, Item]
    assert [f.subject for f in found if isinstance(f, Failure)] == ["t.csv: row 2", "t.csv: row 3"]


def test_a_cell_without_end_does_not_stop_the_reader() -> None:
    found = rows("id_str,text,from_user\n" + ID + ',"' + "x" * 200_000 + f'",a\n{ID},Quiet.,b\n')
    assert isinstance(found[0], Failure)
    assert isinstance(found[-1], Item)


def test_what_a_quotation_mark_without_end_has_swallowed_is_read() -> None:
    good = "".join(f"{int(ID) + n},Quiet {n}.,b\n" for n in range(30))
    found = rows(f'id_str,text,from_user\n{ID},"Open,a\n{good}')
    assert [i.text for i in found if isinstance(i, Item)] == [f"Quiet {n}." for n in range(30)]
    assert [f.reason for f in found if isinstance(f, Failure)] == [
        "a quotation mark that opens in the row is never closed"
    ]
    long = "".join(f"{int(ID) + n},{'Quiet. ' * 20},b\n" for n in range(2000))  # more than a cell may hold
    found = rows(f'id_str,text,from_user\n{ID},"Open,a\n{long}')
    assert sum(isinstance(i, Item) for i in found) == 2000


def test_a_table_of_quotation_marks_ends() -> None:
    found = rows("id_str,text,from_user\n" + f'{ID},"\n' * 30_001)
    assert len(found) <= 30_001
    assert all(isinstance(f, Item) or f.reason for f in found)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=15)


@given(st.lists(st.tuples(cells, cells, cells), max_size=6), st.sampled_from(",;\t|"))
def test_any_cells(table: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["id", "text", "created_at"])
    writer.writerows(table)
    for found in rows(out.getvalue()):
        assert isinstance(found, Item) or found.reason
