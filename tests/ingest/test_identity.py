"""One post, one id: over feeds, fetches, mirrors and exports; and no id for what was damaged."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.identity import (
    canonical_url,
    check_status_id,
    feed_item_id,
    fold_words,
    is_page,
    post_id,
    status_time,
    tweet_id,
    tweet_user,
)

ID = "1424241481610166273"


@pytest.mark.parametrize(
    "url",
    [
        f"https://twitter.com/kdz_desk/status/{ID}",
        f"http://mobile.twitter.com/kdz_desk/statuses/{ID}?s=20",
        f"https://x.com/i/web/status/{ID}",
        f"https://nitter.example/kdz_desk/status/{ID}#m",
        f"https://any.example/kdz_desk/status/{ID}#m",
        f"https://x.com/kdz_desk/status/{ID}/photo/1",
    ],
)
def test_a_tweet_wherever_it_is_shown(url: str) -> None:
    assert tweet_id(url) == ID
    assert feed_item_id("anything", url, "words", "scope") == f"tw:{ID}"
    assert feed_item_id(url, "", "words", "scope") == f"tw:{ID}"
    assert tweet_user(url) in ("kdz_desk", None)


@pytest.mark.parametrize(
    "url",
    [None, "", f"https://post.example/a/status/{ID}", f"ftp://x.com/a/status/{ID}", "https://x.com/a", "http://["],
)
def test_other_addresses_are_no_tweets(url: str | None) -> None:
    assert tweet_id(url) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://social.example/@kdz/106720000000000001", "ap:social.example/106720000000000001"),
        ("https://social.example/users/kdz/statuses/106720000000000001", "ap:social.example/106720000000000001"),
        ("at://did:plc:abc/app.bsky.feed.post/3kaaa", "bsky:did:plc:abc/3kaaa"),
        ("https://bsky.app/profile/did:plc:abc/post/3kaaa", "bsky:did:plc:abc/3kaaa"),
        ("https://t.me/s/Kunduz_desk/17", "tg:kunduz_desk/17"),
        ("https://post.example/@kdz", None),
    ],
)
def test_posts_of_other_networks(address: str, expected: str | None) -> None:
    assert post_id(address) == expected


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1.42424E+18", "spreadsheet"),
        ("1,42424E+18", "spreadsheet"),
        (1.42424148161e18, "floating point"),
        ("1424241481610166273.0", "floating point"),
        ("", "no id"),
        (None, "no id"),
        (True, "no id"),
        ("12ab", "no status id"),
        ("-5", "no status id"),
        ("1" * 21, "no status id"),
        ("۱۲۳", "no status id"),
    ],
)
def test_damaged_ids_say_what_happened_to_them(raw: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check_status_id(raw)


def test_an_id_that_ends_in_zeros_is_damaged_only_in_a_table() -> None:
    assert check_status_id("1424241481610160000") == "1424241481610160000"
    with pytest.raises(ValueError, match="spreadsheet"):
        check_status_id("1424241481610160000", spreadsheet=True)
    assert check_status_id("20", spreadsheet=True) == "20"
    assert check_status_id(int(ID)) == check_status_id(f"'{ID}'") == ID


def test_an_id_knows_its_second() -> None:
    assert status_time(ID) == datetime(2021, 8, 8, 5, 30, 5, tzinfo=UTC)
    assert status_time("20") is None
    assert status_time("9" * 20) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/story?id=7&page=2",
        "http://www.post.example/story/?id=7&page=2",
        "HTTPS://POST.example:443/story?page=2&id=7&utm_source=rss&utm_medium=feed",
        "https://post.example/story?fbclid=x&id=7&page=2#1",
        "https://post.example/story?id=7&at_medium=RSS&page=2#xtor=AL-72",
    ],
)
def test_the_addresses_of_one_page(url: str) -> None:
    assert canonical_url(url) == "post.example/story?id=7&page=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/live#post-12", "https://post.example/live#post-13"),
        ("https://post.example/?p=1", "https://post.example/?p=2"),
        ("https://post.example/a", "https://post.example:8080/a"),
        ("https://post.example/a", "https://other.example/a"),
        ("https://post.example/A", "https://post.example/a"),
    ],
)
def test_the_addresses_of_two_pages(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_a_front_page_is_no_page_of_its_own() -> None:
    assert not is_page("https://post.example/")
    assert not is_page("not an address")
    assert is_page("https://post.example/?p=1")


def test_what_an_item_is_named_by() -> None:
    link = "https://post.example/a"
    by_guid = feed_item_id("https://post.example/?p=4711", link, "words", "post.example")
    assert by_guid == feed_item_id("http://www.post.example/?p=4711#2", "https://post.example/moved", "new", "mirror")
    assert feed_item_id("", link, "words", "x") == feed_item_id(link, "", "other words", "y")
    assert feed_item_id("17", link, "w", "x") != feed_item_id("17", "https://other.example/a", "w", "x")
    assert feed_item_id("17", "", "w", "x") != feed_item_id("17", "", "w", "y")
    assert feed_item_id("", "", "Kunduz  Falls", "x") == feed_item_id("", "", "kunduz falls", "x")
    assert feed_item_id("", "https://post.example/", "one", "x") != feed_item_id(
        "", "https://post.example/", "two", "x"
    )


def test_how_words_are_set_does_not_name_them() -> None:
    assert fold_words("Families  say the town is “quiet” – for now") == fold_words(
        'families say the town is "QUIET" - for\nnow'
    )
    assert fold_words("Town quiet?") != fold_words("Town quiet")


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_strings_give_an_id(guid: str, link: str, words: str) -> None:
    found = feed_item_id(guid, link, words, "scope")
    assert found == feed_item_id(guid, link, words, "scope")
    assert len(found) < 200


@given(st.text(max_size=80))
def test_how_a_page_is_reached_does_not_name_it(tail: str) -> None:
    assert canonical_url("https://post.example/" + tail) == canonical_url("http://WWW.post.example:80/" + tail)
