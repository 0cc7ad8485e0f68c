"""Training the arbiter: it learns what parts the types, gives the same file again, and never reads the kept folds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitmon import area_weights
from sitmon.area import Area
from sitmon.area_weights import NAME, NONE
from tools import arbiter

SENTENCES = (
    ("protest", ("marched", "banner", "people")),
    ("protest", ("banner", "square", "people")),
    ("protest", ("marched", "square", "people")),
    ("shelling", ("mortar", "village", "people")),
    ("shelling", ("mortar", "rounds", "people")),
    ("shelling", ("rounds", "village", "people")),
    (NONE, ("prices", "wheat", "people")),
    (NONE, ("wheat", "market", "people")),
    (NONE, ("prices", "market", "people")),
)


@pytest.fixture
def texts() -> list[arbiter.Text]:
    return [([(s, 1.0) for s in signs], arbiter.TYPES.index(name)) for name, signs in SENTENCES]


@pytest.fixture
def file(texts: list[arbiter.Text], tmp_path: Path) -> area_weights.Weights:
    (tmp_path / NAME).write_text(arbiter.written(*arbiter.train(texts), len(texts)), encoding="utf-8")
    found = area_weights.read(tmp_path)
    assert found is not None
    return found


def test_a_sign_weighs_most_for_the_type_that_it_stands_with(file: area_weights.Weights) -> None:
    for sign, name in (("banner", "protest"), ("mortar", "shelling"), ("wheat", NONE)):
        weights = {t: table.get(sign, 0) for t, table in file.weights.items()}
        assert max(weights, key=weights.__getitem__) == name
        assert weights[name] > 0


def test_a_sign_of_all_types_and_a_type_without_texts_weigh_little(file: area_weights.Weights) -> None:
    spread = [table.get("people", 0) for t, table in file.weights.items() if t in ("protest", "shelling", NONE)]
    assert max(spread) - min(spread) < file.weights["protest"]["banner"]
    assert all(weight <= 0 for weight in file.weights["grenade"].values())
    assert file.bias["grenade"] < 0


def test_the_same_texts_give_the_same_file(texts: list[arbiter.Text]) -> None:
    first, second = (arbiter.written(*arbiter.train(texts), len(texts)) for _ in range(2))
    assert first == second


def test_the_bundled_file_was_made_of_no_more_than_the_shown_folds(area: Area) -> None:
    rows = arbiter.english(area)
    shown = sum(row.labels.fold in arbiter.TRAINED for row in rows)
    about = (area.folder / NAME).read_text(encoding="utf-8").splitlines()[0]
    assert 0 < int(about.split(" from ")[1].split()[0]) <= shown < len(rows)


def test_words_of_one_text_alone_and_little_ones_are_no_signs(area: Area) -> None:
    rows = arbiter.english(area)[:40]
    found = {sign for stand, _ in arbiter.texts(rows, area) for sign, _ in stand}
    words = {sign for sign in found if not sign.startswith("<")}
    assert words
    assert found - words
    assert all(len(word) > 2 and word.isalpha() for word in words)
    once = [w for w in words if sum(w in row.item.body.casefold() for row in rows) < 2]
    assert once == []
