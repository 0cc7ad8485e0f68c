"""`sitmon classify` as other programs use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., "CompletedProcess[str]"]


def test_lines_in_lines_out_in_order_and_bad_ones_in_their_place(run: Run) -> None:
    given = "\n".join(
        [
            json.dumps(
                {
                    "id": "a",
                    "title": "News",
                    "text": "The Taliban captured Zaranj on Friday.",
                    "published": "2021-08-07",
                }
            ),
            "{not json",
            json.dumps({"id": "c", "txt": "x"}),
            "",
            "US warplanes bombed Taliban positions in Sheberghan.",
            json.dumps({"id": "e", "text": "x", "published": "soon"}),
            json.dumps({"id": "f", "text": "x", "side": "insurgnt"}),
            json.dumps({"id": "g", "text": ["x"]}),
        ]
    )
    done = run("classify", "-", given=given)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["id"] for f in found] == ["a", None, "c", "5", "e", "f", "g"]
    report = found[0]["reports"][0]
    assert (report["event_type"], report["place"]["code"], report["holder"]) == (
        "captured",
        "AF-NIM/zaranj",
        "insurgent",
    )
    assert report["event_time"] == "2021-08-06"
    body = "News\n\nThe Taliban captured Zaranj on Friday."
    for span in report["evidence"]:
        assert body[span["start"] : span["end"]] == span["text"]
    assert "no JSON" in found[1]["error"]["reason"]
    assert "did you mean" in found[5]["error"]["reason"] or "expected one of" in found[5]["error"]["reason"]
    assert "there is 'txt'" in found[2]["error"]["reason"]
    assert "air_strike" in found[3]["event_types"]
    assert "published" in found[4]["error"]["reason"]
    assert "expected a text" in found[6]["error"]["reason"]
    assert done.stderr == "sitmon: 5 of 7 lines could not be read\n"


def test_nothing_that_could_be_read_is_a_failure(run: Run) -> None:
    done = run("classify", "-", given='{"id": "a", "text"\n')
    assert (done.returncode, done.stderr) == (1, "sitmon: 1 of 1 line could not be read\n")
    assert json.loads(done.stdout)["error"]["line"] == 1


def test_a_text_and_a_file(run: Run, tmp_path: Path) -> None:
    done = run("classify", "--text", "Kunduz has fallen to the Taliban, a provincial councillor said.")
    assert json.loads(done.stdout)["provinces"] == ["AF-KDZ"]
    path = tmp_path / "items.jsonl"
    path.write_text('{"id": 1, "text": "quiet"}\n', encoding="utf-8")
    assert json.loads(run("classify", path).stdout)["reports"] == []
    done = run("classify", tmp_path / "none.jsonl")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_a_post_of_a_party_is_its_quote_and_a_byline_makes_no_post(run: Run) -> None:
    text = "The whole of Zaranj is ours."
    items = [
        {"id": "post", "text": text, "author": "nimruz_front", "side": "insurgent"},
        {"id": "byline", "text": text, "author": "Rahim Sadat", "side": "insurgent"},
        {"id": "article", "title": "Zaranj", "text": text, "author": "nimruz_front", "side": "insurgent"},
        {"id": "said", "text": text, "author": "Rahim Sadat", "side": "insurgent", "kind": "post"},
        {"id": "odd", "text": text, "kind": "pots"},
    ]
    done = run("classify", "-", given="\n".join(map(json.dumps, items)))
    found = {f["id"]: f for f in map(json.loads, done.stdout.splitlines())}
    quoted = {i: [(q["text"], q["speaker"]) for q in f["quotes"]] for i, f in found.items() if "quotes" in f}
    assert quoted == {"post": [(text, "nimruz_front")], "byline": [], "article": [], "said": [(text, "Rahim Sadat")]}
    assert "'post'" in found["odd"]["error"]["reason"]
