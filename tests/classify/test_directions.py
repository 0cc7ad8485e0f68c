"""Who takes a place from whom, in many constructions, each told of both sides: which way it goes must follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

WAYS = [
    "{W} captured {P} from {L} on Sunday.",
    "{W} have seized {P}, driving out {L}.",
    "{W} drove {L} from {P} on Monday.",
    "{L} were pushed out of {P} by {W} after a day of fighting.",
    "{P} was seized from {L} by {W}.",
    "{P}, which {L} had held for a month, was captured by {W}.",
    "{P}, held by {L} since May, fell to {W} on Friday.",
    "{P}, a stronghold of {L}, was captured by {W}.",
    "{P} has come under the control of {W}.",
    "{P} is now in the hands of {W}.",
    "The seizure of {P} by {W} from {L} came at dawn.",
    "{W} wrested control of {P} from {L}.",
    "{L} have lost control of {P} to {W}.",
    "{L} who had captured {P} were driven out by {W} on Monday.",
    "{W} expelled {L} who had taken {P} last week.",
    "{W} defeated {L} in {P} and are now in control of it.",
    "{W} beat {L} and took {P}.",
    "{W} surrounded {L} and then captured {P}.",
    "{W} fought {L} for two days before taking {P}.",
    "{P} slipped from the hands of {L} into those of {W}.",
    "Control of {P} passed from {L} to {W}.",
    "{W} stormed {P}, killing nine of {L}, and took it.",
    "{L} fled {P} as {W} stormed in and took control.",
    "{W} won control of {P} in fighting with {L}.",
    "{P} was cleared of {L} by {W}.",
    "{W} took back {P}, lost to {L} in June.",
    "{L} were defeated by {W}, who took {P}.",
    "{L} failed to hold {P}, which was taken by {W}.",
    "A counter-attack by {W} against {L} resulted in the capture of {P}.",
    "An offensive of {W} against {L} continues with the capture of {P}.",
    "{W} broke {O} hold on {P}.",
    "{L} no longer hold {P}.",
    "{P} no longer belongs to {L}.",
    "{P} is no longer in the hands of {L}.",
    "{P} is no longer {O}.",
    "{W}, who have been fighting {L} since 2012, seized {P} on Monday.",
    "{P} fell after {W} broke through the lines of {L}.",
    "{P} was lost by {L} to {W}.",
    "{L} had controlled {P} until {W} captured it on Monday.",
    "{W} broke through the lines of {L} and are now in control of {P}.",
    "After a night of shooting {W} were in the bazaar, and the town of {P} was theirs.",
]
GOVERNMENT = (("Afghan troops", "Afghan troops'"), ("the army", "the army's"), ("commandos", "the commandos'"))
INSURGENTS = (("the Taliban", "the Taliban's"), ("insurgents", "the insurgents'"), ("rebel fighters", "the rebels'"))
PLACES = ("Andkhoy", "Musa Qala", "Kahmard")
TABLE = [
    (way, side, n % 3) for n, way in enumerate(WAYS) for side in ("captured", "retaken")
]  # each side with the wording's own parties and place


@pytest.mark.parametrize(("way", "event", "n"), TABLE, ids=[f"{e}: {w}" for w, e, _ in TABLE])
def test_who_takes_it_from_whom(way: str, event: str, n: int, read: Callable[..., Verdict]) -> None:
    winners, losers = (INSURGENTS, GOVERNMENT) if event == "captured" else (GOVERNMENT, INSURGENTS)
    loser, owner = losers[(n + 1) % 3]
    text = way.format(W=winners[n][0], L=loser, O=owner, P=PLACES[n])
    verdict = read(text[0].upper() + text[1:])
    assert {"captured", "retaken"} & set(verdict.event_types) == {event}
    assert any(r.event_type == event and r.place is not None for r in verdict.reports)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Garmsir is ours again, the district governor said.", "retaken"),
        ("Qala-e-Naw is now under them, a teacher said of the Taliban.", "captured"),
        ("Special forces restored the government's hold over the Nijrab valley.", "retaken"),
        ("Special forces overran the main Islamic State base in Achin and took control of the valley.", "retaken"),
        ("Musa Qala fell after the army fled.", "captured"),
        ("The cities that fell at the weekend are Kunduz, Sar-e Pul and Taloqan.", "captured"),
        ("Commandos raised the tricolour over the district office of Bala Murghab.", "retaken"),
        ("Balkhab shook off the Taliban with the help of the police.", "retaken"),
        ("Security forces regained Doshi in Baghlan and Ahmadaba in Paktia, both lost to the Taliban.", "retaken"),
        ("Fighters from the Free Syrian Army captured Jarablus from Islamic State.", "captured"),
        ("Pro-Russian separatists took over the police headquarters in Horlivka.", "captured"),
        ("A coalition of ethnic rebels took the border gate at Chinshwehaw.", "captured"),
        ("Sabari's bazaar, from which the Taliban had ruled, was cleared by the army.", "retaken"),
        ("The district chief has fled from Khas Uruzgan, and the Taliban now run the district.", "captured"),
        ("Sayad district, lost last month, has been won back by the army.", "retaken"),
    ],
)
def test_whose_it_is(text: str, event: str, read: Callable[..., Verdict]) -> None:
    verdict = read(text)
    assert {"captured", "retaken"} & set(verdict.event_types) == {event}


@pytest.mark.parametrize(
    "text",
    [
        "At no time was the airport of Kandahar in Taliban hands, officials said.",
        "Before the Taliban seized Herat, its university had forty thousand students.",
        "The Taliban, who control most of Uruzgan, levy a tax on pomegranates.",
        "The Taliban still control most of the countryside in Helmand.",
        "Life in Musa Qala under Taliban control is quiet, traders say.",
        "Aid has reached the districts retaken by the army in Kunduz, the agency said.",
        "The capture of Kandahar remains the Taliban's aim.",
        "Police arrested a man who had helped the Taliban take Khanabad.",
        "The Taliban killed an officer who had recaptured Andkhoy last week.",
        "Air strikes hit Taliban who had captured a police post in Kandahar, killing twelve.",
        "The hospital of Herat regained power after two days.",
        "The Taliban all but took Ghazni last night.",
        "It is only a matter of time until Sheberghan falls, an officer said.",
        "Soldiers rehearsed the capture of an airfield in Logar.",
        "The last time the Taliban took Ghazni, they stayed for five days.",
        "Residents return to Andkhoy after the Taliban seized it from the army.",
        "Guards regained control of the prison of Herat after a riot of its inmates.",
        "Independent candidates took the town halls of Herat and Kunduz in the local elections.",
        "Solar panels from China have conquered the bazaars of Kabul.",
        "Three teachers of a village school in Adraskan were taken from their car.",
        "It is a lie that the Taliban have taken Sharana, the police said.",
        "The film, shot in Panjshir with villagers as extras, ends with the capture of the fort.",
        "Commandos seized the shadow governor of Baghlan in a night raid.",
    ],
)
def test_what_is_no_change(text: str, read: Callable[..., Verdict]) -> None:
    assert not {"captured", "retaken", "handed_over"} & set(read(text).event_types)
