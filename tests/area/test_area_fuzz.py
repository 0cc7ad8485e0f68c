"""Whatever stands in an area's files: it is an area, or every mistake in it is named; nothing else ever comes out."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitmon.area import Area
from sitmon.area_files import load
from sitmon.errors import AreaError, Mistake

BITS = [b"", b"\x00", b"\xff\xfe", b'"', b",", b"\n", b"=", b"[", b"]]", b"'''", b"yes", b"TL-EA/east", b"1e999",
        b"nan", b"-1", b"{}", b"true", b"1979-05-27", "\u202e".encode(), b"\x1b[2J", b"#", b"\r"]  # fmt: skip


def examine(folder: Path) -> None:
    """Load the files as the program does."""
    found: tuple[Mistake, ...] = ()
    try:
        assert isinstance(load(folder), Area)
    except AreaError as error:
        found = error.mistakes or (Mistake("", "", ""),)
    assert all(mistake.file and mistake.message.strip() for mistake in found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_is_an_area_or_mistakes(
    small_area: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / "spoilt"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(small_area, folder)
    files = sorted(p for p in folder.iterdir() if p.is_file())
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(files))
        whole = path.read_bytes() if path.exists() else b""
        at, gone = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 60))
        change = data.draw(st.sampled_from(BITS) | st.binary(max_size=20) | st.just(whole[at : at + 80]) | st.none())
        if change is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(whole[:at] + change + whole[at + gone :])
    examine(folder)


def test_the_untouched_folder_is_an_area(small_area: Path) -> None:
    assert isinstance(load(small_area), Area)


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"\xff" * 100, b"[" * 3000, b"a = " + b"[" * 3000])
def test_files_that_are_nothing(small_area: Path, content: bytes) -> None:
    for path in sorted(p for p in small_area.iterdir() if p.is_file()):
        before = path.read_bytes()
        path.write_bytes(content)
        examine(small_area)
        path.write_bytes(before)


HOSTILE = Path(__file__).parents[1] / "data" / "hostile-areas"
EXPECTED: dict[str, list[str]] = tomllib.loads((HOSTILE / "expected.toml").read_text("utf-8"))


def test_every_hostile_file_has_an_expectation() -> None:
    assert {p.name for p in HOSTILE.iterdir()} - {"expected.toml"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_wrong_in_a_hostile_file_is_said_with_its_place(small_area: Path, name: str) -> None:
    where, word = EXPECTED[name]
    spoilt = name.split(".", 1)[1]
    shutil.copy(HOSTILE / name, small_area / spoilt)
    with pytest.raises(AreaError) as caught:
        load(small_area)
    said = [m for m in caught.value.mistakes if m.file.endswith(spoilt)]
    assert any(m.where.startswith(where) and word in m.message for m in said), said
    assert all(str(mistake).isprintable() for mistake in caught.value.mistakes)
