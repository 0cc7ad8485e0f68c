"""The text of a feed that is not quite XML in, the same text with its commonest faults put right out.

Bare ampersands, and the entities of HTML that XML does not know. What stands in CDATA is no markup and stays.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

# An unterminated section reaches to the end: searching on from each of thousands would take quadratic time.
_PLACES = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?:(?P<known>(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{1,31};))?",
    re.DOTALL,
)
_MARKUP: Final = frozenset("<>&")


def repair(text: str) -> str:
    """Return the text with every ampersand outside CDATA standing for what its writer meant."""
    return _PLACES.sub(_put_right, text)


def _put_right(match: re.Match[str]) -> str:
    whole = match[0]
    if whole.startswith("<") or match["known"]:
        return whole
    name = match["name"]
    if name is None:
        return "&amp;"
    char = html5.get(name)
    return char if char and not _MARKUP & set(char) else "&amp;" + whole[1:]
