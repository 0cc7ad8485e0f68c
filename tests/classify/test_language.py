"""The language of short posts, told by script, letters and function words."""

from __future__ import annotations

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
