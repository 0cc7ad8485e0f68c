"""What a place's name does in its sentence: the words for it, and nothing else."""

from __future__ import annotations

from typing import Literal

Part = Literal[
    "scene", "near", "toward", "origin", "background", "dweller", "title", "dateline", "road", "government", "name"
]
"""`near` and `background` may serve where nothing better does, the ends of a `road` where both lie in one province; a
`government` and a `name` are no place at all."""
