"""What an officer types after the slash."""

from __future__ import annotations

import pytest

from sitmon.views.tui.filtering import read

ROW = {"": "Clashes near the airport", "place": "Kunduz AF-KDZ", "source": "Northern Post NP", "type": "clash"}


@pytest.mark.parametrize(
    ("typed", "takes"),
    [
        ("", True),
        ("clash", True),
        ("CLASH airport", True),
        ("clash herat", False),
        ("-herat", True),
        ("-airport", False),
        ("place:kunduz", True),
        ("place:airport", False),
        ("source:np", True),
        ("-source:np", False),
        ("place:", True),
        ("-", True),
        ("nofield:x", False),
        ("type:clash place:af-kdz -herat", True),
    ],
)
def test_filter(typed: str, takes: bool) -> None:
    assert read(typed).takes(ROW) is takes


def test_an_empty_filter_is_none() -> None:
    assert not read("   ")
    assert read("a")
