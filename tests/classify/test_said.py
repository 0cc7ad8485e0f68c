"""Who says what in Dari and Pashto, passage by passage: what each gives stands in `tests/data/said.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitmon.area import Area
from sitmon.classify.attribution import Attributor
from sitmon.classify.speech import Tables
from sitmon.classify.text import read as read_text
from sitmon.classify.text import tokens
from sitmon.model.entry import Verdict

ROWS = tomllib.loads((Path(__file__).parent.parent / "data/said.toml").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['lang']}-{n}" for n, row in enumerate(ROWS, 1)])
def test_who_says_what(read: Callable[..., Verdict], row: dict[str, Any]) -> None:
    given = {
        ("direct" if q.kind == "direct" else "indirect", tokens(q.speaker or ""), tokens(q.text))
        for q in read(row["text"]).quotes
    }
    wanted = {(kind, tokens(speaker), tokens(text)) for kind, speaker, text in row["quotes"]}
    assert wanted <= given
    assert {g for g in given if g[0] == "direct"} == {w for w in wanted if w[0] == "direct"}


@pytest.mark.parametrize(
    ("text", "role_of", "basis"),
    [
        ("دکان‌داران فراه گفتند که طالبان ساختمان ولایت را تصرف کردند.", "دکان‌داران فراه", "witnessed"),
        ("قول اردوی جنوب می‌گوید طالبان را از ارغنداب قندهار عقب رانده است.", "قول اردوی جنوب", "claimed"),
        (
            "د غور مرکز فیروزکوه د طالبانو په لاس ورغی، د ولایتي شورا یوه غړې خبر ورکړ.",
            "ولایتي شورا یوه غړې",
            "conceded",
        ),
        ("د فراه ښار سقوط وکړ، یوه پوځي افسر د نوم د نه ښودلو په شرط راډیو ته وویل.", "پوځي افسر", "conceded"),
        (
            "باشندگان قندوز گفتند که طالبان در چهارراهی ایستاده‌اند؛ به گفته آنان شهر در کنترول طالبان است.",
            "باشندگان قندوز",
            "witnessed",
        ),
        ("پېښور - د بټي کوټ اوسېدونکو وویل چې طالبانو ولسوالي نیولې.", "بټي کوټ اوسېدونکو", "witnessed"),
    ],
)
def test_on_whose_word(read: Callable[..., Verdict], text: str, role_of: str, basis: str) -> None:
    verdict = read(text)
    assert [r.basis for r in verdict.reports] == [basis]
    assert {q.speaker or q.role for q in verdict.quotes} == {role_of}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("پولیس هرات از بازداشت چهار تن در ولسوالی گذره خبر داده است.", "government"),
        ("د پروان امنیه قوماندان د طالبانو په برید کې د یوه سرتېري د وژل کېدو خبر ورکړ.", "government"),
        ("د طالبانو د راتلو خبر ورکړ.", None),
        ("د ننګرهار د والي دفتر په خبرپاڼه کې راغلي چې په جلال اباد کې یوه چاودنه شوې.", "government"),
    ],
)
def test_news_is_the_word_of_whoever_gives_it(attributor: Attributor, text: str, side: str | None) -> None:
    told = attributor.statements(read_text(text))
    assert [s.side for s in told] == ([side] if side else [])


def test_a_unit_named_after_something_is_nobodys_name(read: Callable[..., Verdict]) -> None:
    given = read("یک منبع در قول اردوی ۲۰۷ ظفر به رادیو آزادی گفت که فرودگاه هرات آرام است.").quotes
    assert [(q.speaker, q.side) for q in given] == [(None, "government")]


def test_an_infinitive_has_the_forms_of_its_last_word(area: Area) -> None:
    tables = Tables(area.speech["prs"])
    forms = tables.conjugated("saying.infinitives.report", "saying.conjugations")
    assert {("تایید", "کرد"), ("تایید", "می", "کنند"), ("خبر", "داده", "اند")} <= set(forms)
    assert not tables.mistakes


def test_an_infinitive_without_forms_is_a_mistake(area: Area) -> None:
    tables = Tables(area.speech["prs"])
    tables.conjugated("saying.infinitives.report", "casualties.words.none")
    assert "ends in no verb of casualties.words.none" in tables.mistakes[0].message
