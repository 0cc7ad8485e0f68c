"""Addresses as people and servers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.targets import RefusedError, follow, may_keep_credentials, parse, without_secrets


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ann:pw@h.example/f?api_key=S2&format=xml", "https://h.example/f?api_key=HIDDEN&format=xml"),
        ("https://h.example/f?accessToken=S2;x=1", "https://h.example/f?accessToken=HIDDEN;x=1"),
        ("https://h.example/f?APIKEY=S2&api%5Fkey=S3", "https://h.example/f?APIKEY=HIDDEN&api%5Fkey=HIDDEN"),
        ("https://h.example/f?u=9f8e7d6c5b4a39281706f5e4d3c2b1a0", "https://h.example/f?u=HIDDEN"),
        ("https://h.example/f?9f8e7d6c5b4a39281706f5e4d3c2b1a0", "https://h.example/f?HIDDEN"),
        ("https://h.example/f?feed=rss2&cat=asia&page=2", "https://h.example/f?feed=rss2&cat=asia&page=2"),
        ("https://h.example/f?channel_id=UC1234567890abcdefghijkl", "https://h.example/f?channel_id=UC1234567890abcdefghijkl"),
        ("https://h.example/f?key=", "https://h.example/f?key="),
        ("posts.jsonl?key=1", "posts.jsonl?key=1"),
    ],
)  # fmt: skip
def test_what_is_shown_of_an_address_has_no_secret_in_it(address: str, shown: str) -> None:
    assert without_secrets(address) == shown


def test_an_address_is_taken_apart() -> None:
    target = parse("https://user:p%40ss@News.Example:8443/a%20b?x=1#top")
    assert (target.scheme, target.host, target.port) == ("https", "news.example", 8443)
    assert target.url == "https://news.example:8443/a%20b?x=1"
    assert target.authority == "news.example:8443"
    assert target.authorization == "Basic dXNlcjpwQHNz"


@pytest.mark.parametrize(
    ("url", "url_sent"),
    [
        ("http://h.example", "http://h.example/"),
        ("http://h.example:80/x", "http://h.example/x"),
        ("https://h.example:443/x", "https://h.example/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://خبر.example/x", "http://xn--ngblk.example/x"),
    ],
)
def test_default_ports_and_foreign_names(url: str, url_sent: str) -> None:
    assert parse(url).url == url_sent


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "file:///etc/passwd",
        "ftp://h.example/x",
        "javascript:alert(1)",
        "gopher://h.example",
        "http://",
        "http:///x",
        "http://h.example:99999/",
        "http://h.example:x/",
        "http://h.exa mple/",
        "http://h.example/\r\nX-Bad: 1",
        "http://h.example/\x1b[31m",
        "http://[::1/",
        "http://h<b>.example/",
        "http://" + "a" * 9000,
    ],
)
def test_what_is_no_web_address_is_refused_in_safe_words(url: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        parse(url)
    assert str(refusal.value).isprintable()
    assert str(refusal.value).isascii()


@pytest.mark.parametrize(
    ("url", "address", "there"),
    [
        ("https://h.example/x?u=//h.example/", "93.184.216.34", "https://93.184.216.34:443/x?u=//h.example/"),
        ("http://h.example:8000", "2606:4700::1111", "http://[2606:4700::1111]:8000/"),
        ("http://[::1]:8000/x", "::1", "http://[::1]:8000/x"),
    ],
)
def test_the_same_place_by_its_address(url: str, address: str, there: str) -> None:
    assert parse(url).at(address) == there


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/feed.xml", "https://h.example/feed.xml"),
        ("feed.xml", "https://h.example/news/feed.xml"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example/x", "http://other.example/x"),
        ("?page=2", "https://h.example/news/index?page=2"),
        ("/a b", "https://h.example/a%20b"),
    ],
)
def test_redirects_may_be_relative(location: str, leads_to: str) -> None:
    assert follow(parse("https://h.example/news/index"), location).url == leads_to


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:1", "http://[", "data:text/xml,x"])
def test_redirects_stay_on_the_web(location: str) -> None:
    with pytest.raises(RefusedError):
        follow(parse("https://h.example/"), location)


@pytest.mark.parametrize(
    ("first", "then", "keep"),
    [
        ("https://a.example/x", "https://a.example/y", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("https://a.example/", "https://b.example/", False),
        ("https://a.example/", "https://a.example.evil.example/", False),
    ],
)
def test_who_may_have_the_credentials(first: str, then: str, keep: bool) -> None:
    assert may_keep_credentials(parse(first), parse(then)) is keep


@given(st.text(max_size=200))
def test_any_text_is_a_target_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://h.example/{text}"):
        try:
            target = parse(url)
        except RefusedError:
            continue
        assert target.scheme in ("http", "https")
        assert target.host.isascii()


@pytest.mark.parametrize("address", ["https://h.example/f?token=S2", "https://ann:pw@h.example/f"])
def test_secrets_are_not_kept_longer_than_asked_for(address: str) -> None:
    """Only an address that can hold none is remembered."""
    assert parse(address) == parse(address)
    assert parse(address) is not parse(address)
    assert parse("https://h.example/f") is parse("https://h.example/f")
