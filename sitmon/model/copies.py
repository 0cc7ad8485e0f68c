"""A text and where the evidence stands in it in, a hash of the words around it out: equal for copies of a sentence."""

from __future__ import annotations

import re
import zlib
from typing import Final

from sitmon.model.report import Report

_WORDS: Final = re.compile(r"[^\W_]+")
_AROUND: Final = 60
"""Letters on either side of the evidence by which a copied sentence is known."""


def sentence_of(body: str, report: Report) -> tuple[int, int]:
    """Return the hash of the words around a report's evidence, the cut ones at its ends left out, and their number."""
    start = min((s.start for s in report.evidence), default=0)
    end = max((s.end for s in report.evidence), default=start)
    stretch = body[max(0, start - _AROUND) : end + _AROUND]
    words = _WORDS.findall(stretch.casefold())
    if len(words) > 4:
        words = words[1:-1]
    return zlib.crc32(" ".join(words).encode()), len(words)
