"""`sitmon config` from outside: where the config is, an example of one, and what one means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., "CompletedProcess[str]"]


def test_the_example_is_a_config_that_can_be_used(run: Run, tmp_path: Path) -> None:
    example = run("config", "example")
    assert (example.returncode, example.stderr) == (0, "")
    (tmp_path / "none.toml").write_text(example.stdout, encoding="utf-8")
    checked = run("config", "check")
    assert checked.returncode == 0
    assert "afghanistan, 34 provinces" in checked.stdout
    assert "no source is named" in checked.stderr


def test_where_the_config_is(run: Run, tmp_path: Path) -> None:
    missing = run("config", "path")
    assert (missing.returncode, missing.stdout) == (1, f"{tmp_path / 'none.toml'}\n")
    assert "sitmon config example" in missing.stderr
    (tmp_path / "none.toml").write_text("", encoding="utf-8")
    assert run("config", "path").returncode == 0


def test_a_check_counts_what_is_watched_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    text = 'area_sources = true\n[[sources]]\nname = "Drop"\npath = "drop"\n[[alerts.rules]]\nname = "a"\n'
    (tmp_path / "desk.toml").write_text(text, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    checked = run("--store", "s.db", "--config", "desk.toml", "config", "check")
    assert checked.returncode == 0
    rows = dict(line.split(None, 1) for line in checked.stdout.splitlines() if line.startswith(("sources", "store")))
    assert rows["store"] == "s.db"
    assert rows["sources"].endswith("1 exports and folders")
    assert sorted(p for p in tmp_path.iterdir() if p.name != "state") == before


def test_a_wrong_config_and_none_at_all_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    none = run("config", "check")
    assert none.returncode == 2
    assert "there is no such file" in none.stderr
    (tmp_path / "bad.toml").write_text('[[alerts.rules]]\nname = "a"\nplaces = ["AF-KDX"]\n', encoding="utf-8")
    bad = run("--config", "bad.toml", "config", "check")
    assert bad.returncode == 2
    assert "'AF-KDX' is no place of afghanistan (did you mean 'AF-KDZ'?)" in bad.stderr
