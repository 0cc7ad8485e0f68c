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
    assert "afghanistan, 34 provinces" in checked.stdout
    watched = run("watch", "--once")
    assert (checked.returncode, checked.stderr) == (watched.returncode, watched.stderr)
    assert "no source is named" in checked.stderr
    assert checked.returncode == 2


def test_where_the_config_is(run: Run, tmp_path: Path) -> None:
    missing = run("config", "path")
    assert (missing.returncode, missing.stdout) == (0, f"{tmp_path / 'none.toml'}\n")
    assert "sitmon config example" in missing.stderr
    (tmp_path / "none.toml").write_text("", encoding="utf-8")
    there = run("config", "path")
    assert (there.returncode, there.stderr) == (0, "")


def test_a_check_counts_what_is_watched_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    text = 'area_sources = true\n[[sources]]\nname = "Drop"\npath = "drop"\n[[alerts.rules]]\nname = "a"\n'
    (tmp_path / "desk.toml").write_text(text, encoding="utf-8")
    (tmp_path / "drop").mkdir()
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


def test_a_check_tells_all_at_once_by_lines_what_is_not_there_among_it(run: Run, tmp_path: Path) -> None:
    text = """area_sources = ["TOLOnewz"]
[[sources]]
name = "Post"
url = "htp://news.example/feed"
proxy = "socks5://user:hush@host"
[[sources]]
name = "Drop"
path = "no-such-folder"
[[sources]]
name = "Nowhere"
[polling]
concurrency = 100
[[alerts.rules]]
name = "a"
event_types = ["captur"]
places = ["Kunduz"]
severity = "severe"
"""
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    bad = run("--config", "bad.toml", "config", "check")
    assert bad.returncode == 2
    said = [line.removeprefix("sitmon: bad.toml: line ") for line in bad.stderr.splitlines()]
    expected = [
        "1, area_sources[0]: 'TOLOnewz' is no source of afghanistan (did you mean 'TOLOnews'?)",
        "4, sources[0].url ('Post'): expected an address that begins with http:// or https://",
        '5, sources[0].proxy (\'Post\'): expected "http://host:port", "env" (as the environment says) or "none"',
        f"8, sources[1].path ('Drop'): there is no such file or folder: {tmp_path / 'no-such-folder'}",
        "9, sources[2] ('Nowhere'): expected exactly one of `url` (a feed) and `path` (a file or folder)",
        "12, polling.concurrency: expected at most 64, found 100",
        "15, alerts.rules[0].event_types[0]: expected an event type or a tag (docs/glossary.md), found 'captur' "
        "(did you mean 'captured'?)",
        "16, alerts.rules[0].places[0]: 'Kunduz' is no place of afghanistan (did you mean 'AF-KDZ/kunduz'?)",
    ]
    assert said[:-1] == expected
    assert said[-1].startswith("17, alerts.rules[0].severity: 'severe' is not valid; expected one of 'Extreme', ")
    assert "hush" not in bad.stderr
    # Whoever reads it to work with it is told the same, but for what may still come.
    watch = run("--config", "bad.toml", "watch", "--once")
    assert watch.returncode == 2
    assert [line for line in bad.stderr.splitlines() if line not in watch.stderr.splitlines()] == [
        f"sitmon: bad.toml: line {expected[3]}"
    ]


def test_a_path_that_is_not_there_yet_is_named_and_no_mistake(run: Run, tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text('[[sources]]\nname = "Drop"\npath = "drop"\n', encoding="utf-8")
    missing = run("--config", "desk.toml", "config", "check")
    assert missing.returncode == 0
    assert f"Drop: there is no file or folder {tmp_path / 'drop'} yet" in missing.stderr
    assert run("--config", "desk.toml", "sources", "list").returncode == 0
    (tmp_path / "drop").mkdir()
    assert run("--config", "desk.toml", "config", "check").stderr == ""


def test_a_quotation_mark_that_is_not_closed_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text('[[sources]]\nname = "Drop\npath = "drop"\n', encoding="utf-8")
    bad = run("--config", "desk.toml", "config", "check")
    assert bad.returncode == 2
    assert "desk.toml: line 2: is no TOML: a quotation mark is not closed on this line" in bad.stderr


def test_a_wrong_choice_is_told_in_the_programs_words(run: Run) -> None:
    wrong = run("sitrep", "--format", "jsn")
    assert wrong.returncode == 2
    told = " ".join(wrong.stderr.split())
    assert "'jsn' is not valid; expected one of 'md', 'html', 'json' (did you mean 'json'?)" in told
    assert "Value error" not in told
