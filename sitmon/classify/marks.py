"""A text in, the stretches between quotation marks out: curly, straight, single, guillemets; one mark missing too.

It must not decide whether somebody says them. Of nested marks the outer ones count; apostrophes, feet and inches are
no marks. A paragraph that opens with a mark and closes with none is the first part of a quote of several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MARKS: Final = re.compile(r"[“”„‟\"«»‹›‘’']|\n+")
_OPENS: Final = "“„‟«‹"
_CLOSES: Final = {
    "“": '”"“',
    "„": '“”"‟',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    '"': '"”',
    "”": '”"',
    "‘": "’'",
    "'": "'’",
}
_SINGLE: Final = "‘'"
_BEFORE_OPEN: Final = frozenset(" \t\n\u00a0\u202f([{—–-:/…\u200e\u200f\u202b")
_ENDING: Final = frozenset(",.!?…؟۔،")
LONGEST: Final = 20_000
"""A stretch longer than this was opened by a stray mark."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks: body[start:end] without them; body[outer:after] with them."""

    outer: int
    start: int
    end: int
    after: int
    closed: bool = True
    opened: bool = True


def find(body: str) -> tuple[Marked, ...]:
    """Return the outermost marked stretches, in order; they never overlap."""
    return tuple(m for m in _Scan(body).stretches() if m.start < m.end)


def may_have(body: str) -> bool:
    """Whether there is any mark at all: the cheap question first."""
    return _MARKS.search(body) is not None


class _Scan:
    """One walk over the marks of a text."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.marks = [(m[0], m.start()) for m in _MARKS.finditer(body)]
        self.close_single = self._last_single_closers()

    def _last_single_closers(self) -> dict[int, int]:
        """Return paragraph number -> offset of its last mark that can close a single quote."""
        last: dict[int, int] = {}
        paragraph = 0
        for mark, at in self.marks:
            if mark[0] == "\n":
                paragraph += 1
            elif mark in "’'" and self._closes_single(at):
                last[paragraph] = at
        return last

    def stretches(self) -> Iterator[Marked]:
        """Yield the marked stretches."""
        opener, outer, inner = "", -1, -1
        paragraph = 0
        begin = 0  # of the paragraph
        free = 0  # where the last stretch ended
        for index, (mark, at) in enumerate(self.marks):
            if mark[0] == "\n":
                if opener and not self._goes_on(index, opener):
                    yield self._trim(outer, inner, at, at, closed=False)
                    opener = ""
                if not opener:
                    begin = free = at + len(mark)
                paragraph += 1
                continue
            if opener:
                if at - inner > LONGEST:
                    opener = ""
                elif mark in _CLOSES[opener] and self._closes(opener, mark, at, paragraph):
                    yield self._trim(outer, inner, at, at + len(mark), closed=True)
                    opener, free = "", at + len(mark)
                    continue
                elif mark == opener and opener in '"“' and self._looks_open(at):
                    yield self._trim(outer, inner, at, at, closed=False)
                    opener = ""
                else:
                    continue
            if self._opens(mark, at, paragraph):
                opener, outer, inner = mark, at, at + len(mark)
            elif mark in '”"' and self._ends_unopened(at) and free == begin:
                yield self._trim(begin, begin, at, at + 1, closed=True, opened=False)
                free = at + 1
        if opener:
            yield self._trim(outer, inner, len(self.body), len(self.body), closed=False)

    def _trim(self, outer: int, start: int, end: int, after: int, *, closed: bool, opened: bool = True) -> Marked:
        body = self.body
        while start < end and body[start].isspace():
            start += 1
        while end > start and body[end - 1].isspace():
            end -= 1
        return Marked(outer, start, end, after, closed, opened)

    def _char(self, at: int) -> str:
        return self.body[at] if 0 <= at < len(self.body) else " "

    def _looks_open(self, at: int) -> bool:
        return self._char(at - 1) in _BEFORE_OPEN and not self._char(at + 1).isspace()

    def _opens(self, mark: str, at: int, paragraph: int) -> bool:
        before, after = self._char(at - 1), self._char(at + len(mark))
        if mark in _SINGLE or mark == "’":
            if mark == "’" or before not in _BEFORE_OPEN or not (after.isalpha() or after in '“"…'):
                return False
            return self.close_single.get(paragraph, -1) > at + 1
        if mark in _OPENS:
            return True
        if mark == '"':
            return before in _BEFORE_OPEN or (not after.isspace() and not before.isalnum() and before not in _ENDING)
        if mark == "»":
            return before in _BEFORE_OPEN
        return mark == "”" and before in _BEFORE_OPEN and after.isalnum()

    def _closes(self, opener: str, mark: str, at: int, paragraph: int) -> bool:
        if opener in _SINGLE:
            if not self._closes_single(at):
                return False
            possessive = self._char(at - 1) in "sS" and self._char(at + 1) == " " and self._char(at + 2).islower()
            return not (possessive and self.close_single.get(paragraph, -1) > at)
        if mark == "“":
            return not self._looks_open(at)
        if mark == '"':
            return not (self._looks_open(at) and self._char(at + 1).isalnum())
        return True

    def _closes_single(self, at: int) -> bool:
        return not self._char(at + 1).isalnum() and not self._char(at - 1).isspace()

    def _ends_unopened(self, at: int) -> bool:
        """Whether a mark that nothing opened closes what its paragraph began: "It is calm," he said."""
        return self._char(at - 1) in _ENDING and not self._char(at + 1).isalnum()

    def _goes_on(self, index: int, opener: str) -> bool:
        """Whether a stretch goes on over a line's end: only over a single one, to a mark that closes it."""
        mark, _ = self.marks[index]
        if len(mark) > 1:
            return False
        following = self.marks[index + 1] if index + 1 < len(self.marks) else None
        if following is None or following[0][0] == "\n":
            return False
        return following[0] in _CLOSES[opener] and not self._looks_open(following[1])
