"""Painted lines in, the same lines without anything that could steer the terminal out: the last wall before it.

Text is cleaned when it comes in; this stands where it goes out, and covers titles, toasts and every widget that is not
ours. It must be one object for the whole life of the app: strips are cached by the filter that they went through.
"""

from __future__ import annotations

import re
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class NoControl(LineFilter):
    """Replaces control, bidirectional and broken characters in every segment by U+FFFD."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments, each of the width that it had."""
        if not any(not segment.control and _STEERING.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_STEERING.sub("\ufffd", segment.text), segment.style)
            for segment in segments
        ]


NO_CONTROL: Final = NoControl()
