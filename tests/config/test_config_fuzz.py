"""Whatever stands in a config file: it is a config, or every mistake in it is named; nothing else ever comes out."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.config import Config, load
from sitmon.config_files import AlertsShape, ConfigShape, DeskShape, PollingShape, RuleShape
from sitmon.errors import ConfigError, Mistake
from sitmon.shapes import SourceShape

SHAPES = (ConfigShape, SourceShape, PollingShape, AlertsShape, RuleShape, DeskShape)
KEYS = sorted({key for shape in SHAPES for key in shape.model_fields})
WORDS = ["", "5m", "A", "media", "Severe", "drop", "env:NO_SUCH", "http://a.example/", "afghanistan", "AF-KDZ", "none",
         "0s", "999999d", "\x1b[2J", "\u202e", "http://[::1", "C:\\x", "~", "captured", "\ud7ff", "9" * 40]  # fmt: skip

keys = st.sampled_from(KEYS) | st.text(min_size=1, max_size=8)
plain = (
    st.sampled_from(WORDS)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4))
tables = st.dictionaries(keys, values, max_size=6)


def toml(value: object) -> str:
    """Return a value as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(k)} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return quoted(value)
    return json.dumps(value)


def quoted(text: str) -> str:
    return json.dumps(text).replace("\x7f", "\\u007F") if text.isascii() else json.dumps(text, ensure_ascii=False)


def examine(path: Path) -> None:
    """Load the file as the program does."""
    found: tuple[Mistake, ...] = ()
    try:
        assert isinstance(load(path), Config)
    except ConfigError as error:
        found = error.mistakes or (Mistake("", "", ""),)
    assert all(mistake.file == str(path) and mistake.message.strip() for mistake in found)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config") / "config.toml"


@settings(max_examples=200, deadline=None)
@given(tables, st.lists(tables, max_size=3), tables)
def test_any_tables_are_a_config_or_mistakes(
    path: Path, top: dict[str, object], sources: list[dict[str, object]], polling: dict[str, object]
) -> None:
    top = {k: v for k, v in top.items() if k not in ("sources", "polling")}
    lines = [f"{quoted(k)} = {toml(v)}" for k, v in top.items()]
    for table in sources:
        lines += ["[[sources]]", *(f"{quoted(k)} = {toml(v)}" for k, v in table.items())]
    lines += ["[polling]", *(f"{quoted(k)} = {toml(v)}" for k, v in polling.items())]
    path.write_text("\n".join(lines), encoding="utf-8")
    examine(path)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 6000), st.integers(0, 40))
def test_any_damage_to_the_example_is_a_config_or_mistakes(path: Path, noise: bytes, at: int, gone: int) -> None:
    whole = Path(__file__).parents[2].joinpath("config.example.toml").read_bytes().replace(b"\n# ", b"\n")
    at %= len(whole)
    path.write_bytes(whole[:at] + noise + whole[at + gone :])
    examine(path)


HOSTILE = Path(__file__).parents[1] / "data" / "hostile-config"
EXPECTED: dict[str, list[str]] = tomllib.loads((HOSTILE / "expected.toml").read_text("utf-8"))


def test_every_hostile_config_has_an_expectation() -> None:
    assert {p.name for p in HOSTILE.iterdir()} - {"expected.toml"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_wrong_in_a_hostile_config_is_said_with_its_place(name: str) -> None:
    where, word = EXPECTED[name]
    with pytest.raises(ConfigError) as caught:
        load(HOSTILE / name)
    (mistake,) = caught.value.mistakes
    assert mistake.where.startswith(where)
    assert word in mistake.message
    assert str(mistake).isprintable()
