"""An area's speech files in, every mistake in them out, each with its file and line.

It must not change or repair anything: a key that no reader asks for is reported, and so is a value of the wrong type.
"""

from __future__ import annotations

from sitmon.area import Area
from sitmon.classify.contents import Words
from sitmon.classify.date_words import DateWords
from sitmon.classify.harm_words import HarmWords
from sitmon.classify.place_words import PlaceWords
from sitmon.classify.saying import SayingWords
from sitmon.classify.speaker_words import SpeakerWords
from sitmon.classify.speech import Tables
from sitmon.errors import Mistake


def check(area: Area) -> list[Mistake]:
    """Return the mistakes of every `speech.<lang>.toml`, in the order of languages and lines."""
    mistakes: list[Mistake] = []
    for file in area.speech.values():
        tables = Tables(file)
        for reader in (HarmWords, DateWords, SayingWords, Words, PlaceWords):
            reader(tables)
        SpeakerWords(area, tables)
        tables.close()
        mistakes.extend(dict.fromkeys(tables.mistakes))
    return mistakes
