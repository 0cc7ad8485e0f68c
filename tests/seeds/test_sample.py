"""The bundled sample: files well-formed in their own formats, read whole by the parsers, each item labelled."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sitmon.area import Area
from sitmon.ingest.identity import status_time
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source
from sitmon.model.terms import EVENT_TYPES, SITE_KINDS, TAGS

FIRST, AFTER = datetime(2021, 8, 3, tzinfo=UTC), datetime(2021, 8, 10, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
Found = list[tuple[Source, Item | Failure]]
Pairs = list[tuple[Item, dict[str, Any]]]


def the_items(found: Found) -> list[Item]:
    return [f for _, f in found if isinstance(f, Item)]


def read_part(path: Path) -> tuple[str, Any]:
    """Return the variable that a part of a Twitter archive sets, and its value."""
    name, _, value = path.read_text(encoding="utf-8").partition(" = ")
    return name, json.loads(value)


def test_feeds_are_well_formed_and_of_every_common_format(folder: Path) -> None:
    roots = [ElementTree.parse(p).getroot() for p in sorted((folder / "sample/feeds").rglob("*.[rx]*")) if p.is_file()]
    kinds = Counter(root.tag for root in roots)
    assert kinds["rss"] >= 3
    assert kinds[ATOM + "feed"] >= 2
    assert kinds[RDF + "RDF"] >= 1
    assert any(root.find(f".//{CONTENT}") is not None for root in roots)
    assert all(root.findtext("channel/title") for root in roots if root.tag == "rss")
    assert all(root.findtext(ATOM + "id") for root in roots if root.tag == ATOM + "feed")


def test_archives_hold_what_their_manifests_say(folder: Path) -> None:
    for archive in (folder / "sample").glob("twitter-archive*"):
        _, manifest = read_part(archive / "data/manifest.js")
        name, account = read_part(archive / "data/account.js")
        assert name == "window.YTD.account.part0"
        assert account[0]["account"]["username"] == manifest["userInfo"]["userName"]
        for kind in manifest["dataTypes"].values():
            for part in kind["files"]:
                name, rows = read_part(archive / part["fileName"])
                assert name == "window." + part["globalName"]
                assert len(rows) == int(part["count"])


def test_ids_of_tweets_tell_the_time_that_stands_beside_them(folder: Path) -> None:
    for path in (folder / "sample").glob("twitter-archive*/data/tweets*.js"):
        for row in read_part(path)[1]:
            tweet = row["tweet"]
            stated = datetime.strptime(tweet["created_at"], "%a %b %d %H:%M:%S %z %Y")
            told = status_time(tweet["id_str"])
            assert told is not None
            assert abs(told - stated) <= timedelta(seconds=1)
            for entity in [*tweet["entities"]["hashtags"], *tweet["entities"]["urls"]]:
                start, end = (int(i) for i in entity["indices"])
                assert 0 <= start < end <= len(tweet["full_text"])


def test_everything_is_read_and_nothing_fails(found: Found, sources: tuple[Source, ...]) -> None:
    assert [f for _, f in found if isinstance(f, Failure)] == []
    read = Counter(s.name for s, _ in found)
    assert set(read) == {s.name for s in sources}
    assert len({i.id for i in the_items(found)}) >= 80


def test_items_lie_in_the_week_but_for_one_without_a_date(found: Found) -> None:
    outside = {i.url for i in the_items(found) if not (i.published and FIRST <= i.published < AFTER)}
    assert {str(u).rsplit("/", 1)[1] for u in outside} == {"undated-ghazni"}
    days = Counter(i.published.day for i in the_items(found) if i.published and i.published.month == 8)
    assert set(days) == set(range(3, 10))
    assert min(days.values()) >= 10


def test_no_feed_steers_the_terminal(found: Found) -> None:
    for item in the_items(found):
        for text in (item.title, item.text, item.author or "", item.url or ""):
            assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\u200c"]


def test_a_revised_item_keeps_its_id(found: Found) -> None:
    versions = [i for i in the_items(found) if i.url and i.url.endswith("pilot-killed-in-capital")]
    assert len({i.id for i in versions}) == 1
    assert len({i.body for i in versions}) == 2


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[n : n + 4]) for n in range(len(words) - 3)}


def test_reprints_are_near_the_wire_and_name_it(found: Found) -> None:
    items = the_items(found)
    wires = [i for i in items if i.source == "Hindu Kush Wire"]
    others = [i for i in items if i.source in ("Kabul Ledger", "Gulf Monitor")]
    reprints = [i for i in others if re.search("HKW|Hindu Kush", i.text)]
    assert len(reprints) >= 12
    for item in reprints:
        words = shingles(item.text)
        close = max(wires, key=lambda w: len(words & shingles(w.text)))
        assert len(words & shingles(close.text)) > 0.8 * len(words)
        assert close.title != item.title


def test_every_item_is_labelled_once(found: Found, pairs: Pairs, labels: list[dict[str, Any]]) -> None:
    assert len(pairs) == len(labels)
    names = Counter((label["key"], label.get("revision", 0)) for label in labels)
    assert max(names.values()) == 1
    assert {i.id for i in the_items(found)} == {i.id for i, _ in pairs}


def test_labels_use_the_vocabulary_and_the_gazetteer(area: Area, labels: list[dict[str, Any]]) -> None:
    for label in labels:
        assert set(label.get("provinces", [])) <= {c for c, p in area.places.items() if p.kind == "province"}
        for report in label.get("reports", []):
            assert report["event"] in EVENT_TYPES
            assert set(report.get("tags", [])) <= set(TAGS)
            assert report.get("site", SITE_KINDS[0]) in SITE_KINDS
            assert {report.get(k) for k in ("actor", "claimed_by")} <= {None, *area.actors}
            if "place" in report:
                assert area.places[report["place"]].province in label["provinces"]


def test_labelled_words_stand_in_the_item(pairs: Pairs) -> None:
    for item, label in pairs:
        for quote in label.get("quotes", []):
            assert quote["text"] in item.body
            if "speaker" in quote:
                assert quote["speaker"] in item.body
        if "title" in label:
            assert item.title == label["title"]


def test_real_persons_are_only_paraphrased(area: Area, labels: list[dict[str, Any]]) -> None:
    names = {name for p in area.persons for name in (p.name, *(a for _, a in p.aliases))}
    for quote in itertools.chain.from_iterable(label.get("quotes", []) for label in labels):
        if quote["kind"] == "direct":
            assert quote.get("speaker") not in names


def test_the_week_holds_what_a_desk_must_get_right(labels: list[dict[str, Any]]) -> None:
    bases: dict[str, set[str]] = {}
    for label in labels:
        for report in label.get("reports", []):
            if report["event"] in ("captured", "handed_over") and "site" not in report:
                bases.setdefault(report.get("place", ""), set()).add(report.get("basis", ""))
    for city in ("AF-NIM/zaranj", "AF-JOW/sheberghan", "AF-SAR/sar-e-pul", "AF-KDZ/kunduz", "AF-TAK/taloqan"):
        assert {"claimed", "conceded"} <= bases[city]
    modalities = Counter(r["modality"] for label in labels for r in label.get("reports", []))
    assert set(modalities) == {"actual", "hedged", "planned", "hypothetical", "historical", "negated"}
    assert {label["lang"] for label in labels} == {"en", "ps", "prs"}
