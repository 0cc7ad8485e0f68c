"""What had been before is history beside what has undone it; what stands alone, or elsewhere, is news."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

TOLD = [
    ("Government forces recaptured Kunduz, which had been seized by the Taliban last week.", "retaken"),
    ("Government forces recaptured Kunduz, seized by the Taliban last week.", "retaken"),
    ("Afghan forces retook Imam Sahib district, which fell to the Taliban on Monday.", "retaken"),
    ("The army recovered villages of Kunduz that had been taken over recently by armed groups.", "retaken"),
    ("The Taliban recaptured Nawa district, which had been retaken by government forces in July.", "captured"),
]
NEWS = [
    "The Taliban captured Kunduz, which they had briefly held in 2015.",
    "The Taliban captured Kunduz, where a shrine of 1421 stands.",
    "The Taliban captured Kunduz in a historic victory.",
    "The Taliban captured Kunduz for the first time in the group's history.",
    "Residents fled Kunduz, which had been captured by the Taliban on Sunday.",
]
"""One capture each, of these days."""


@pytest.mark.parametrize(("text", "type_"), TOLD)
def test_what_another_change_has_undone_is_history(read: Callable[..., Verdict], text: str, type_: str) -> None:
    changes = {r.event_type: r.modality for r in read(text).reports}
    assert changes.pop(type_) == "actual"
    assert list(changes.values()) == ["historical"]
    assert read(text).event_types == (type_,)


@pytest.mark.parametrize("text", NEWS)
def test_news_beside_history_is_news(read: Callable[..., Verdict], text: str) -> None:
    assert [(r.modality, r.place and r.place.code) for r in read(text).reports if r.event_type == "captured"] == [
        ("actual", "AF-KDZ/kunduz")
    ]


def test_two_changes_of_two_places_are_two_news(read: Callable[..., Verdict]) -> None:
    found = read("The army retook Kaldar district, and the Taliban captured Nawa district of Helmand.").reports
    assert {(r.event_type, r.modality) for r in found} == {("retaken", "actual"), ("captured", "actual")}
