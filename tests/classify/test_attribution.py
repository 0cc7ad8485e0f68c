"""Who says a stretch of text: role, side, witness, agency, place; and who speaks where statements nest."""

from __future__ import annotations

import pytest

from sitmon.area import Area
from sitmon.classify.attribution import Attributor, Statement, speaker_at
from sitmon.classify.text import read
from sitmon.model.item import Item


def statements(attributor: Attributor, text: str) -> tuple[Statement, ...]:
    return attributor.statements(read(text))


@pytest.mark.parametrize(
    ("text", "speaker", "role_id", "side", "witness"),
    [
        (
            "The city has fallen, Amruddin Hamid, a member of the Kunduz provincial council, said.",
            "Amruddin Hamid", "provincial_council", "government", False,
        ),
        ("The city has fallen, a resident said.", None, "resident", "civilian", True),
        ("The city has fallen, an AFP correspondent said.", None, "correspondent", "media", True),
        (
            "The city has fallen, Taliban spokesman Qadir Baryal said.",
            "Qadir Baryal", "insurgent_commander", "insurgent", False,
        ),
        ("The city has fallen, a Taliban commander said.", None, "insurgent_commander", "insurgent", False),
        ("The city has fallen, the defence ministry said.", "defence ministry", None, "government", False),
        ("The city has fallen, Zabihullah Mujahied said.", "Zabihullah Mujahid", None, "insurgent", False),
        (
            "The city has fallen, said Col. Rafael Moreno, a U.S. Central Command spokesman.",
            "Rafael Moreno", "spokesman", "foreign", False,
        ),
        ("The city has fallen, according to the United Nations.", "United Nations", None, "international", False),
        ("The city has fallen, tribal elders said.", None, "elder", "civilian", True),
        ("The city has fallen, Karim Daud said.", "Karim Daud", None, None, False),
        ("The ministry denied the city has fallen.", "ministry", None, None, False),
        ("Karim Daud claimed the city has fallen.", "Karim Daud", None, None, False),
    ],
)  # fmt: skip
def test_who_and_for_whom(
    attributor: Attributor, text: str, speaker: str | None, role_id: str | None, side: str | None, witness: bool
) -> None:
    (told,) = statements(attributor, text)
    assert text[told.start : told.end].lower() == "the city has fallen"
    assert (told.speaker, told.side, told.witness) == (speaker, side, witness)
    if role_id is not None:
        assert told.role_id == role_id


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry said that the city had fallen.", "say"),
        ("The ministry claimed that the city had fallen.", "claim"),
        ("The ministry admitted that the city had fallen.", "admit"),
        ("The ministry denied that the city had fallen.", "deny"),
        ("The ministry vowed that the city would be retaken.", "vow"),
        ("The ministry warned that the city could fall.", "warn"),
    ],
)
def test_stances(attributor: Attributor, text: str, stance: str) -> None:
    (told,) = statements(attributor, text)
    assert told.stance == stance


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Karim Daud told AFP that the city had fallen.", "AFP"),
        ("The city has fallen, Karim Daud told Reuters by phone.", "Reuters"),
        ("AFP quoted Karim Daud as saying that the city had fallen.", "AFP"),
        ("AFP, citing a security source, reported that the city had fallen.", "AFP"),
        ("An AFP correspondent said that the city had fallen.", "AFP"),
        ("Reuters reported that the city had fallen.", "Reuters"),
        ("Karim Daud said that the city had fallen.", None),
    ],
)
def test_the_agency_that_carries_it(attributor: Attributor, text: str, agency: str | None) -> None:
    (told,) = statements(attributor, text)
    assert told.agency == agency


def test_the_place_of_a_role(attributor: Attributor) -> None:
    (told,) = statements(
        attributor, "The road is cut, Amruddin Hamid, a member of the Kunduz provincial council, said."
    )
    assert told.voice.place == "AF-KDZ"


def test_a_surname_and_a_pronoun_keep_name_role_and_side(attributor: Attributor) -> None:
    told = statements(
        attributor,
        "The pilot had moved house, the force's commander, Latif Murad, told Reuters. "
        "He had two sons, Murad added. He said the war would go on.",
    )
    assert {s.speaker for s in told} == {"Latif Murad"}
    assert len(told) == 3


def test_the_innermost_statement_speaks(attributor: Attributor, area: Area) -> None:
    text = 'Fighting in the city. The governor says "we hold the airport and the base".'
    doc = read(text)
    item = Item(id="1", source="posts", text=text, kind="post", author="Zabehulah_M33")
    told = attributor.statements(doc, attributor.author(item))
    inside, outside = text.index("airport"), text.index("Fighting")
    inner, outer = speaker_at(told, inside, inside + 7), speaker_at(told, outside, outside + 8)
    assert inner is not None
    assert outer is not None
    assert (inner.role, outer.speaker) == ("governor", "Zabihullah Mujahid")


def test_the_writer_speaks_where_nobody_is_said_to(attributor: Attributor) -> None:
    text = "The city fell on Friday. Officials said the airport was held."
    told = statements(attributor, text)
    assert speaker_at(told, 0, 8) is None
    assert speaker_at(told, text.index("airport"), text.index("airport") + 7) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The attack claimed three lives.",
        "The group claimed responsibility for the attack.",
        "Fighting was reported in the city.",
        "The city is said to be calm.",
        "There were reports of fighting.",
        "The minister denied access to reporters.",
        "He called his brother.",
        "The army announced a new commander.",
        "The ministry rejected a plan that would close the road.",
        "Officials announced the opening of a school for girls in Bamyan.",
    ],
)
def test_words_of_saying_that_say_nothing(attributor: Attributor, text: str) -> None:
    assert statements(attributor, text) == ()


@pytest.mark.parametrize(
    ("item", "name", "side"),
    [
        (Item(id="1", source="s", text="", kind="post", author="zabehulah_m33"), "Zabihullah Mujahid", "insurgent"),
        (Item(id="1", source="s", text="", kind="post", author="x", side="government"), "x", "government"),
        (Item(id="1", source="s", text="", kind="post", author="x", side="media"), None, None),
        (Item(id="1", source="s", text="", kind="post", author="x", side="civilian"), None, None),
        (Item(id="1", source="s", text="", kind="post", author="x"), None, None),
        (Item(id="1", source="s", text="", kind="article", author="x", side="government"), None, None),
    ],
)
def test_whose_post_it_is(attributor: Attributor, item: Item, name: str | None, side: str | None) -> None:
    voice = attributor.author(item)
    assert (voice.name if voice else None, voice.side if voice else None) == (name, side)


def test_an_english_article_with_a_pashto_paragraph_is_read_in_both(attributor: Attributor) -> None:
    text = "Officials said the city was calm.\n\nځايي چارواکي وايي چې لس سرتېري ووژل شول."
    assert [s.side for s in statements(attributor, text)] == [None, "government"] or len(
        statements(attributor, text)
    ) == 2
