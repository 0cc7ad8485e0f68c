"""A text in, the language that it is most likely written in out: a hint, never a gate.

It must not be trusted with two words: a headline of names alone is undecidable, so every language's cues are tried
whatever the hint says. Script first, then letters that only one language has, then function words.

Told apart are en, ps, prs (Dari and Persian alike: their spelling does not differ), ar, ur and ru; any other Latin
text is "en" only where English function words stand in it, else "und".
"""

from __future__ import annotations

import re
from typing import Final

_LATIN: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_WORD: Final = re.compile(r"[؀-ۿݐ-ݿ\u200c]+")
_NOISE: Final = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S*|@\w+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_ROMAN: Final = re.compile(r"[A-Za-z]")

# Letters that one of the languages alone writes, weighed by how sure they make it.
_LETTERS: Final[dict[str, tuple[str, float]]] = {
    **dict.fromkeys("ټډړږښڼځڅ", ("ps", 3.0)),
    **dict.fromkeys("ېۍ", ("ps", 2.5)),
    "ګ": ("ps", 2.5),
    "ئ": ("ps", 0.2),
    **dict.fromkeys("ٹڈڑ", ("ur", 3.0)),
    **dict.fromkeys("ےں", ("ur", 3.0)),
    **dict.fromkeys("ھہۂ", ("ur", 2.0)),
    **dict.fromkeys("ةىأإ", ("ar", 2.0)),
    "ك": ("ar", 0.4),
    "ي": ("ar", 0.3),
    "ٱ": ("ar", 1.0),
    "ی": ("prs", 0.2),
    "ک": ("prs", 0.2),
    **dict.fromkeys("پچژگ", ("prs", 0.3)),
}
_TELLING: Final = frozenset(_LETTERS)
_FUNCTION: Final[dict[str, str]] = {
    "ps": "د په کې کښې چې له او ته سره دي وي شوي شول شوه شو کړي کړل کړه وکړ وکړه وشول یې هم نه دې "
    "دا پر تر باندې لپاره وايي وویل ویلي خو يو یو سیمه ولسوالۍ ولایت ونیول نیولې ونیوله لاسته "
    "خپل خپله هغه زموږ مو موږ دوی ښار نن پرون بیا وه ول وو سو سوه سول کيږي کېږي غواړي لري "
    "نشته شته ددې دغه کوي ترسره شهیدان وژل وژلي ټپيان وروسته مخکې اوس",
    "prs": "در به از که را این آن است با برای شد شده کرد کرده می های ها بود  نیز هم تا بر یک وی خود "
    "اند شدند کردند گفت گفته  شان باید نمی آنها آنان ولایت ولسوالی شهر امروز دیروز پس پیش اما "
    "اگر دیگر هیچ چند همه روی زیر بین توسط خواهد اعلام داد داده دارد دارند ندارد باشد ولی یا",
    "ar": "في من على إلى الى عن أن ان التي الذي هذا هذه كان كانت قد بعد قبل مع ما لا لم لن هو هي "
    "بين عند حتى كل ذلك منذ أي أو او ثم قال وقال إن خلال ضد اليوم",
    "ur": "کے کی کا میں ہے نے سے کو پر ہیں اور یہ وہ کہ گیا گئے گئی تھا تھے تھی بھی کر کیا ہو ہوا "
    "ہوئے جو ایک اس ان تک لیے نہیں رہا رہے کرنے والے والی ہوگا ساتھ بعد",
    "en": "the of and to in a is was are for on that with by as at from has have be been it its "
    "this after an said says were their not his who will over more than but they he she you "
    "we i or no into us our my your",
    "ru": "и в на не что с по как из за от",
}
_WORDS: Final[dict[str, dict[str, float]]] = {}
for _lang in ("ps", "prs", "ar", "ur"):
    for _word in _FUNCTION[_lang].split():
        _WORDS.setdefault(_word, {})[_lang] = 1.0
for _shares in _WORDS.values():
    for _lang in _shares:
        _shares[_lang] = 1.0 / len(_shares) ** 2
_PERSIAN_LETTERS: Final = str.maketrans("يك", "یک")
"""Dari is often typed with the Arabic forms of two letters."""
_ENGLISH: Final = frozenset(_FUNCTION["en"].split())
_OTHER_SCRIPT: Final = re.compile("[\u0370-\u1fff\ufb50-\ufdff\ufe70-\ufefc]")
_FOREIGN_LATIN: Final = re.compile("[\u00c0-\u024f]")
"""Latin letters that English does not write; a hashtag in another script says nothing."""
_OBLIQUE: Final = re.compile(r"\w{2}(?:انو|ونو|ونه)(?![؀-ۿ\u200c])")
"""How Pashto nouns in the plural end, where nothing else in a headline tells it from Dari."""
_ENOUGH: Final = 600
"""Characters that are read: a language shows in its first lines."""


def detect(text: str) -> str:
    """Return the language of a text: en, ps, prs, ar, ur, ru, or "und" where nothing says."""
    head = text[:_ENOUGH]
    if head.isascii():
        return "en" if _ROMAN.search(head) else "und"
    head = _NOISE.sub(" ", head)
    if _OTHER_SCRIPT.search(head) is None and _FOREIGN_LATIN.search(head) is None:
        return "en" if _ROMAN.search(head) else "und"  # English with a dash, a curly mark or a picture
    arabic, roman, cyrillic = (len(p.findall(head)) for p in (_ARABIC, _ROMAN, _CYRILLIC))
    if cyrillic > max(arabic, roman):
        return "ru"
    if roman > arabic:
        return _latin(head)
    if not arabic:
        return "und"
    return _arabic(head)


def is_latin(text: str) -> bool:
    """Whether a text has no letter of another script than Latin, so that other languages' words cannot be in it."""
    return text.isascii() or _OTHER_SCRIPT.search(text) is None


def _latin(head: str) -> str:
    """Return "en" where English stands in Latin letters: function words, or plain letters only (headlines)."""
    words = _LATIN.findall(head.lower())
    if not words:
        return "und"
    hits = sum(word in _ENGLISH for word in words)
    if hits * 12 >= len(words):
        return "en"
    return "und" if _FOREIGN_LATIN.search(head) else "en"


def _arabic(head: str) -> str:
    """Return the language of a text in Arabic script."""
    scores = {"ps": 0.0, "prs": 0.0, "ar": 0.0, "ur": 0.0}
    for char in _TELLING.intersection(head):
        lang, weight = _LETTERS[char]
        scores[lang] += weight * head.count(char)
    words = _WORD.findall(head)
    retyped = not scores["ps"] and ("ي" in head or "ك" in head)
    for word in words:
        shares = _WORDS.get(word)
        if shares is None and retyped and not scores["ps"]:
            shares = _WORDS.get(word.translate(_PERSIAN_LETTERS))
        if shares is not None:
            for lang, share in shares.items():
                scores[lang] += 1.5 * share
    if "ال" in head or "\u200c" in head:
        for word in words:
            if word.startswith("ال") and len(word) > 4:
                scores["ar"] += 0.5
            elif word.endswith("\u200cها") or word.startswith("می\u200c"):
                scores["prs"] += 1.5
            elif "\u200c" in word:
                scores["prs"] += 0.8
    if not scores["ps"] and _OBLIQUE.search(head):
        scores["ps"] = 1.0
    return max(scores, key=lambda lang: (scores[lang], lang == "prs"))
