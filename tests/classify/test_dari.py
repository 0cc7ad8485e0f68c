"""Dari and Persian by construction: light verbs, passives, nouns without a verb, and what a place's name does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]


@pytest.mark.parametrize(
    ("text", "types", "why"),
    [
        ("طالبان فراه را گرفتند.", ("captured",), "the shortest form"),
        ("فراه را طالبان گرفتند.", ("captured",), "the object first"),
        ("فراه از سوی طالبان گرفته شد.", ("captured",), "passive"),
        ("فراه به دست طالبان افتاد.", ("captured",), "fell into the hands of"),
        ("لشکرگاه در چنگ طالبان", ("captured",), "a headline without a verb"),
        ("پرچم طالبان بر فراز مقام ولایت بلخ به اهتزاز درآمد.", ("captured",), "a flag over an office"),
        ("مردم در خوست پرچم سه‌رنگ را برافراشتند.", ("protest",), "a crowd's flag"),
        ("پولیس دوباره ولسوالی کرخ را تصرف کرد.", ("retaken",), "again, apart from its verb"),
        ("طالبان نیروهای دوستم را از شبرغان بیرون کردند.", ("captured",), "who drives whom out"),
        ("آلمان شهروندان خود را از کابل بیرون کرد.", ("other", "evacuation"), "people taken out are no capture"),
        ("طالبان در کندز تصمیم گرفتند.", (), "a light verb: a decision is taken"),
        ("طالبان هفت سرباز را در غور اسیر گرفتند.", ("arrest",), "men, not a town"),
        ("ولسوالی کرخ سه روز است که در کنترول طالبان است.", ("captured",), "a clause split by that"),
        ("سربازان در دولینه غور سلاح‌های خود را به طالبان سپردند.", ("change_to_group", "surrender"), "weapons"),
        ("طالبان بر شهر فراه مسلط شدند.", ("captured",), "what is mastered is marked by 'on'"),
        ("نیروهای دولتی بر شهر فراه تسلط یافتند.", ("retaken",), "the same, by the forces"),
        ("طالبان وارد شهر فراه شدند.", ("captured",), "a verb in two halves around its place"),
        ("هیات طالبان وارد شهر کابل شد.", (), "a delegation enters, and takes nothing"),
        ("طالبان فراه را که مرکز ولایت است، دیشب گرفتند.", ("captured",), "a clause that only describes"),
        (
            "پولیس ولسوالی کرخ را که دو هفته در دست طالبان بود، پس گرفتند.",
            ("retaken",),
            "who held it in such a clause is not who took it",
        ),
        ("پولیس هرات چهل کیلوگرام تریاک را به دست آورد.", (), "what is marked as the object is no place"),
        ("ولسوالی کرخ دوباره به کنترول دولت برگشت.", ("retaken",), "it came back"),
        ("جنگجویان محلی ولسوالی کرخ را از طالبان پس گرفتند.", ("retaken",), "fighters who are not the losers"),
        ("ولسوالی کرخ تصرف شده است.", ("captured",), "a participle with its auxiliary is a verb"),
        ("آب شهر فراه را گرفت.", (), "a flood takes a town, and nobody does"),
        ("باغ‌های انار ولسوالی دند را طالبان در دست گرفتند.", (), "the orchards of a district"),
        ("شهرداری کابل را از زباله پاک کرد.", (), "a town is cleaned of its rubbish"),
        ("پولیس شهر هرات را از دزدان پاک کرد.", (), "cleared of thieves"),
        ("طالبان راه شهر قندوز را گرفتند.", (), "a town's road is taken"),
        ("طالبان جلو مردم شهر قندوز را گرفتند.", (), "a town's people are held up"),
        ("طالبان کلید شهر قندوز را گرفتند.", (), "a town's key"),
        ("بازار ارز کابل سقوط کرد.", (), "a town's exchange falls"),
        ("طالبان وارد شهر قندوز شدند اما دوباره بیرون رانده شدند.", (), "entered, and driven out again"),
        ("بیست باشنده هرات در دست طالبان‌اند.", (), "people in their hands"),
        ("نیروهای امنیتی جلو سقوط شهر قندهار را گرفتند.", (), "a fall that was stopped"),
        ("دلایل سقوط کابل چه بود؟", (), "a fall that is only spoken of"),
        ("شبرغان افتاد به دست طالبان.", ("captured",), "spoken order"),
    ],
)
def test_who_does_what(read: Read, text: str, types: tuple[str, ...], why: str) -> None:
    assert read(text).event_types == types, why


@pytest.mark.parametrize(
    ("text", "modality", "why"),
    [
        ("طالبان هرات را گرفته‌اند.", "actual", "perfect"),
        ("طالبان هرات را خواهند گرفت.", "planned", "future"),
        ("اگر طالبان هرات را بگیرند، مردم فرار می‌کنند.", "hypothetical", "if"),
        ("طالبان هرات را نگرفته‌اند.", "negated", "the negation before the verb"),
        ("طالبان در تصرف هرات ناکام ماندند.", "negated", "failed"),
        ("طالبان هرگز هرات را نخواهند گرفت.", "negated", "never will"),
        ("طالبان نتوانستند هرات را بگیرند.", "negated", "could not"),
        ("طالبان هرات را گرفته بودند.", "historical", "past perfect"),
        ("طالبان پس از تصرف هرات جلسه کردند.", "historical", "after the capture"),
        ("گزارش‌هایی از سقوط هرات وجود دارد.", "hedged", "reports of"),
        ("طالبان هرات را تصرف کرده بودند.", "historical", "past perfect of a light verb"),
        ("منابع هشدار می‌دهند که طالبان هرات را تصرف خواهند کرد.", "planned", "warned of what others mean to do"),
    ],
)
def test_how_it_is_said(read: Read, text: str, modality: str, why: str) -> None:
    found = [r.modality for r in read(text).reports if r.event_type == "captured"]
    assert found == [modality], why


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("والی قندهار: شهر قندهار سقوط نکرده است.", "denied"),
        ("سخنگوی طالبان گفت که آنان ولسوالی چخانسور را از دست داده‌اند.", "conceded"),
    ],
)
def test_on_whose_word(read: Read, text: str, basis: str) -> None:
    assert [r.basis for r in read(text).reports] == [basis]


def test_a_comma_before_that_makes_no_condition(read: Read) -> None:
    """The Dari "that" is written like the Pashto "if"."""
    verdict = read("شهر فراه، که مرکز ولایت است، به دست طالبان افتاد.")
    assert [r.modality for r in verdict.reports] == ["actual"]


@pytest.mark.parametrize(
    ("text", "provinces", "why"),
    [
        ("در شاهراه کابل - قندهار در ولایت زابل انفجاری رخ داد.", ("AF-ZAB",), "a road's ends"),
        ("در مسیر قندهار - سپین‌بولدک انفجاری رخ داد.", ("AF-KAN",), "a road that never leaves the province"),
        ("کابل - خبرگزاری باختر: در زابل انفجاری رخ داد.", ("AF-ZAB",), "a dateline with its agency"),
        ("هرات، ۱۷ اسد: در فراه انفجاری رخ داد.", ("AF-FRA",), "a dateline with its date"),
        ("#هرات: در شهر انفجاری رخ داد.", ("AF-HER",), "a topic, no dateline"),
        ("سربازان قول اردوی ۲۰۵ اتل قندهار در قلات سه طالب را کشتند.", ("AF-ZAB",), "a corps' name"),
        ("رییس پیشین کابل بانک در نیمروز بازداشت شد.", ("AF-NIM",), "a bank's name"),
        ("جوانی از لوگر در ترکیه کشته شد.", (), "where he came from"),
        ("سه راننده از گلران هرات ربوده شدند.", ("AF-HER",), "from where they were taken is where it happened"),
        ("غزنی، ۱۵۰ کیلومتری جنوب کابل، سقوط کرد.", ("AF-GHA",), "a distance"),
        ("فراه سقوط کرد، ولی زرنج همچنان مقاومت می‌کند.", ("AF-FRA",), "what is held still"),
        ("واشنگتن از کابل خواست که اصلاحات بیاورد.", (), "capitals as governments"),
        ("بزرگان پنجشیر در چاریکار بر سر آتش‌بس توافق کردند.", ("AF-PAR",), "whose elders, and where"),
        ("والی قندهار: شهر سقوط نکرده است.", ("AF-KAN",), "the town of the governor who is cited"),
        ("در سنگین‌ترین جنگ سال ده تن کشته شدند.", (), "'the heaviest' is no place"),
        ("دکان‌ها در سنگین تاراج شد.", ("AF-HEL",), "in X, and nothing that X could describe"),
        ("در دره نرنگ کنر جنگ جریان دارد.", ("AF-KNR",), "'the valley' is no district"),
    ],
)
def test_what_a_name_does(read: Read, text: str, provinces: tuple[str, ...], why: str) -> None:
    assert read(text).provinces == provinces, why


@pytest.mark.parametrize(
    ("text", "killed", "why"),
    [
        ("کشته شدن ۸۱ طالب در لغمان", 81, "a noun of killing"),
        ("پیکر سر بریده سه ریش‌سفید در اچین پیدا شد.", 3, "a participle before its people"),
        ("در بغلان ۱۲ تن به شمول شش زن و سه کودک کشته شدند.", 12, "parts joined by and"),
        ("مردی در نجراب بر اثر انفجار ماین جان داد.", 1, "the verb says that it was one"),
        ("چهار عضو خانواده‌اش در خوست کشته شدند.", 4, "members of a family are people"),
        ("کریم با پنج تن از محافظانش در فاریاب کشته شد.", 6, "somebody named, with people of his"),
        ("کریم له خپلو پنځو ساتونکو سره په غزني کې ووژل شو.", 6, "the same in Pashto"),
        ("کریم با پنج تن از سربازان ارتش در فاریاب درگیر شد و کشته شد.", 1, "people who are not his"),
    ],
)
def test_whom_harm_befell(read: Read, text: str, killed: int, why: str) -> None:
    assert max((r.killed.best or 0 for r in read(text).reports if r.killed), default=0) == killed, why
