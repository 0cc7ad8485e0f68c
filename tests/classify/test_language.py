"""The language of short posts, told by script, letters and function words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sitmon.classify.language import detect

TEXTS = {
    "ps": [
        "طالبانو کندز ښار ونیوه",
        "په هلمند کې سختې جګړې روانې دي",
        "د کندهار هوايي ډګر بند شو",
        "لښکرګاه سقوط وکړ",
        "دفاع وزارت وايي چې برید په شا وتمبول شو",
        "په چاودنه کې پنځه کسان ووژل شول",
        "زرنج ښار د طالبانو لاس ته ورغی",
    ],
    "prs": [
        "طالبان شهر قندوز را تصرف کردند",
        "در هلمند جنگ شدید جریان دارد",
        "فرودگاه قندهار بسته شد",
        "وزارت دفاع می‌گوید حمله طالبان عقب زده شد",
        "در این انفجار پنج تن کشته شدند",
        "زرنج به دست طالبان افتاد",
    ],
    "ar": [
        "سيطرت حركة طالبان على مدينة قندوز",
        "معارك عنيفة في هلمند",
        "وزارة الدفاع الأفغانية تنفي سقوط المدينة",
        "سقطت زرنج بيد طالبان دون قتال",
    ],
    "ur": [
        "طالبان نے قندوز پر قبضہ کر لیا",
        "ہلمند میں شدید لڑائی جاری ہے",
        "افغان وزارت دفاع نے تردید کر دی",
    ],
    "en": ["Kunduz falls to Taliban", "BREAKING: Zaranj captured @someone https://t.co/x", "“Kunduz” isn’t lost – yet"],
    "ru": ["Талибы захватили Кундуз", "Взрыв в Кабуле"],
    "und": ["", "12:40", "👍👍"],
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in TEXTS.items() for text in texts])
def test_detect(lang: str, text: str) -> None:
    assert detect(text) == lang


SHORT = {
    "ar": [
        "انفجار قوي يهز العاصمة كابل",
        "قتلى وجرحى في هجوم انتحاري",
        "طالبان تعلن السيطرة على هرات",
        "القوات الحكومية تنسحب من المدينة",
        "اشتباكات عنيفة بين الجيش وطالبان",
        "مقتل خمسة جنود في انفجار لغم",
        "الرئيس الأفغاني يغادر البلاد",
        "سقوط قندهار بيد طالبان",
        "الأمم المتحدة تدعو لوقف إطلاق النار",
        "نزوح آلاف العائلات",
        "غارات أمريكية على مواقع طالبان",
        "طالبان: لم نهاجم المطار",
        "المتحدث باسم طالبان ينفي",
        "قصف مدفعي على لشكركاه",
        "كابل هادئة اليوم",
    ],
    "ur": [
        "طالبان نے ہرات پر قبضہ کر لیا",
        "کابل میں زور دار دھماکہ",
        "خودکش حملے میں پانچ افراد ہلاک",
        "افغان فوج نے حملہ پسپا کر دیا",
        "قندھار میں لڑائی جاری",
        "صدر اشرف غنی ملک چھوڑ گئے",
        "اقوام متحدہ نے جنگ بندی کا مطالبہ کیا",
        "ہزاروں خاندان بے گھر",
        "طالبان ترجمان کی تردید",
        "جلال آباد میں احتجاج",
        "پانچ فوجی مارے گئے",
        "غزنی بھی گیا",
        "افغانستان کی صورتحال خراب",
        "شہر خالی ہو رہا ہے",
        "امریکی فضائی حملہ",
    ],
    "ps": [
        "کندز ونیول شو",
        "هرات ازاد شو",
        "ننګرهار کې چاودنه",
        "طالبان ښار ته ننوتل",
        "زموږ ملت سوله غواړي",
        "پنځه تنه شهیدان شول",
        "جګړه روانه ده",
        "مجاهدین پرمخ ځي",
        "کندهار کې برید",
        "غزني سقوط",
        "د کابل هوايي ډګر",
        "برید په شا وتمبول شو",
        "تالقان هم ونیول شو",
        "خبر تایید شو",
        "په بلخ کې",
    ],
    "prs": [
        "قندوز سقوط کرد",
        "هرات آزاد شد",
        "انفجار در ننگرهار",
        "طالبان وارد شهر شدند",
        "مردم ما صلح می‌خواهند",
        "پنج تن شهید شدند",
        "جنگ جریان دارد",
        "درگیری در غزنی",
        "حمله بر قندهار",
        "سقوط غزنی",
        "میدان هوایی کابل",
        "حمله دفع شد",
        "تالقان هم سقوط کرد",
        "این خبر تأیید شد",
        "در بلخ",
    ],
    "ru": [
        "Талибы вошли в Кабул",
        "Взрыв у аэропорта",
        "Бои за Герат",
        "Армия отступает",
        "Губернатор сдался",
    ],
    "en": [
        "Herat has fallen",
        "Heavy fighting in Ghazni",
        "Breaking",
        "Explosion near airport",
        "We are safe",
        "Taliban deny",
    ],
}
"""Posts of two to five words."""


def test_posts_of_a_few_words_are_told_apart() -> None:
    """At least 97 in 100: two words that three languages write alike are anybody's."""
    pairs = [(lang, text) for lang, texts in SHORT.items() for text in texts]
    wrong = [(lang, text) for lang, text in pairs if detect(text) != lang]
    assert len(wrong) <= 0.03 * len(pairs), wrong


POSTS = tomllib.loads((Path(__file__).parents[1] / "data" / "languages.toml").read_text(encoding="utf-8"))


def test_short_posts_are_told_apart() -> None:
    """Figures over posts that are too short for each to be decidable: as many as may go wrong, and no more."""
    posts = [(lang, text) for lang, texts in POSTS.items() if lang != "mixed" for text in texts]
    posts += [(lang, text) for lang, text in POSTS["mixed"]]
    assert len(posts) >= 150
    wrong = [(lang, detect(text), text) for lang, text in posts if detect(text) != lang]
    assert len(wrong) <= len(posts) * 0.02, wrong


@pytest.mark.parametrize("lang", ["en", "ps", "prs", "ar", "ur"])
def test_no_language_is_told_worse_than_the_others(lang: str) -> None:
    texts = POSTS[lang]
    assert len(texts) >= 20
    assert sum(detect(text) == lang for text in texts) >= len(texts) - 1


@pytest.mark.parametrize("text", ["يك دكاندار از شهر براي ما نوشت", "ولسوالي كرخ در نتيجه عمليات كوماندو آزاد شد"])
def test_dari_typed_with_arabic_letters_is_dari(text: str) -> None:
    assert detect(text) == "prs"
