"""Finding the line of a key in a TOML text, whatever stands in the values before it."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from sitmon.area_lines import line_of, lines_of, parse_key

TEXT = '''\
# a comment with [brackets] and = signs
top = "a # no comment"
[first]
list = [
  "one",            # [not.a.table]
  ["nested = 1"],
]
text = """
[[not]]
a = 1
"""
"quoted.key" = 'it = "x"'

[[many]]
id = 1
[many.inner]
deep = { a = 1, b = [2,
  3] }
[[many]]
id = 2
[[many.more]]
x.y = 3
'''


def test_keys_and_tables_are_found() -> None:
    tomllib.loads(TEXT)
    lines = lines_of(TEXT)
    assert lines == {
        (): 1,
        ("top",): 2,
        ("first",): 3,
        ("first", "list"): 4,
        ("first", "text"): 8,
        ("first", "quoted.key"): 12,
        ("many", 0): 14,
        ("many", 0, "id"): 15,
        ("many", 0, "inner"): 16,
        ("many", 0, "inner", "deep"): 17,
        ("many", 1): 19,
        ("many", 1, "id"): 20,
        ("many", 1, "more", 0): 21,
        ("many", 1, "more", 0, "x", "y"): 22,
    }


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    lines = lines_of(TEXT)
    assert line_of(lines, ("many", 1, "missing")) == 19
    assert line_of(lines, ("first", "list", 1)) == 4
    assert line_of(lines, ("nothing",)) == 1


def test_keys_as_messages_write_them() -> None:
    assert parse_key("actors[2].aliases.en[0]") == ("actors", 2, "aliases", "en", 0)


@given(st.text(alphabet="ab=[]{}\"'#.\n\\ ", max_size=80))
def test_any_text_comes_to_an_end(text: str) -> None:
    assert lines_of(text)[()] == 1
