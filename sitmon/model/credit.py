"""An entry and one of its reports in, whether anybody can judge who says so out (Admiralty: is it F6?).

A source without a grade is F: its reliability cannot be judged. What it carries is a rumour, unless the word has a root
of its own that can be judged: a party or an institution speaks (a named voice or a described one with a side, or the
account of a party), or an article credits a news agency. An unknown account that merely names an agency, or
"residents", is still a rumour: that is what rumours look like.
"""

from __future__ import annotations

from typing import Final

from sitmon.model.entry import Entry
from sitmon.model.report import Report

_JUDGED: Final = frozenset({"government", "insurgent", "foreign", "international"})


def is_rumour(entry: Entry, report: Report) -> bool:
    """Whether a report is an F6: from an unknown source, by a voice that nobody can place."""
    item = entry.item
    if item.reliability != "F" or entry.agency:
        return False
    if report.source_side in _JUDGED and (report.speaker or item.side):
        return False
    return not (report.agency and item.kind == "article")
