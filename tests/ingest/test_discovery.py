"""The feeds of a web page: the declared ones first, then the links that look like feeds, never anything unsafe."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.discovery import find_feeds

PAGE = b"""<!doctype html><html><head><title>Northern Post</title>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed/">
<link rel='ALTERNATE' type='application/atom+xml; charset=utf-8' title='Kunduz' href='https://post.example/kunduz.atom'>
<link rel="alternate" type="application/json" href="https://post.example/wp-json/wp/v2/pages/7">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" hreflang="ps" href="https://post.example/ps/">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body><a href="/about">About</a> <a href="https://post.example/feed/">the same</a>
<a href="/herat/rss.xml">Herat <b>only</b></a> <a href="/feedback">Feedback</a></body></html>"""


def test_a_page_names_its_feeds() -> None:
    found = find_feeds(PAGE, "https://post.example/news/today")
    assert [(f.url, f.title, f.sure) for f in found] == [
        ("https://post.example/feed/", "All news", True),
        ("https://post.example/kunduz.atom", "Kunduz", True),
        ("https://post.example/news/feed.json", "", True),
        ("https://post.example/herat/rss.xml", "Herat only", False),
    ]


def test_a_base_address_counts() -> None:
    page = b'<base href="https://cdn.example/x/"><link rel="alternate" type="application/rss+xml" href="a.rss">'
    assert [f.url for f in find_feeds(page, "https://post.example/")] == ["https://cdn.example/x/a.rss"]


def test_a_page_without_feeds() -> None:
    assert find_feeds(b"", "https://post.example/") == ()
    assert find_feeds(b"\x00\xff plain", "https://post.example/") == ()


@given(st.binary(max_size=300))
def test_any_bytes_give_safe_addresses(body: bytes) -> None:
    page = b"<link rel=alternate type=application/rss+xml href='" + body
    assert all(f.url.startswith(("http://", "https://")) for f in find_feeds(page, "https://post.example/"))
