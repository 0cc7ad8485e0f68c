"""Lines are exactly as wide as they should be, whatever is written on them; wrapping loses no letter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sitmon.model.report import Span
from sitmon.views.tui.ink import Look, Pen, cut, wrap, wrap_spans
from sitmon.views.tui.passage import Block, Mark, around, paint

TEXTS = st.text(alphabet=st.sampled_from("ab c  \n.!?é漢字کن‌🙂e\u0301"), max_size=80)


@given(TEXTS, st.integers(1, 40))
def test_cut_fits(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width


def test_cut_marks_what_it_leaves_out() -> None:
    assert cut("Mazar-i-Sharif", 6) == "Mazar…"
    assert cut("Kabul", 5) == "Kabul"
    assert cut("漢字漢字", 5) == "漢字…"


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_know_where_they_begin(text: str, width: int) -> None:
    assert all(text[start : start + len(line)] == line for line, start in wrap_spans(text, width))


@settings(max_examples=60)
@given(TEXTS, st.integers(3, 30), st.tuples(st.integers(0, 60), st.integers(0, 20)))
def test_blocks_paint_lines_of_the_pens_width(text: str, width: int, span: tuple[int, int]) -> None:
    mark = Mark(span[0], span[0] + span[1], "caution", bold=True)
    strips = paint(Block(text, (mark, mark)), Pen(Look(), width))
    assert all(strip.cell_length == width for strip in strips)
    assert all(sum(cell_len(s.text) for s in strip) == width for strip in strips)


def test_marks_are_drawn_where_the_span_is() -> None:
    body = "Officials say Kunduz was overrun this morning."
    start = body.index("was overrun")
    strips = paint(Block(body, (Mark(start, start + 11, "caution", underline=True),)), Pen(Look(), 30))
    marked = "".join(s.text for strip in strips for s in strip if s.style and s.style.underline)
    assert marked.replace(" ", "") == "wasoverrun"


def test_the_sentence_around_spans_is_whole_and_no_more() -> None:
    body = "First one. The city has fallen, he said! Last one."
    start = body.index("has fallen")
    text, begin = around(body, [Span("cue", start, start + 10, "has fallen")])
    assert text == "The city has fallen, he said!"
    assert body[begin:].startswith(text)
    assert around(body, [])[0] == body
    long = "word " * 600
    cut_text, at = around(long, [Span("cue", 2000, 2004, "word")])
    assert len(cut_text) <= 700
    assert at <= 2000 < at + len(cut_text)
