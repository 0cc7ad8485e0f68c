"""Figures in, tables out: as plain text for a terminal, as Markdown for a page, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sitmon.scoring.figures import NONE
from sitmon.scoring.shapes import Figure, Figures, Miss, Share

_SHOWN: Final = 300
"""Characters of a miss's text that are shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the names of the columns, and rows of cells; the first column is words, the others are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(measured: Mapping[str, Figures]) -> list[Table]:
    """Return one table a task, one row a set of rows, in the order given; what was not labelled is a dash."""
    names: dict[str, dict[str, None]] = {}
    for figures in measured.values():
        for task, given in figures.tasks.items():
            names.setdefault(task, {}).update(dict.fromkeys(given))
    found: list[Table] = []
    for task, columns in names.items():
        rows = [
            (name, *(show(figures.tasks[task].get(c)) for c in columns))
            for name, figures in measured.items()
            if task in figures.tasks
        ]
        found.append(Table(task, ("rows", *(c.replace("_", " ") for c in columns)), tuple(rows)))
    return found


def by_type(figures: Figures) -> Table:
    """Return the F1 of each first type."""
    rows = tuple((name, str(count), f"{f1:.3f}") for name, (f1, count) in figures.by_type.items())
    return Table("first type, by type", ("labelled", "items", "F1"), rows)


def confusion(figures: Figures) -> Table:
    """Return which first types were taken for which others, the most frequent first."""
    right = {gold: n for (gold, got), n in figures.confusion.items() if gold == got}
    golds = sorted({gold for gold, _ in figures.confusion}, key=lambda g: (g == NONE, g))
    rows = []
    for gold in golds:
        wrong = [(n, got) for (g, got), n in figures.confusion.items() if g == gold and got != gold]
        listed = ", ".join(f"{got} {n}" for n, got in sorted(wrong, key=lambda w: (-w[0], w[1])))
        count = right.get(gold, 0) + sum(n for n, _ in wrong)
        rows.append((gold, str(count), str(right.get(gold, 0)), listed or "-"))
    return Table("confusion of the first type", ("labelled", "items", "right", "taken for"), tuple(rows))


def show(figure: Figure | None) -> str:
    """Return a figure as it is read: a share in per cent with what it is of, an F1 with three places."""
    if figure is None:
        return "-"
    if isinstance(figure, Share):
        return f"{100 * figure.value:.1f} % of {figure.of}" if figure.of else "-"
    return f"{figure:.3f}" if isinstance(figure, float) else str(figure)


def text_of(table: Table) -> str:
    """Return a table in columns."""
    lines = [table.columns, *table.rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(table.columns))]
    drawn = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([table.title, *(f"  {line}" for line in drawn)])


def markdown_of(table: Table) -> str:
    """Return a table in Markdown, without its title."""
    lines = [f"| {' | '.join(table.columns)} |", f"|{' --- |' * len(table.columns)}"]
    lines += [f"| {' | '.join(c.replace('|', '/') for c in row)} |" for row in table.rows]
    return "\n".join(lines)


def plain(figures: Figures) -> dict[str, Any]:
    """Return figures as values that JSON can carry."""

    def value(figure: Figure) -> Any:
        if isinstance(figure, Share):
            return {"right": figure.right, "of": figure.of, "share": round(figure.value, 4) if figure.of else None}
        return round(figure, 4) if isinstance(figure, float) else figure

    confused: dict[str, dict[str, int]] = {}
    for (gold, got), count in sorted(figures.confusion.items()):
        confused.setdefault(gold, {})[got] = count
    return {
        "items": figures.items,
        **{task: {name: value(f) for name, f in columns.items()} for task, columns in figures.tasks.items()},
        "by_type": {name: {"f1": round(f1, 4), "items": count} for name, (f1, count) in figures.by_type.items()},
        "confusion": confused,
    }


def first_misses(misses: Sequence[Miss], limit: int) -> list[Miss]:
    """Return the first misses of each task, at most `limit` of one."""
    counts: dict[str, int] = {}
    found = []
    for miss in misses:
        counts[miss.task] = counts.get(miss.task, 0) + 1
        if counts[miss.task] <= limit:
            found.append(miss)
    return sorted(found, key=lambda m: m.task)


def plain_miss(miss: Miss) -> dict[str, Any]:
    """Return a miss as values that JSON can carry."""
    return {
        "task": miss.task,
        "id": miss.row.item.id,
        "expected": miss.expected,
        "found": miss.found,
        "why": miss.row.labels.why or None,
        "text": " ".join(miss.row.item.body.split())[:_SHOWN],
    }
