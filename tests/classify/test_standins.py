"""Whose word a claim rests on where a group's possessive or generic name speaks, and who has a place no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]
Told = tuple[str, str, str | None, str | None]
"""Event type, modality, basis and the side that says so."""
CLAIMED = ("captured", "actual", "claimed", "insurgent")
RETAKEN = ("retaken", "actual", "claimed", "government")
CONCEDED = ("captured", "actual", "conceded", "government")
DENIED = ("captured", "negated", "denied", "government")


def told(verdict: Verdict) -> list[Told]:
    """Return what is told of territory."""
    return [
        (r.event_type, r.modality, r.basis, r.source_side)
        for r in verdict.reports
        if r.event_type in ("captured", "retaken", "handed_over")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Taliban have captured Zaranj, their spokesman said on Sunday.", CLAIMED),
        ("Zaranj has fallen to the Taliban, the group said in a statement.", CLAIMED),
        ("Taliban fighters overran Zaranj, a spokesman for the movement told journalists by telephone.", CLAIMED),
        ("Aybak fell to the Taliban on Monday, it said in a statement.", CLAIMED),
        ("The Taliban have taken Aybak, according to their spokesman.", CLAIMED),
        ("According to their spokesman, the Taliban captured Aybak.", CLAIMED),
        ("Taliban fighters entered Aybak. A spokesman for the group said the city had been captured.", CLAIMED),
        ("The Taliban captured Aybak from the army, their spokesman said.", CLAIMED),
        ("Afghan commandos recaptured Kaldar district from the Taliban, their spokesman said.", RETAKEN),
        ("The army said it had retaken Nad Ali. Its spokesman added that Nad Ali was recaptured at dawn.", RETAKEN),
        ("طالبان شهر زرنج را تصرف کردند، سخنگوی شان گفت.", CLAIMED),
        ("شهر زرنج به دست طالبان سقوط کرد. این گروه در اعلامیه‌ای گفت که شهر را تصرف کرده است.", CLAIMED),
        ("اردو ولسوالی نادعلی را پس گرفت، سخنگوی آن گفت.", RETAKEN),
        ("طالبانو زرنج ونیو، ویاند یې وویل.", CLAIMED),
        ("طالبانو زرنج ونیو. د دې ډلې ویاند وویل چې ښار یې نیولی دی.", CLAIMED),
    ],
)
def test_a_groups_possessive_or_generic_name_stands_for_the_party_named_last(
    read: Read, text: str, expected: Told
) -> None:
    assert expected in told(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban captured Aybak, a rights group said.",
        "The army was driven out of Aybak by the Taliban, their spokesman said.",
        "Human Rights Watch said the Taliban captured Aybak. The group said dozens were detained.",
        "A charity said the Taliban captured Aybak. Its spokesman said the city was calm.",
        "Residents said the Taliban captured Aybak, and their elders said the bazaar was shut.",
        "طالبان شهر زرنج را گرفتند، باشندگان و بزرگان شان گفتند.",
    ],
)
def test_another_group_or_an_unclear_one_is_no_party(read: Read, text: str) -> None:
    verdict = read(text)
    assert told(verdict)
    assert all(side not in ("insurgent", "government") for *_, side in told(verdict))
    assert all(q.side not in ("insurgent", "government") for q in verdict.quotes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("فرمانده پولیس نیمروز پذیرفت که زرنج دیگر در اختیار ما نیست.", CONCEDED),
        ("یک فرمانده ارتش تایید کرد که لشکرگاه دیگر در دست دولت نیست.", CONCEDED),
        ("دولت دیگر بر لشکرگاه کنترول ندارد، یک عضو شورای ولایتی گفت.", CONCEDED),
        ("والي ومنله چې لښکرګاه نور د حکومت په لاس کې نه دی.", CONCEDED),
        ("مونږ نور په پلخمري کې کنټرول نه لرو، د بغلان امنیه قوماندان ومنله.", CONCEDED),
        ("We are no longer in control of Aybak, the police chief admitted.", CONCEDED),
        ("سخنگوی اردو گفت نادعلی دیگر در دست طالبان نیست.", RETAKEN),
        ("یک فرمانده طالبان گفت که نادعلی دیگر در دست ما نیست.", ("retaken", "actual", "conceded", "insurgent")),
        ("د اردو ویاند وویل چې نادعلي نور د طالبانو په کنټرول کې نه ده.", RETAKEN),
        ("والی گفت که لشکرگاه در دست طالبان نیست.", DENIED),
        ("یک ولسوالی دیگر در دست طالبان نیست، والی فراه گفت.", DENIED),
        ("د هلمند والي وویل لښکرګاه د طالبانو په لاس کې نه دی.", DENIED),
    ],
)
def test_who_has_a_place_no_longer_has_lost_it(read: Read, text: str, expected: Told) -> None:
    assert told(read(text)) == [expected]


def test_who_never_had_control_has_lost_nothing(read: Read) -> None:
    assert told(read("دولت بر لشکرگاه کنترول ندارد.")) == []
