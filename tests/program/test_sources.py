"""`sitmon sources add`, `import`, `export`: against a real server, into a config with a person's comments in it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree

import pytest

from sitmon.config_edit import add_sources
from sitmon.errors import ConfigError
from tests.servers import Loopback, Page, atom, rss, threaded

Run = Callable[..., "CompletedProcess[str]"]

CONFIG = """# My desk, night shift.
area = "afghanistan"   # do not change
store = "desk.db"

[[sources]]
name = "Old"
url = "http://127.0.0.1:{port}/old"   # slow at night
allow_private_hosts = true

[polling]
timeout = "3s"   # the line is bad
"""
PAGE = b"""<!DOCTYPE html><html><head><title>Paper</title>
<link rel="alternate" type="application/rss+xml" title="All of it" href="/rss">%b</head><body>news</body></html>"""
OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Asia"><outline text="Papers &amp; Radio"><outline type="rss" text="Good" xmlUrl="{base}/rss"/></outline>
<outline type="rss" text="Again" xmlUrl="{base}/old"/><outline type="rss" text="Dead" xmlUrl="{base}/dead"/></outline>
<outline type="rss" text="Good" xmlUrl="{base}/atom"/><outline type="rss" text="Bad" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


@pytest.fixture
def server() -> Iterator[Loopback]:
    html = (("Content-Type", "text/html"),)
    second = b'<link rel="alternate" type="application/atom+xml" title="Sport" href="/atom">'
    scripts = {
        "/old": Page(rss("old")),
        "/rss": Page(rss("one", "two")),
        "/atom": Page(atom("three")),
        "/page": Page(PAGE % b"", headers=html),
        "/two": Page(PAGE % second, headers=html),
        "/none": Page(b"<html><body>nothing here</body></html>", headers=html),
    }
    with threaded(scripts) as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, server: Loopback) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.format(port=server.port), encoding="utf-8")
    return path


def sources(path: Path) -> list[dict[str, object]]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))["sources"]
    assert isinstance(found, list)
    return found


def test_a_feed_is_added_after_all_that_a_person_wrote(run: Run, server: Loopback, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    more = ("--allow-private-hosts", "--reliability", "B", "--side", "media", "--interval", "5m")
    done = run("--config", config, "sources", "add", server.url("/rss"), *more)
    assert done.returncode == 0, done.stderr
    assert "2 posts" in done.stderr
    assert done.stdout == ""
    after = config.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert sources(config)[1] == {
        "name": "Scripted", "url": server.url("/rss"), "allow_private_hosts": True,
        "reliability": "B", "side": "media", "interval": "5m",
    }  # fmt: skip
    again = run("--config", config, "sources", "add", server.url("/rss"), "--allow-private-hosts")
    assert again.returncode == 2
    assert "is a source already: 'Scripted'" in again.stderr
    other = run("--config", config, "sources", "add", server.url("/atom"), "--allow-private-hosts")
    assert other.returncode == 0
    assert sources(config)[2]["name"] == "Scripted (2)"
    assert run("--config", config, "watch", "--once").returncode == 0


def test_of_a_page_its_feed_is_added_and_of_several_none(run: Run, server: Loopback, config: Path) -> None:
    done = run("--config", config, "sources", "add", server.url("/page"), "--allow-private-hosts")
    assert done.returncode == 0, done.stderr
    assert sources(config)[1]["url"] == server.url("/rss")
    before = config.read_bytes()
    several = run("--config", config, "sources", "add", server.url("/two"), "--allow-private-hosts")
    assert several.returncode == 2
    assert f"sitmon sources add {server.url('/atom')}   # Sport" in several.stderr
    assert "names no feed" in run("--config", config, "sources", "add", server.url("/none"),
                                  "--allow-private-hosts").stderr  # fmt: skip
    closed = run("--config", config, "sources", "add", server.url("/atom"))
    assert closed.returncode == 2
    assert "--allow-private-hosts" in closed.stderr
    assert "404" in run("--config", config, "sources", "add", server.url("/dead"), "--allow-private-hosts").stderr
    assert run("--config", config, "sources", "add", "javascript:alert(1)").returncode == 2
    assert config.read_bytes() == before


def test_a_file_is_added_once_and_what_is_none_is_not(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text('{"id": "1", "text": "x"}\n', encoding="utf-8")
    (tmp_path / "noise.bin").write_bytes(b"\x00\x01\x02")
    (tmp_path / "config.toml").touch()
    path = tmp_path / "config.toml"
    assert run("--config", path, "sources", "add", "posts.jsonl").returncode == 0
    assert sources(path) == [{"name": "posts", "path": str(tmp_path / "posts.jsonl")}]
    assert run("--config", path, "sources", "add", "posts.jsonl").returncode == 2
    assert run("--config", path, "sources", "add", "noise.bin").returncode == 2
    assert run("--config", path, "sources", "add", "none.jsonl").returncode == 2


def test_a_named_config_that_is_not_there_yet_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    made = run("--config", "new/desk.toml", "sources", "add", "drop")
    assert made.returncode == 0, made.stderr
    assert made.stderr.endswith("added to new/desk.toml, a new config\n")
    assert sources(tmp_path / "new" / "desk.toml")[0]["path"] == str(tmp_path / "drop")
    assert run("--config", "other.toml", "sources", "list").returncode == 2  # what only reads makes none


def test_a_list_comes_in_and_goes_out_with_its_folders(
    run: Run, server: Loopback, config: Path, tmp_path: Path
) -> None:
    list_ = tmp_path / "feeds.opml"
    list_.write_text(OPML.format(base=f"http://127.0.0.1:{server.port}"), encoding="utf-8")
    done = run("--config", config, "sources", "import", list_, "--allow-private-hosts")
    assert done.returncode == 0, done.stderr
    assert "2 added" in done.stderr
    assert "1 known already" in done.stderr
    assert "1 left out" in done.stderr
    assert "Dead: down" in done.stderr
    assert "expected http:// or https://" in done.stderr
    assert [(s["name"], s.get("folder")) for s in sources(config)] == [
        ("Old", None), ("Good", "Asia/Papers & Radio"), ("Good (2)", None),
    ]  # fmt: skip
    out = run("--config", config, "sources", "export")
    assert out.returncode == 0, out.stderr
    body = ElementTree.fromstring(out.stdout.encode()).find("body")
    assert body is not None
    inner = body.find("outline[@text='Asia']/outline[@text='Papers & Radio']/outline")
    assert inner is not None
    assert inner.get("xmlUrl") == server.url("/rss")
    again = run("--config", config, "sources", "import", list_, "--no-check")
    assert again.returncode == 0
    assert "1 added" in again.stderr


def test_a_name_has_only_letters_that_can_be_seen(run: Run, config: Path, tmp_path: Path) -> None:
    body = rss("one").replace(b"<title>Scripted", "<title>هشت\u200cصبح \u202e&#27;[2J".encode())
    with threaded({"/": Page(body)}) as server:
        done = run("--config", config, "sources", "add", server.url("/"), "--allow-private-hosts")
    assert done.returncode == 0, done.stderr
    assert sources(config)[1]["name"] == "هشتصبح"


def test_secrets_leave_in_no_list(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[[sources]]\nname = "A"\nurl = "https://me:s3cret@news.example/feed"\n', encoding="utf-8")
    for words in (["export"], ["list"], ["list", "--format", "jsonl"]):
        done = run("--config", path, "sources", *words)
        assert done.returncode == 0, done.stderr
        assert "news.example/feed" in done.stdout
        assert "s3cret" not in done.stdout + done.stderr
    assert json.loads(run("--config", path, "sources", "list", "--format", "jsonl").stdout)["name"] == "A"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('sources = [{name = "A", url = "https://a.example/"}]\n', "write each source as"),
        ('[[sources]]\nname = "B"\nurl = "https://a.example/"\n', "is the name of"),
    ],
)
def test_a_config_that_would_break_stays_as_it_was(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        add_sources(path, [{"name": "B", "url": "https://b.example/"}])
    assert str(path) in str(caught.value)
    assert path.read_text(encoding="utf-8") == text
    assert [p.name for p in tmp_path.iterdir()] == ["config.toml"]


def test_line_ends_links_and_rights_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_bytes(b'area = "afghanistan"\r\n# end')
    real.chmod(0o600)
    link.symlink_to(real)
    add_sources(link, [{"name": 'Say "hi" \\ کابل', "url": "https://b.example/", "shared_host": True, "folder": ""}])
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert real.read_bytes().startswith(b'area = "afghanistan"\r\n# end\r\n\r\n[[sources]]\r\n')
    assert sources(real) == [{"name": 'Say "hi" \\ کابل', "url": "https://b.example/", "shared_host": True}]


def test_nothing_is_no_source(run: Run, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    for nothing in ("", "  "):
        done = run("--config", config, "sources", "add", nothing)
        assert done.returncode == 2
        assert "nothing to add" in done.stderr
    assert config.read_text(encoding="utf-8") == before


def test_a_key_in_an_address_is_never_printed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(
        '[[sources]]\nname = "Paid"\nurl = "https://paper.example/feed?format=xml&api_key=SECRET2"\n', encoding="utf-8"
    )
    for words in (("list",), ("list", "--format", "jsonl"), ("export",)):
        done = run("--config", path, "sources", *words)
        assert done.returncode == 0, done.stderr
        assert "SECRET2" not in done.stdout + done.stderr
        assert "format=xml" in done.stdout
    assert "fill them in after an import: Paid" in done.stderr
