"""The choices that several commands of the command line share. It must not know any command."""

from __future__ import annotations

from enum import StrEnum


class Lines(StrEnum):
    """Text for a person or JSON lines for a program."""

    text = "text"
    jsonl = "jsonl"
