"""Source tables in, the user's config with them at its end out. Nothing that stands in the file is touched.

A person's file has comments and an order of its own, so tables are added as text. What comes out is read as a config
before it takes the old file's place, in one step: a mistake leaves the file as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sitmon import config
from sitmon.errors import ConfigError, Mistake

HEADER = "# sitmon's config; `sitmon config example` shows every key\n"


def add_sources(path: Path, sources: Sequence[Mapping[str, str | bool]]) -> None:
    """Write one `[[sources]]` table each at the end of the config at `path`, which is made where there is none.

    Raises ConfigError: the file cannot be written, or would no longer be a config; it is then as it was.
    """
    path = path.expanduser()
    path = path.resolve() if path.is_symlink() else path
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else HEADER
        end = "\r\n" if "\r\n" in before else "\n"
        text = before.rstrip() + end + "".join(end + table.replace("\n", end) for table in map(table, sources))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            draft.write_bytes(text.encode("utf-8"))
            if path.exists():
                shutil.copymode(path, draft)
            _check(draft, path, before)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except UnicodeDecodeError as error:
        raise ConfigError([Mistake(str(path), "", "it is not UTF-8 text")]) from error
    except OSError as error:
        raise ConfigError([Mistake(str(path), "", f"cannot be written: {error.strerror}")]) from error


def table(source: Mapping[str, str | bool]) -> str:
    """Return a source as TOML. A JSON string is a TOML string: all that differs, DEL, is in no cleaned text."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in source.items() if value != "")
    return "[[sources]]\n" + "".join(lines)


def _check(draft: Path, path: Path, before: str) -> None:
    try:
        config.load(draft)
    except ConfigError as error:
        found = [replace(m, file=str(path)) for m in error.mistakes]
        if isinstance(tomllib.loads(before).get("sources"), list) and any("is no TOML" in m.message for m in found):
            said = "written as one list, to which no table can be added: write each source as [[sources]]"
            found = [Mistake(str(path), "sources", said)]
        raise ConfigError(found) from error
