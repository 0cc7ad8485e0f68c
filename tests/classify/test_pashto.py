"""Pashto by construction: who acts, what is only meant or told as known, and what a place's name does in its clause."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]


@pytest.mark.parametrize(
    ("text", "types", "why"),
    [
        ("فراه د طالبانو شو.", ("captured",), "became the X's"),
        ("د سپین بولدک ښار بیا د حکومت شو.", ("retaken",), "became the government's again"),
        ("طالبانو لښکرګاه ونیوله.", ("captured",), "the ergative: who acts is in the oblique"),
        ("لښکرګاه طالبانو ونیوله.", ("captured",), "the same with the object first"),
        ("پولیسو لښکرګاه له طالبانو ونیوله.", ("retaken",), "the forces take it from them"),
        ("طالبانو د دوستم ځواکونه له شبرغانه وایستل.", ("captured",), "two parties side by side: one drives out"),
        ("سرتېرو طالبان له ایبکه وایستل.", ("retaken",), "the other way round"),
        ("سفارت خپل کارکوونکي له کابله وایستل.", ("other", "evacuation"), "people taken out are no capture"),
        ("پولیسو بېرته د کرخ ولسوالي ونیوله.", ("retaken",), "again, apart from its verb"),
        ("طالبانو بېرته د کرخ ولسوالي ونیوله.", ("captured",), "again, by insurgents"),
        ("طالبانو په غور کې اوه سرتېري بندي یې کړل.", ("arrest",), "a clitic inside the verb"),
        ("د غلا تورن کندهار کې ونیول شو.", ("arrest",), "'in' with its first half left out"),
        ("طالبانو د کندز انجنیر ونیو.", ("arrest",), "the town's engineer, not the town"),
        ("طالبانو د کندز ښار پرون ونیو.", ("captured",), "an adverb is nobody's"),
        ("طالبانو د کندز پر سړک کمین ونیو.", ("clash",), "an ambush is taken, no town"),
        ("طالبانو پر فراه ولکه ټینګه کړه.", ("captured",), "what is mastered is marked by 'on'"),
        ("طالبان د فراه ښار ته ننوتل.", ("captured",), "entered"),
        ("پوځ د غزني لویه لار له ماینونو پاکه کړه.", (), "cleared of mines: nothing went off"),
        (
            "په کابل کې د یوه مامور (چې کلونه یې په هوايي بریدونو کې برخه اخیستې وه) په موټر کې چاودنه وشوه.",
            ("bombing",),
            "what somebody did, in brackets",
        ),
        ("طالبان د کندز ښار ته ننوتل خو بېرته وایستل شول.", (), "entered, and driven out again"),
        ("پولیسو د کرخ ولسوالي له غلو پاکه کړه.", (), "cleared of thieves"),
        ("پولیسو د کندهار ښار سړکونه له خځلو پاک کړل.", (), "cleared of rubbish"),
        ("پولیسو د کرخ ولسوالي له دښمن پاکه کړه.", ("retaken",), "cleared of the enemy"),
        ("د کوکنارو کښت د هلمند په ولایت کې د حکومت له کنټروله وتلی دی.", (), "a crop out of control"),
        ("د طالبانو پلاوی کابل ته ننوت.", (), "a delegation enters, and takes nothing"),
        ("طالبانو فراه تصرف یې کړه.", ("captured",), "a clitic between a noun and its light verb"),
        (
            "د کرخ ولسوالي چې تېره اوونۍ طالبانو نیولې وه، نن سرتېرو بېرته ونیوله.",
            ("retaken",),
            "who held it in a clause that only describes is not who took it",
        ),
        ("د فراه پولیسو ۴۰ میله ټوپک ونیول.", ("weapons_seized",), "the town's police, and a count of things"),
        ("د کرخ ولسوالي د طالبانو له منګولو خلاصه شوه.", ("retaken",), "out of their grip"),
        ("د هرات شل اوسېدونکي د طالبانو په لاس کې دي.", (), "people in their hands"),
        ("د کورونا ناروغۍ د هرات ښار ونیو.", (), "a disease takes a town, and nobody does"),
        ("د کابل د سقوط لاملونه څه وو؟", (), "a fall that is only spoken of"),
        ("والي د هلمند د ښار د امنیت په موخه نوي تدابیر ونیول.", (), "measures are taken"),
        ("طالبان د شبرغان د نیولو لپاره چمتووالی نیسي.", (), "a capture that is a purpose"),
        ("د کابل اتلانو سیالي وګټله او جام یې ونیو.", (), "a cup"),
        ("سېلاب د فراه ولسوالۍ کې ځمکې تر اوبو لاندې کړې.", (), "a flood"),
        ("د فراه د ښار د مزدورانو پوستې ونیول شوې.", ("captured",), "whose posts were taken"),
    ],
)
def test_who_does_what(read: Read, text: str, types: tuple[str, ...], why: str) -> None:
    assert read(text).event_types == types, why


@pytest.mark.parametrize(
    ("text", "modality", "why"),
    [
        ("طالبانو هرات نیولی دی.", "actual", "perfect"),
        ("طالبان به هرات ونیسي.", "planned", "future"),
        ("که طالبان هرات ونیسي، خلک به وتښتي.", "hypothetical", "if"),
        ("طالبانو هرات ونه نیو.", "negated", "the negation inside the verb"),
        ("طالبانو هرات نه دی نیولی.", "negated", "perfect, negated"),
        ("طالبان به هېڅکله هرات ونه نیسي.", "negated", "never will"),
        ("طالبانو هرات نیولی و.", "historical", "past perfect"),
        ("د هرات تر نیولو وروسته طالبانو غونډه وکړه.", "historical", "after the capture"),
        ("ویل کېږي چې هرات سقوط کړی.", "hedged", "it is said"),
    ],
)
def test_how_it_is_said(read: Read, text: str, modality: str, why: str) -> None:
    found = [r.modality for r in read(text).reports if r.event_type == "captured"]
    assert found == [modality], why


@pytest.mark.parametrize(
    ("text", "provinces", "why"),
    [
        ("د کابل - کندهار پر لویه لاره د زابل په سیمه کې چاودنه وشوه.", ("AF-ZAB",), "a road's ends"),
        ("د کندهار - سپین بولدک پر لار چاودنه وشوه.", ("AF-KAN",), "a road that never leaves the province"),
        ("کابل (پژواک): په زابل کې چاودنه وشوه.", ("AF-ZAB",), "a dateline with its agency"),
        ("هرات - ۱۷ اسد: په فراه کې چاودنه وشوه.", ("AF-FRA",), "a dateline with its date"),
        ("د کندهار د قول اردو سرتېرو په هلمند کې درې طالبان ووژل.", ("AF-HEL",), "a corps' name"),
        ("له غزني کډه شوې کورنۍ په کابل کې اوسي.", ("AF-KAB",), "where they come from"),
        ("له تالقان څخه زرګونه کورنۍ کډه شوې.", ("AF-TAK",), "where they leave is where it happens"),
        ("ترینکوټ سقوط وکړ، والي یې کابل ته وتښتېد.", ("AF-URU",), "where he fled to"),
        ("له کابل څخه ۱۵۰ کیلومتره لرې د غزني ښار طالبانو ونیو.", ("AF-GHA",), "a distance"),
        ("فراه طالبانو ونیوه، خو زرنج لا مقاومت کوي.", ("AF-FRA",), "what is held still"),
        ("کابل د اسلام اباد څرګندونې رد کړې.", (), "a capital that speaks"),
        ("په وردګو کې چاودنه وشوه.", ("AF-WAR",), "the plural of a region"),
        ("د غور په شهرک کې جګړه روانه ده.", ("AF-GHO",), "two ordinary words that bear each other out"),
        ("په غور سره مې ولوست.", (), "an ordinary word"),
    ],
)
def test_what_a_name_does(read: Read, text: str, provinces: tuple[str, ...], why: str) -> None:
    assert read(text).provinces == provinces, why


@pytest.mark.parametrize(
    ("text", "killed", "why"),
    [
        ("په هلمند کې یوویشت طالبان ووژل شول.", 21, "twenty-one in one word"),
        ("په هلمند کې پنځه دېرش طالبان ووژل شول.", 35, "thirty-five in two"),
        ("په کندز کې د هاوان مرمۍ د درېو ماشومانو ژوند واخیست.", 3, "lives that a shell took"),
        ("په هرات کې وسله والو یو دوکاندار وواژه.", 1, "one"),
        ("په هرات کې وسله والو د شورا رییسه ووژله.", 1, "the verb says that it was one woman"),
    ],
)
def test_whom_harm_befell(read: Read, text: str, killed: int, why: str) -> None:
    assert max((r.killed.best or 0 for r in read(text).reports if r.killed), default=0) == killed, why
