"""The config: defaults, the example file, and every kind of mistake named at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.config import Config, default_store, load
from sitmon.config_files import AlertsShape, ConfigShape, DeskShape, PollingShape, RuleShape
from sitmon.errors import ConfigError
from sitmon.shapes import Shape, SourceShape

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [str(m) for m in caught.value.mistakes]


def test_the_example_says_the_defaults() -> None:
    config = load(EXAMPLE)
    assert config is not None
    assert replace(config, file=None) == Config()


@pytest.mark.parametrize("shape", [ConfigShape, SourceShape, PollingShape, AlertsShape, RuleShape, DeskShape])
def test_the_example_documents_every_key(shape: type[Shape]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    missing = [k for k in shape.model_fields if not re.search(rf"^(# )?(\[\[?(\w+\.)?)?{k}(\]\]?| =)", text, re.M)]
    assert missing == []


def test_the_commented_examples_are_valid(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        body = line.removeprefix("# ")
        is_setting = line.startswith("# ") and re.match(r"(\[\[|\w+ = )", body) and "env:" not in body
        lines.append(body if is_setting else line)
    # Top-level keys must stand before the first table, so the example's own order is kept.
    config = load(write(tmp_path, "\n".join(lines)))
    assert config is not None
    assert [s.name for s in config.sources] == ["Northern Post", "Tweets"]
    assert config.sources[0].interval == timedelta(minutes=5)
    assert config.sources[1].location == str(tmp_path / "exports")
    assert config.alert_rules[0].severity == "Severe"


def test_three_mistakes_are_named_together_with_file_key_and_nearest_word(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'stoer = "x"\n[[sources]]\nname = "A"\nurl = "http://x.example"\nreliability = "b"\nside = "insurgnt"\n',
    )
    found = mistakes(path)
    assert len(found) == 3
    assert all(m.startswith(str(path)) for m in found)
    text = "\n".join(found)
    assert "stoer: there is no such key (did you mean 'store'?)" in text
    assert "sources[0].reliability" in text
    assert "did you mean 'B'?" in text
    assert "did you mean 'insurgent'?" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("area = 3", "area: expected a text in quotes, found 3"),
        ("[[sources]]\nname = 'A'", "line 1, sources[0] ('A'): expected exactly one of `url`"),
        ("[[sources]]\nurl = 'http://x.example'", "sources[0].name: this key is required"),
        ("[[sources]]\nname = 'A'\nurl = 'ftp://x.example'", "begins with http:// or https://"),
        ("[[sources]]\nname = 'A'\nurl = 'http://x.example'\npath = 'y'", "exactly one of"),
        ("[polling]\ninterval = '5 minutes'", "polling.interval: expected a time span"),
        ("[polling]\ninterval = '0m'", "polling.interval: expected a time span"),
        ("[polling]\nconcurrency = 0", "polling.concurrency"),
        ("[polling]\nintervall = '5m'", "did you mean 'interval'?"),
        ("[alerts]\nmin_severity = 'severe'", "did you mean 'Severe'?"),
        ("[[alerts.rules]]\nname = 'x'\nevent_types = ['capturd']", "did you mean 'captured'?"),
        ("[desk]\ntheme = 'drak'", "did you mean 'dark'?"),
        ("sources = 1", "sources"),
        ("area = ", "is no TOML"),
        (
            "[[sources]]\nname = 'A'\nurl = 'http://x.example'\n[[sources]]\nname = 'A'\nurl = 'http://y.example'",
            "line 5, sources[1].name ('A'): 'A' is the name of sources[0] already",
        ),
        (
            "[[sources]]\nname = 'A'\nurl = 'http://x.example'\nheaders = { X = 'env:SITMON_NO_SUCH' }",
            "the environment variable SITMON_NO_SUCH is not set",
        ),
    ],
)
def test_a_mistake_is_said_plainly(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in m for m in mistakes(write(tmp_path, text))), mistakes(write(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "area_sources = 5",
        "area_sources = 'TOLOnews'",
        "[[alerts.rules]]\nname = 'x'\nseverity = 3",
        "[[sources]]\nname = 'A'\nurl = ['a']",
        "[[sources]]\nname = '" + 70 * "a" + "'\npath = '.'",
        "[alerts]\nsurge_factor = 1.0",
        "[polling]\nconcurrency = 1.5",
    ],
)
def test_one_mistake_gets_one_message_in_our_own_words(tmp_path: Path, text: str) -> None:
    (found,) = mistakes(write(tmp_path, text))
    assert "expected" in found
    for innards in ("Input", "String", "should", "tuple", "literal[", "bool:", "()"):
        assert innards not in found


@pytest.mark.parametrize("key", ["url = 'ftp://u:hush@h'", "proxy = 'x://hush'", "headers = { a = ['hush'] }"])
def test_what_may_hold_a_password_is_not_repeated(tmp_path: Path, key: str) -> None:
    url = "" if key.startswith("url") else "url = 'http://a.example'\n"
    assert not any("hush" in m for m in mistakes(write(tmp_path, f"[[sources]]\nname = 'A'\n{url}{key}")))


def test_every_mistake_has_its_line_and_its_source_a_name_the_area_among_them(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'area = "afganistan"\nstroe = "x"\n\n[[sources]]\nname = "Northern Post"\nurl = "http://x.example"\n'
        '\n[[sources]]\nname = "Herald"\nurl = "http://y.example"\nreliability = "Z"\n\n[polling]\nintervall = "5m"\n',
    )
    found = "\n".join(m.removeprefix(f"{path}: ") for m in mistakes(path))
    assert "line 1, area: 'afganistan': there is no such folder, and no bundled area" in found
    assert "(did you mean 'afghanistan'?)" in found
    assert "line 2, stroe: there is no such key" in found
    assert "line 11, sources[1].reliability ('Herald'): 'Z' is not valid" in found
    assert "line 14, polling.intervall: there is no such key" in found
    assert len(found.splitlines()) == 4


def test_what_is_no_toml_is_said_with_its_line(tmp_path: Path) -> None:
    (found,) = mistakes(write(tmp_path, 'store = "x"\n\narea = \n'))
    assert "line 3: is no TOML" in found


def test_a_missing_or_binary_file_is_a_config_error(tmp_path: Path) -> None:
    assert "cannot be read" in mistakes(tmp_path / "no.toml")[0]
    (tmp_path / "bin.toml").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in mistakes(tmp_path / "bin.toml")[0]


def test_no_file_at_the_default_place_is_no_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITMON_CONFIG", str(tmp_path / "none.toml"))
    assert load() is None


def test_paths_start_at_the_config(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    config = load(write(tmp_path, "store = 'desk.db'\narea = './mine'"))
    assert config is not None
    assert config.store == tmp_path / "desk.db"
    assert config.area == str(tmp_path / "mine")
    assert Config().store == default_store()


def test_a_secret_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NP_TOKEN", "hush")
    config = load(
        write(tmp_path, "[[sources]]\nname='A'\nurl='http://x.example'\nheaders = { Authorization = 'env:NP_TOKEN' }")
    )
    assert config is not None
    assert config.sources[0].headers == (("Authorization", "hush"),)


def test_grouping_is_read_and_a_wrong_label_is_named(tmp_path: Path) -> None:
    given = '[alerts]\ngroup_by = ["province"]\ngroup_wait = "30s"\ngroup_interval = "0s"\n'
    found = load(write(tmp_path, given))
    assert found is not None
    assert (found.group_by, found.group_wait, found.group_interval) == (
        ("province",),
        timedelta(seconds=30),
        timedelta(0),
    )
    wrong = mistakes(write(tmp_path, '[alerts]\ngroup_by = ["provinces"]\ngroup_wait = "-1s"\n'))
    assert [("alerts.group_by[0]" in m, "did you mean 'province'?" in m) for m in wrong[:1]] == [(True, True)]
    assert "alerts.group_wait: expected a time span" in wrong[1]
