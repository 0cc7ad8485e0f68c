"""Feeds of every kind give their items; what is broken, hostile or no feed gives reasons, and never more than that."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitmon.ingest import loose_feed, xml_feed
from sitmon.ingest.charset import decode
from sitmon.ingest.feeds import TEXT_LIMIT, TITLE_LIMIT, parse
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.raw import MAX_ITEMS, Doubt, waiting_time
from sitmon.ingest.sanitise import clean, safe_url
from sitmon.model.item import Item
from sitmon.model.source import Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data"
SOURCE = Source("Northern Post", "feed", "https://post.example/feed", reliability="C", side="media")
HOSTILE = sorted((DATA / "hostile").iterdir())
KINDS = ["rss2.xml", "atom.xml", "rdf.xml", "jsonfeed.json", "titleless.xml"]


def read(body: str | bytes, **more: Any) -> Parsed:
    return parse(body.encode() if isinstance(body, str) else body, SOURCE, now=NOW, **more)


def rss(items: str) -> str:
    return f'<rss version="2.0"><channel><title>P</title><link>https://post.example/</link>{items}</channel></rss>'


def entry(title: str = "", guid: str = "", link: str = "", text: str = "", date: str = "") -> str:
    parts = {"title": title, "guid": guid, "link": link, "description": text, "pubDate": date}
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in parts.items() if v) + "</item>"


def assert_safe(parsed: Parsed) -> None:
    """Nothing over the limits, nothing that a terminal obeys, in any field of anything."""
    assert len(parsed.items) <= MAX_ITEMS
    assert len({i.id for i in parsed.items}) == len(parsed.items)
    for item in parsed.items:
        assert item.body
        assert len(item.title) <= TITLE_LIMIT
        assert len(item.text) <= TEXT_LIMIT
        assert item.url is None or safe_url(item.url) == item.url
        assert item.published is None or item.published <= NOW + timedelta(days=1)
        for text in (item.title, item.text, item.author or "", item.lang or "", item.id):
            assert clean(text, 20_000) == text
    for failure in parsed.failures:
        assert failure.reason
        assert clean(failure.reason, 1000) == failure.reason


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_feed(name: str) -> None:
    expected = json.loads((DATA / "feeds" / f"{Path(name).stem}.expected.json").read_text("utf-8"))
    parsed = read((DATA / "feeds" / name).read_bytes())
    assert parsed.failures == ()
    assert parsed.title == expected["title"]
    assert parsed.ttl == (timedelta(minutes=expected["ttl_minutes"]) if expected["ttl_minutes"] else None)
    for item, wanted in zip(parsed.items, expected["items"], strict=True):
        published = item.published.isoformat().replace("+00:00", "Z") if item.published else None
        assert {k: published if k == "published" else getattr(item, k) for k in wanted} == wanted
        assert (item.source, item.reliability, item.side) == ("Northern Post", "C", "media")
        assert item.fetched is None
    assert pickle.loads(pickle.dumps(parsed)) == parsed


@pytest.mark.parametrize("name", [k for k in KINDS if k.endswith("xml")])
def test_both_readers_of_xml_find_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = (DATA / "feeds" / name).read_bytes()
    fast = read(body)
    monkeypatch.setattr(xml_feed, "read", loose_feed.read)
    assert read(body) == fast


def test_ids_are_the_same_in_every_fetch_and_feed() -> None:
    rows = [
        entry("One", "https://post.example/a#1", "https://post.example/a?at_medium=RSS"),
        entry("Two", "tag:post.example,2021:2", "https://post.example/b"),
        entry("Three", "", "http://www.post.example/c/?utm_campaign=x&amp;id=7"),
        entry("Four", "4", "https://post.example/d"),
    ]
    later = [
        entry("One, revised", "http://post.example/a#2", "https://post.example/a"),
        entry("Two", "tag:post.example,2021:2", "https://post.example/b?utm_source=y"),
        entry("Three", "", "https://post.example/c?id=7&amp;fbclid=1"),
        entry("Four", "4", "https://post.example/d-moved"),
    ]
    first, second = read(rss("".join(rows))), read(rss("".join(reversed(later))), final_url="https://mirror.example/f")
    assert [i.id for i in first.items] == [i.id for i in reversed(second.items)]
    assert len({i.id for i in first.items}) == 4


def test_the_same_page_twice_in_a_document_is_one_item() -> None:
    page = "https://post.example/story"
    parsed = read(rss(entry("One story", "", page) + entry("One story", "", page + "?utm_source=x")))
    assert [i.title for i in parsed.items] == ["One story"]
    parsed = read(rss(entry("One story", "a", page) + entry("One story", "b", page)))
    assert [i.title for i in parsed.items] == ["One story"]


def test_items_that_all_link_to_the_front_page_are_kept_apart() -> None:
    front = "https://post.example/"
    parsed = read(rss(entry("One", "", front, "first") + entry("Two", "", front, "second")))
    assert [i.title for i in parsed.items] == ["One", "Two"]


def test_one_bad_entry_does_not_lose_the_others() -> None:
    parsed = read(rss(entry("One", "1") + "<item></item>" + entry("Two", "2")))
    assert [i.title for i in parsed.items] == ["One", "Two"]
    assert [f.subject for f in parsed.failures] == ["Northern Post: item 2"]


def test_the_last_entry_of_a_document_that_breaks_off_is_not_taken_for_whole() -> None:
    whole = rss(entry("One", "1", text="a") + entry("Two", "2", text="b"))
    parsed = read(whole[: whole.index("<guid>2")])
    assert [i.title for i in parsed.items] == ["One"]
    assert "breaks off" in parsed.failures[0].reason


def test_dates_are_the_publishers_or_none() -> None:
    dates = ["Sun, 08 Aug 2021 14:30:00 AFT", "", "Mon, 01 Jan 0001 00:00:00 +0000", "Fri, 01 Jan 2027 00:00:00 GMT"]
    parsed = read(rss("".join(entry(f"T{n}", str(n), date=d) for n, d in enumerate(dates))))
    assert [(i.published, i.date_quality) for i in parsed.items] == [
        (datetime(2021, 8, 8, 10, tzinfo=UTC), "stated"),
        (None, "missing"),
        (None, "bad"),
        (None, "bad"),
    ]


def test_a_mirror_that_turns_readers_away_is_refused() -> None:
    parsed = read((DATA / "hostile" / "48-turned-away.xml").read_bytes())
    assert parsed.items == ()
    assert [f.kind for f in parsed.failures] == ["refused"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("31-web-page.html", 'a web page called "Northern Post"'),
        ("32-browser-check.html", "asks for a browser check"),
        ("33-xhtml-page.xml", "a web page"),
        ("34-json-error.json", '"Rate limit exceeded"'),
        ("35-empty.xml", "empty"),
        ("36-only-blanks.xml", "empty"),
        ("37-binary.bin", "no feed"),
        ("50-deep-json.json", "JSON"),
        ("59-json-cut.json", "JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_is(name: str, reason: str) -> None:
    parsed = read((DATA / "hostile" / name).read_bytes(), content_type="application/rss+xml")
    assert parsed.items == ()
    assert [f.kind for f in parsed.failures] == ["not_a_feed"]
    assert reason in parsed.failures[0].reason


@pytest.mark.parametrize("path", HOSTILE, ids=lambda p: p.name)
@pytest.mark.parametrize("content_type", [None, "text/xml", "text/html; charset=iso-8859-1"])
def test_hostile_documents(path: Path, content_type: str | None) -> None:
    assert_safe(read(path.read_bytes(), content_type=content_type))


# What must still come out of a document that is only damaged: (number of items, first title).
SALVAGED = {
    "01-truncated-in-item.xml": (2, "Quiet in Herat"),
    "02-truncated-in-tag.xml": (3, "Quiet in Herat"),
    "05-says-utf8-is-cp1252.xml": (1, "Café “quoted”"),
    "06-says-latin1-is-utf8.xml": (1, "کندز"),
    "07-says-utf16-is-utf8.xml": (1, "کندز"),
    "08-utf16-with-bom.xml": (1, "کندز"),
    "09-utf16-without-bom.xml": (1, "Kunduz"),
    "11-unknown-encoding.xml": (1, "Quiet in Herat"),
    "12-encoding-is-a-codec.xml": (1, "Quiet in Herat"),
    "13-bom-and-blank-lines.xml": (3, "Quiet in Herat"),
    "14-broken-utf8.xml": (3, "Quiet in Herat"),
    "15-nul-bytes.xml": (3, "Quiet in Herat"),
    "19-external-dtd.xml": (1, "Quiet in Herat"),
    "21-escape-sequences.xml": (1, "Kunduz"),
    "25-zero-width-and-tags.xml": (1, "Kabul"),
    "28-duplicate-guids.xml": (1, "Quiet in Herat"),
    "29-revised-guids.xml": (1, "Report 0"),
    "30-no-names.xml": (2, "One"),
    "39-declaration-in-cdata.xml": (1, "Quiet in Herat"),
    "40-warning-before-xml.xml": (3, "Quiet in Herat"),
    "41-bare-ampersands.xml": (1, "Fish & chips é AT&T"),
    "42-undeclared-prefix.xml": (1, "Quiet in Herat"),
    "43-html-in-title.xml": (1, "Bold title"),
    "44-unclosed-items.xml": (2, "One"),
    "46-dates-from-elsewhere.xml": (10, "Date 0"),
    "47-markup-of-the-screen.xml": (1, "[red]alarm[/red] [link=x]"),
    "52-processing-instructions.xml": (1, "Quiet in Herat"),
    "55-links-of-no-host.xml": (2, "The road to the north is cut"),
    "56-json-duplicate-keys.json": (1, "The last one counts"),
    "57-json-dates.json": (6, "Report 0"),
    "58-json-two-documents.json": (1, "Report 1"),
    "60-json-utf-16.json": (1, "Report 1"),
    "61-json-odd-items.json": (2, "Report 1"),
    "62-json-surrogates.json": (1, "Kunduz \ufffd and and and"),
    "63-nested-elements-in-title.xml": (2, "Deep"),
    "64-parameter-entities.xml": (1, "Quiet in Herat"),
    "65-two-feeds-in-one.xml": (2, "Quiet in Herat"),
    "66-html-error-behind-the-feed.xml": (1, "Quiet in Herat"),
}


@pytest.mark.parametrize("name", SALVAGED)
def test_what_is_only_damaged_is_read(name: str) -> None:
    parsed = read((DATA / "hostile" / name).read_bytes())
    assert (len(parsed.items), parsed.items[0].title) == SALVAGED[name]


@pytest.mark.parametrize("path", [p for p in HOSTILE if p.suffix == ".xml"], ids=lambda p: p.name)
def test_a_long_document_is_read_as_a_short_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = read(path.read_bytes())
    monkeypatch.setattr(xml_feed, "_SHORT", 0)
    assert read(path.read_bytes()) == short


ORDERS = {
    "one in another": ("<item><title>a</title><item><title>b</title></item></item>", ["b", "a"]),
    "deep in something": (
        "<item><title>a</title></item><x><y><item><title>b</title></item></y></x><item><title>c</title></item>",
        ["a", "b", "c"],
    ),
    "behind a deep one": (
        "<item><title>a</title></item><item><x><item><title>b</title></item></x><title>c</title></item>",
        ["a", "b", "c"],
    ),
}


@pytest.mark.parametrize("name", ORDERS)
def test_entries_come_in_one_order_however_long_the_document(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, titles = ORDERS[name]
    text = f"<rss><channel><title>T</title>{entries}</channel></rss>"
    assert [e.title for e in xml_feed.read(text).entries] == titles
    monkeypatch.setattr(xml_feed, "_SHORT", 0)
    assert [e.title for e in xml_feed.read(text).entries] == titles


@pytest.mark.parametrize("tail", ["<broken", "<title>Late</title></channel></rss>"])
def test_nothing_is_read_behind_the_last_entry_that_counts(tail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"<item><title>{n}</title></item>" for n in range(MAX_ITEMS + 50))
    pad = "<!--" + " " * (1 << 18) + "-->"  # the long way reads in pieces; the tail stands in a later one
    text = f"<rss><channel>{many}{pad}{tail}"
    found = xml_feed.read(text)
    assert (found.title, len(found.entries)) == ("", MAX_ITEMS + 1)
    monkeypatch.setattr(xml_feed, "_SHORT", 0)
    assert xml_feed.read(text) == found


def test_an_encoding_that_is_none_is_doubted() -> None:
    with pytest.raises(Doubt, match="encoding"):
        xml_feed.read('<?xml version="1.0" encoding="foo"?><rss><channel/></rss>')


def test_what_is_wrong_in_a_json_feed_is_said_item_by_item() -> None:
    parsed = read((DATA / "hostile" / "61-json-odd-items.json").read_bytes())
    places = [f.subject for f in parsed.failures]
    assert places == [f"Northern Post: item {n}" for n in (1, 2, 3, 5)]
    dated = read((DATA / "hostile" / "57-json-dates.json").read_bytes())
    assert [i.date_quality for i in dated.items] == ["bad", "bad", "bad", "bad", "missing", "stated"]
    assert [i.published for i in dated.items[:5]] == [None] * 5


def test_unsafe_links_are_dropped_and_their_items_kept() -> None:
    parsed = read((DATA / "hostile" / "27-javascript-links.xml").read_bytes())
    assert [i.url for i in parsed.items][:4] == [None] * 4
    assert parsed.items[-1].url == "https://h.example/ok"
    assert len(parsed.items) == 6


BOMBS: dict[str, Callable[[], str]] = {
    "comments in CDATA": lambda: rss(entry("T", "1", text="<![CDATA[" + "<!--" * 50_000 + "]]>")),
    "open tags": lambda: rss(entry("T", "1", text="<![CDATA[" + "<" * 200_000 + "]]>")),
    "deep divs": lambda: rss(entry("T", "1", text="<![CDATA[" + "<div>" * 100_000 + "]]>")),
    "deep elements": lambda: rss("<item>" + "<a>" * 100_000 + "</a>" * 100_000 + "</item>" + entry("T", "1")),
    "open items": lambda: "<rss><channel>" + "<item><title>t" * 5_000,
    "open angle brackets": lambda: "<rss><channel><item><title>" + "<" * 100_000,
    "entities": lambda: rss(entry("&amp;" * 50_000, "1")),
    "attributes": lambda: rss(
        "<item " + " ".join(f'a{n}="x"' for n in range(20_000)) + ">" + "</item>" + entry("T", "1")
    ),
    "one long title": lambda: rss(entry("x " * 500_000, "1", text="y " * 500_000)),
    "namespaces": lambda: "<rss><channel><item>" + "".join(f"<a{n}:b xmlns:a{n}='u{n}'/>" for n in range(20_000)),
    "ampersands": lambda: rss(entry("&" * 50_000, "1")),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name: str) -> None:
    assert_safe(read(BOMBS[name]()))


def test_ten_thousand_items_are_cut_and_the_cut_is_told() -> None:
    parsed = read(rss("".join(entry(f"Report {n}", f"g{n}") for n in range(10_000))))
    assert len(parsed.items) == MAX_ITEMS
    assert parsed.items[0].title == "Report 0"
    assert [f.kind for f in parsed.failures] == ["too_large"]


@pytest.mark.parametrize(
    ("ttl", "expected"),
    [("15", timedelta(minutes=15)), ("-5", None), ("soon", None), ("999999999", None), ("", None), ("0", None)],
)
def test_waiting_time(ttl: str, expected: timedelta | None) -> None:
    assert waiting_time(ttl) == expected


def test_what_publishing_software_writes_unasked_slows_nothing() -> None:
    said = b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
    head = b'<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>'
    item = b"<item><title>one</title></item></channel>"
    for body in (head + said + item + b"</rss>", head + said + item):  # well-formed, and read by the tolerant reader
        assert read(body).ttl is None


@given(st.binary(max_size=400))
def test_any_bytes(body: bytes) -> None:
    assert_safe(read(body))


TAGS = (
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<guid>",
    "<link>",
    "<description>",
    "<pubDate>",
    "<entry>",
    "</link>",
)
MARKS = (
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x",
    "?>",
    "<!DOCTYPE",
    "<!ENTITY",
    "]>",
    "&#27;",
    "&amp;#27;",
    "&eacute;",
)
WORDS = ("&", "<", ">", "{", "}", '"', "\x1b]0;x", "\u202e", "\x00", "کندز", "https://a.example/1", "#1", "2021-08-08")
FRAGMENTS = st.sampled_from(TAGS + MARKS + WORDS)


@settings(max_examples=150)
@given(
    st.lists(FRAGMENTS, max_size=25), st.sampled_from(["<rss><channel>", "<feed>", "{", "", '<?xml version="1.0"?>'])
)
@example(["<!DOCTYPE", "<!ENTITY", "]>"], "")
def test_any_pile_of_fragments(parts: list[str], start: str) -> None:
    assert_safe(read((start + "".join(parts)).encode("utf-8", "surrogatepass")))


@given(st.lists(st.tuples(st.text("abc ", min_size=1).filter(str.strip), st.integers(0, 5)), max_size=12))
def test_the_order_and_company_of_entries_do_not_change_ids(rows: list[tuple[str, int]]) -> None:
    entries = [entry(title, f"https://post.example/{n}") for title, n in rows]
    alone: dict[str, Item] = {}
    for one in entries:
        alone |= {i.id: i for i in read(rss(one)).items}
    assert {i.id for i in read(rss("".join(reversed(entries)))).items} == set(alone)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("<a>é</a>".encode(), "text/xml; charset=iso-8859-1", "<a>é</a>"),
        ("<a>é</a>".encode("latin-1"), "text/xml; charset=iso-8859-1", "<a>é</a>"),
        ('<?xml version="1.0" encoding="koi8-r"?><a>Кабул</a>'.encode("koi8-r"), "text/xml; charset=utf-8", "Кабул"),
        ("<a>کابل</a>".encode("utf-16-be"), None, "<a>کابل</a>"),
        ("<a>“x”</a>".encode("cp1252"), None, "<a>“x”</a>"),
        ("کابل".encode() + b" cut \xd8</a>", None, "کابل cut \ufffd</a>"),
        (b'<?xml version="1.0" encoding="zip"?><a/>', None, "<a/>"),
    ],
)
def test_the_bytes_say_what_their_encoding_is(body: bytes, content_type: str | None, expected: str) -> None:
    assert expected in decode(body, content_type)
