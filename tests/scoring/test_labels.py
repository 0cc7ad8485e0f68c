"""Labels are read exactly, and a wrong one is named with what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from sitmon.area import Area
from sitmon.scoring import labels
from sitmon.scoring.labels import LabelError


def test_missing_and_null_are_not_labelled_and_empty_is_an_answer(area: Area) -> None:
    found = labels.read({"provinces": [], "event_types": None, "killed": 0}, "x", area)
    assert (found.provinces, found.event_types, found.killed) == ((), None, 0)
    assert (found.wounded, found.quotes, found.reports, found.lang, found.fold) == (None, None, None, None, None)


def test_reports_compare_only_the_keys_that_are_written(area: Area) -> None:
    given = [{"event_type": "bombing", "place": "AF-KAB/kabul", "basis": None}]
    (report,) = labels.read({"reports": given}, "x", area).reports or ()
    assert report.labelled == {"event_type", "place", "basis"}
    assert report.basis is None


def test_tags_may_stand_beside_event_types_and_doubles_count_once(area: Area) -> None:
    found = labels.read({"event_types": ["other", "siege", "other"]}, "x", area)
    assert found.event_types == ("other", "siege")


def test_a_quote_is_direct_unless_it_says_otherwise_and_null_is_the_anonymous(area: Area) -> None:
    body = '"Run," a man said. "Run," said Ali.'
    given = [{"text": "Run,", "speaker": None}, {"text": "Run,"}, {"text": "a man", "kind": "indirect"}]
    one, two, three = labels.read({"quotes": given}, body, area).quotes or ()
    assert (one.kind, one.speaker, one.speaker_labelled) == ("direct", None, True)
    assert not two.speaker_labelled
    assert three.kind == "indirect"


@pytest.mark.parametrize(
    ("record", "message", "close"),
    [
        ({"provinces": "AF-KDZ"}, "provinces: expected a list, found a text", None),
        ({"provinces": ["AF-KZD"]}, "provinces[0]: 'AF-KZD' is not valid", "AF-KDZ"),
        ({"provinces": ["AF-KDZ/kunduz"]}, "is not valid", None),
        ({"event_types": ["captured", "shelled"]}, "event_types[1]: 'shelled' is not valid", "shelling"),
        ({"lang": "dari"}, "lang: 'dari' is not valid; expected en, ps, prs", "prs"),
        ({"lang": "Dari"}, "lang: 'Dari' is not valid", "prs"),
        ({"lang": "Farsi"}, "lang: 'Farsi' is not valid", "fa"),
        ({"lang": "persain"}, "lang: 'persain' is not valid", "fa"),
        ({"lang": "pashtu"}, "lang: 'pashtu' is not valid", "ps"),
        ({"lang": "english"}, "lang: 'english' is not valid", "en"),
        ({"lang": "eng"}, "lang: 'eng' is not valid", "en"),
        ({"lang": "pr"}, "lang: 'pr' is not valid", "prs"),
        ({"killed": -1}, "killed: expected a whole number from 0, found -1", None),
        ({"killed": True}, "killed: expected a whole number", None),
        ({"wounded": "12"}, "wounded: expected a whole number from 0, found '12'", None),
        ({"quotes": {}}, "quotes: expected a list, found an object", None),
        ({"quotes": ["x"]}, "quotes[0]: expected an object, found a text", None),
        ({"quotes": [{"text": "never said"}]}, "quotes[0].text: 'never said' does not stand in the text", None),
        ({"quotes": [{"text": ""}]}, "quotes[0].text: expected the quoted words", None),
        ({"quotes": [{"text": "x", "kind": "indirct"}]}, "quotes[0].kind: 'indirct' is not valid", "indirect"),
        ({"quotes": [{"text": "x", "speaker": 7}]}, "quotes[0].speaker: expected a name or null, found a number", None),
        ({"reports": [{"place": "AF-KDZ"}]}, "reports[0].event_type: None is not valid", None),
        ({"reports": [{"event_type": "clash", "place": "AF-KDZ/kundus"}]}, "reports[0].place", "AF-KDZ/kunduz"),
        ({"reports": [{"event_type": "clash", "basis": "claim"}]}, "reports[0].basis: 'claim'", "claimed"),
        ({"reports": [{"event_type": "clash", "modalty": "actual"}]}, "reports[0].modalty: this key", "modality"),
    ],
)
def test_a_wrong_label_is_named_with_the_nearest_valid_word(
    record: dict[str, Any], message: str, close: str | None, area: Area
) -> None:
    with pytest.raises(LabelError) as caught:
        labels.read(record, "x", area)
    assert message in str(caught.value)
    if close is not None:
        assert [w.nearest for w in caught.value.wrong] == [close]


def test_everything_that_is_wrong_is_told_at_once(area: Area) -> None:
    record = {
        "lang": "farsi",
        "provinces": ["AF-KZD", "AF-KDZ", "AF-HRE"],
        "killed": -1,
        "quotes": [{"text": "never", "kind": "indirct", "speaker": 7}, {"text": "x"}],
        "reports": [{"event_type": "clahs", "basis": "claim", "modalty": "actual"}],
    }
    with pytest.raises(LabelError) as caught:
        labels.read(record, "x", area)
    assert [w.message.split(": ")[0] for w in caught.value.wrong] == [
        "lang", "provinces[0]", "provinces[2]", "killed", "quotes[0].text", "quotes[0].kind", "quotes[0].speaker",
        "reports[0].event_type", "reports[0].basis", "reports[0].modalty",
    ]  # fmt: skip


def test_a_desk_may_keep_notes_of_its_own_in_a_row(area: Area) -> None:
    found = labels.read({"locations": ["x"], "reviewed_by": "AB", "why": "plain", "trap": "name"}, "x", area)
    assert (found.why, found.trap) == ("plain", "name")


def test_a_key_that_resembles_one_of_ours_is_named_and_any_other_is_a_note(area: Area) -> None:
    record = {"province": ["AF-KDZ"], "event_type": ["clash"], "annotator": "me", "killed": 2}
    assert labels.unknown_keys(record) == (("province", "provinces"), ("event_type", "event_types"))
    assert labels.read(record, "x", area).killed == 2
