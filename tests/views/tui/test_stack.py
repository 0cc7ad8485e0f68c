"""Rows of several lines under one another: every line belongs to the row that a plain count finds."""

from __future__ import annotations

import pytest

from sitmon.views.tui.widgets.stack import Stack


@pytest.mark.parametrize(("tall", "heights"), [(True, [1, 3, 2, 1]), (True, []), (False, [1, 1, 1]), (False, [])])
def test_every_line_is_one_rows(tall: bool, heights: list[int]) -> None:
    stack = Stack(tall=tall)
    stack.build(range(len(heights)), lambda row: row, heights.__getitem__)
    owners = [(row, part) for row, height in enumerate(heights) for part in range(height)]
    assert [stack.at(line) for line in range(stack.lines)] == owners
    assert stack.at(-1) == stack.at(stack.lines) == (None, 0)
    assert [(stack.top(row), stack.bottom(row)) for row in range(len(heights))] == [
        (sum(heights[:row]), sum(heights[: row + 1])) for row in range(len(heights))
    ]


def test_a_height_is_asked_for_once_and_forgotten_with_its_row() -> None:
    asked: list[str] = []

    def height(row: str) -> int:
        asked.append(row)
        return len(row)

    stack = Stack(tall=True)
    stack.build(["a", "bb"], lambda row: row, height)
    stack.build(["bb", "ccc"], lambda row: row, height)
    assert asked == ["a", "bb", "ccc"]
    assert stack.heights == {"bb": 2, "ccc": 3}
