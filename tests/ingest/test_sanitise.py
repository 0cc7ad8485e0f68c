"""What no text may carry out of the ingest room, and what it must keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitmon.ingest.sanitise import HTML_LIMIT, clean, clean_html, clean_line, mask, safe_url

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\x1b[]0;?mJ\x07\\\x9b\x9d\u202e\u2066\u200b\u200c\u200d\ufeff\u0301\u064e\u0654\u0670\r\n\t a"
        ),
        st.sampled_from("یکهاآسبم\U000e0041\ufe0f\U0001f3fd\ud800\ue000\U000f0000 \u00a0\u2028é<>&;#27xp/"),
        st.characters(),
    ),
    max_size=80,
)


def unsafe(text: str) -> list[str]:
    """Every character in `text` that a terminal obeys or that hides or reorders words."""
    found = []
    for n, char in enumerate(text):
        joiner = char in "\u200c\u200d" and 0 < n < len(text) - 1
        if joiner and all("ARABIC" in unicodedata.name(c, "") for c in (text[n - 1], text[n + 1])):
            continue
        category = unicodedata.category(char)
        # Visible signs and shapes that Unicode files under "format".
        visible = char in "\u06dd\u070f\u0890\u0891\u08e2" or "\u0600" <= char <= "\u0605"
        visible = visible or "\U00010000" < char < "\U000e0000"
        if char != "\n" and (category in ("Cc", "Cs", "Co", "Zl", "Zp") or (category == "Cf" and not visible)):
            found.append(char)
    return found


@given(NASTY, st.integers(1, 60))
@example("ا\u0654\u200cب", 60)
@example("\x1b\x1b[31m[2J", 60)
@example("ا\u0301\u064e\u200c\u200cب\u200c", 3)
def test_cleaning_leaves_nothing_unsafe_and_is_idempotent(text: str, limit: int) -> None:
    once = clean(text, limit)
    assert unsafe(once) == []
    assert len(once) <= limit
    assert clean(once, limit) == once


@given(NASTY)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text, 50)
    assert "\n" not in line
    assert unsafe(line) == []
    assert clean_line(line, 50) == line


@given(NASTY)
@example("<p>&#27;]0;x&#7;</p>")
@example("&amp;#27;[2J")
def test_html_gives_only_safe_text(markup: str) -> None:
    assert unsafe(clean_html(markup, 200)) == []


@given(NASTY)
def test_masking_keeps_every_offset(text: str) -> None:
    masked = mask(text, 1000)
    assert len(masked) == len(text)
    assert [c for c in unsafe(masked) if c not in "\u200c\u200d"] == []
    assert mask(masked, 1000) == masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]0;owned\x07Kunduz falls", "Kunduz falls"),
        ("\x1b]52;c;cm0gLXJmIH4K\x1b\\Kunduz", "Kunduz"),
        ("Kunduz \x1b[2J\x1b[31mfalls\x1b[0m", "Kunduz falls"),
        ("Kunduz \x1b]0;not ended", "Kunduz ]0;not ended"),
        ("\x93We hold the city\x94", "“We hold the city”"),
        ("Kun\u200bduz\u202e falls\ufeff", "Kunduz falls"),
        ("می\u200cشود", "می\u200cشود"),
        ("Kun\u200cduz \u200cشهر", "Kunduz شهر"),
        ("a\u0301\u0301\u0301\u0301\u0301\u0301", "\u00e1\u0301\u0301\u0301"),
        ("one\r\n\r\n\r\n\r\ntwo\tthree  \n four", "one\n\ntwo three\nfour"),
        ("flag\U000e0067\U000e0062\U000e007f", "flag"),
        ("half \ud83d pair \ue123", "half \ufffd pair \ufffd"),
        ("", ""),
    ],
)
def test_each_kind_of_hostile_character(text: str, expected: str) -> None:
    assert clean(text, 200) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two.<br/>Three.</p>", "One.\n\nTwo.\nThree."),
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips&#8217;", "Fish & chips’"),
        ("<p>Fish &amp;amp; chips</p>", "Fish & chips"),
        ("&#27;[31mred", "[31mred"),
        ("A &lt; B &amp; C", "A < B & C"),
        ("<script>alert(1)</script>Kabul<style>p{}</style>", "Kabul"),
        ("<table><tr><td>Herat</td><td>held</td></tr></table>", "Herat held"),
        ("<ul><li>Herat</li><li>Kunduz</li></ul>", "Herat\n\nKunduz"),
        ("line\nbreaks in   the source", "line\nbreaks in the source"),
        ("<b>line</b>\nends of markup\nare spaces", "line ends of markup are spaces"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("x &#1114112; &#xd800; y", "x \ufffd \ufffd y"),
    ],
)
def test_html_to_text(markup: str, expected: str) -> None:
    assert clean_html(markup, 200) == expected


@pytest.mark.parametrize("bomb", ["<div>", "<!--", "<", "&lt;", "<![CDATA[", "<a href='", "\x1b]", "<b><i>"])
def test_bombs_of_markup_end_within_the_limits(bomb: str) -> None:
    assert len(clean_html(bomb * 50_000 + "tail", 500)) <= 500


def test_only_the_first_part_of_long_html_is_read() -> None:
    assert clean_html("<p>" + " " * HTML_LIMIT + "late</p>", 500) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        (" \nHTTP://Example.ORG:8080/a ", "http://example.org:8080/a"),
        ("https://example.org/کندز?q=ا ب", "https://example.org/%DA%A9%D9%86%D8%AF%D8%B2?q=%D8%A7%20%D8%A8"),
        ("https://example.org/%D8%A7", "https://example.org/%D8%A7"),
        ("http://[::1]:8000/feed", "http://[::1]:8000/feed"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("//example.org/a", None),
        ("http://", None),
        ("http://user:secret@example.org/", None),
        ("http://example.org:port/", None),
        ("http://exa mple.org/", None),
        ("https://example.org/\x1b]8;;x", None),
        ("https://example.org/\u202egro", None),
        ("https://example.org/" + "a" * 2000, None),
        (None, None),
        (17, None),
    ],
)
def test_addresses(url: object, expected: str | None) -> None:
    assert safe_url(url) == expected


@given(st.text(max_size=60).map(lambda tail: "http://" + tail))
@example("http://[::1")
@example("http://xn--\u0130/")
def test_any_address_is_safe_or_refused(url: str) -> None:
    safe = safe_url(url)
    assert safe is None or (safe.isascii() and safe.isprintable() and " " not in safe)
    assert safe is None or safe_url(safe) == safe


def test_no_mark_of_any_script_is_piled_up() -> None:
    marks = [c for c in map(chr, range(0x300, 0x110000)) if unicodedata.category(c).startswith("M")]
    for mark in marks:
        kept = clean(f"a{mark * 5}b", 100)
        assert sum(unicodedata.category(c).startswith("M") for c in kept) <= 3, f"U+{ord(mark):04X}"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<p>One <b>two</b><br/>three</p><p class="x">four</p>', "One two\nthree\n\nfour"),
        ("<p>R&amp;D &#8217;s &amp;#8217;s &lt;b&gt;</p>", "R&D ’s ’s <b>"),  # escaped twice is resolved twice
        ("<a href=\"https://a.example/?a=1&amp;b=2\" title='x'>link</a>", "link"),
        ('<a title="1 > 0">odd</a> <b', "odd"),
        ("<p>a<script>b()</script>c</p>", "ac"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<b>x</b> &#27;[2J y", "x y"),
    ],
)
def test_simple_and_odd_markup_alike(markup: str, text: str) -> None:
    assert clean_html(markup, 1000) == text
