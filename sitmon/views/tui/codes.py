"""A code of the model in, the words that an officer reads for it out; a code that has none stays as it is.

Sources: the grades of a source's reliability are those of NATO AJP-2.1; languages are named as ISO 639 names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sitmon.model.terms import Reliability

GRADES: Final[Mapping[Reliability, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "ps": "Pashto",
    "prs": "Dari",
    "fa": "Persian",
    "ar": "Arabic",
    "ur": "Urdu",
    "ru": "Russian",
}


def graded(reliability: Reliability) -> str:
    """Return a grade with what it means: "C, fairly reliable"."""
    return f"{reliability}, {GRADES[reliability]}"


def language(code: str) -> str:
    """Return a language's name; of one that was not made out, that."""
    return LANGUAGES.get(code, "language not known" if code in ("", "und") else code)
