"""Lists of feeds: read with their folders, refused where they name anything but feeds, written back the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.opml import Outline, read, write

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Desk</title></head><body>
 <outline text="North">
  <outline text="Kunduz"><outline type="rss" text="Post" xmlUrl="https://post.example/feed?a=1&b=2" htmlUrl="https://post.example/"/></outline>
  <outline type="rss" title="Wire" text="ignored" xmlUrl="http://wire.example/rss"/>
 </outline>
 <outline type="rss" xmlUrl="https://www.unnamed.example/feed"/>
 <outline type="rss" text="Post" xmlUrl="https://other.example/feed"/>
 <outline type="rss" text="again" xmlUrl="http://post.example/feed?b=2&amp;a=1"/>
 <outline type="rss" text="run" xmlUrl="exec:rm -rf /"/>
 <outline type="rss" text="file" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_a_list_with_folders() -> None:
    outlines, failures = read(LIST, "desk.opml")
    assert outlines == (
        Outline("Post", "https://post.example/feed?a=1&b=2", ("North", "Kunduz"), "https://post.example/"),
        Outline("Wire", "http://wire.example/rss", ("North",)),
        Outline("unnamed.example", "https://www.unnamed.example/feed"),
        Outline("Post (2)", "https://other.example/feed"),
    )
    assert [f.subject for f in failures] == ["desk.opml: outline 6 (run)", "desk.opml: outline 7 (file)"]
    assert read(write(outlines, "Desk").encode(), "again.opml") == (outlines, ())


def test_what_is_no_list_says_why() -> None:
    for body, reason in [
        (b"", "no OPML"),
        (b"<opml><body><outline", "line 1"),
        (b"<rss/>", "no <opml>"),
        (b"<opml version='2.0'/>", "no <opml> with a <body>"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body/></opml>', "entities"),
    ]:
        outlines, failures = read(body, "x")
        assert outlines == ()
        assert reason in failures[0].reason


def test_a_list_without_end_is_cut() -> None:
    entry = '<outline type="rss" text="n" xmlUrl="https://n{}.example/"/>'
    body = "<opml><body>" + "".join(entry.format(n) for n in range(10_050)) + "</body></opml>"
    outlines, failures = read(body.encode(), "x")
    assert len(outlines) == 10_000
    assert failures[0].kind == "too_large"


def test_deep_folders_end() -> None:
    outlines, _ = read(b"<opml><body>" + b"<outline text='f'>" * 5000 + b"</outline>" * 5000 + b"</body></opml>", "x")
    assert outlines == ()


names = st.text("abcXYZ019&<>'کندزهرات", min_size=1, max_size=10)


@given(st.lists(st.tuples(names, st.lists(names, max_size=3)), max_size=8, unique_by=lambda o: o[0]))
def test_what_is_written_is_read_back(entries: list[tuple[str, list[str]]]) -> None:
    outlines = tuple(
        Outline(name, f"https://s{n}.example/feed", tuple(folders)) for n, (name, folders) in enumerate(entries)
    )
    found, failures = read(write(outlines, "Desk").encode(), "x")
    assert {(o.url, o.folders) for o in found} == {(o.url, o.folders) for o in outlines}
    assert not failures
