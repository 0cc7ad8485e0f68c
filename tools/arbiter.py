"""Labelled texts in, `weights.en.json` out: the arbiter's model, trained with the standard library alone.

`python -m tools.arbiter` trains on folds 0 to 2 of the English rows in `eval/labelled`, writes the weights into the
area's folder and prints what the classifier gets right with and without them, on those folds and on the two that the
training never saw. Only words and their classes go in, never what the rules made of a text: the rules were mended by
the same rows, and would look better there than they are. The same rows and cue files give the same file, byte for
byte.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sitmon import area_files
from sitmon.area import Area
from sitmon.area_weights import NAME, NONE, UNIT
from sitmon.classify import text
from sitmon.classify.arbiter import names_of, signs
from sitmon.classify.classifier import Classifier
from sitmon.classify.cues import build
from sitmon.classify.lexicon import Lexicon
from sitmon.commands import score
from sitmon.errors import Mistake
from sitmon.model.terms import EVENT_TYPES
from sitmon.scoring import figures
from sitmon.scoring.labels import Row
from sitmon.scoring.tables import show

SET: Final = Path(__file__).parents[1] / "eval" / "labelled"
TYPES: Final = (*EVENT_TYPES, NONE)
TRAINED: Final = frozenset({0, 1, 2})
SETTINGS: Final = {"scale": 6.0, "later": 0.6, "mix": 14.0, "reach": 0.4, "sure": 0.95, "swap": 0.55}
"""See `sitmon.area_weights.Weights`. Chosen on folds 0 to 2, each weighed by a model of the other two."""
_PASSES: Final = 40
_RATE: Final = 0.25
_DECAY: Final = 0.5
"""Strength of the squared penalty; 1/(2C) in the terms of other trainers."""
_SEEN: Final = 2
"""A word must stand in so many texts to be given a weight."""
_LEAST: Final = 4
"""Hundredths; smaller weights are left out of the file."""

Text = tuple[list[tuple[str, float]], int]
"""Signs with what each counts, and the number of the right type."""


def main() -> int:
    """Train, write, and print the figures."""
    area = area_files.load(area_files.find("afghanistan"))
    rows = english(area)
    shown = [row for row in rows if row.labels.fold in TRAINED]
    model, bias = train(texts(shown, area))
    path = area.folder / NAME
    path.write_text(written(model, bias, len(shown)), encoding="utf-8")
    size = path.stat().st_size / 1000
    sys.stdout.write(f"wrote {path.name}: {len(model)} signs, {size:.0f} kB, {len(shown)} texts\n")
    kept = [row for row in rows if row.labels.fold not in TRAINED]
    for name, learned in (("rules alone", False), ("with the arbiter", True)):
        classifier = Classifier(area, learned=learned)
        for part, of in (("folds 0-2", shown), ("folds 3-4", kept)):
            found = figures.measure([(row, classifier.classify(row.item)) for row in of]).tasks["event types"]
            told = ("first_weighted_f1", "first_macro_f1", "gold_among_given", "none_kept_none", "false_captured")
            sys.stdout.write(f"{name}, {part}: " + ", ".join(f"{key} {show(found.get(key))}" for key in told) + "\n")
    return 0


def english(area: Area) -> list[Row]:
    """Return the rows in English whose event types are labelled. Raises ValueError where a row has a mistake."""
    found = []
    for path in sorted(SET.glob("en-*.jsonl")):
        for row in score.read(path, area):
            if isinstance(row, Mistake):
                raise ValueError(str(row))
            if row.labels.event_types is not None:
                found.append(row)
    return found


def texts(rows: Iterable[Row], area: Area) -> list[Text]:
    """Return the rows as the trainer reads them. A row of several types is one of the first."""
    lexicon = build(area).lexicon
    read = [(row, *_signs(row, lexicon)) for row in rows]
    counts = Counter(s for _, lead, later in read for s in lead | later)
    known = {s for s, n in counts.items() if s.startswith("<") or (n >= _SEEN and len(s) > _SEEN and s.isalpha())}
    found: list[Text] = []
    for row, lead, later in read:
        lead, later = lead & known, later & known
        length = math.sqrt(len(lead) + SETTINGS["later"] ** 2 * len(later)) or 1.0
        each = SETTINGS["scale"] / length
        stand = [(s, each) for s in sorted(lead)] + [(s, each * SETTINGS["later"]) for s in sorted(later)]
        right = next((t for t in row.labels.event_types or () if t in EVENT_TYPES), NONE)
        found.append((stand, TYPES.index(right)))
    return found


def _signs(row: Row, lexicon: Lexicon) -> tuple[set[str], set[str]]:
    title_end = len(row.item.title) if row.item.title and row.item.text else 0
    return signs(lexicon.mark(text.read(row.item.body, title_end)), names_of(lexicon.classes_of))


def train(of: Sequence[Text]) -> tuple[dict[str, list[float]], list[float]]:
    """Return what each sign weighs for each type, and the types' biases: multinomial logistic regression.

    Stochastic descent with a falling rate; the penalty is drawn once a pass. Weights are the mean of the last half of
    the passes, which is steadier than where the descent happens to end.
    """
    order = random.Random(20210808)
    count = len(TYPES)
    model = {s: [0.0] * count for stand, _ in of for s, _ in stand}
    mean = {s: [0.0] * count for s in model}
    bias, bias_mean = [0.0] * count, [0.0] * count
    places = list(range(len(of)))
    half = _PASSES // 2
    for number in range(_PASSES):
        rate = _RATE / (1 + 0.15 * number)
        order.shuffle(places)
        for place in places:
            stand, right = of[place]
            sums = list(bias)
            for sign, counts in stand:
                sums = [a + counts * b for a, b in zip(sums, model[sign], strict=True)]
            step = [-rate * p for p in _softmax(sums)]
            step[right] += rate
            bias = [a + b for a, b in zip(bias, step, strict=True)]
            for sign, counts in stand:
                model[sign] = [a + counts * b for a, b in zip(model[sign], step, strict=True)]
        shrink = 1 / (1 + rate * _DECAY)
        model = {s: [w * shrink for w in row] for s, row in model.items()}
        if number >= half:
            part = 1 / (_PASSES - half)
            mean = {s: [a + part * b for a, b in zip(row, model[s], strict=True)] for s, row in mean.items()}
            bias_mean = [a + part * b for a, b in zip(bias_mean, bias, strict=True)]
    return mean, bias_mean


def _softmax(sums: Sequence[float]) -> list[float]:
    highest = max(sums)
    parts = [math.exp(s - highest) for s in sums]
    total = sum(parts)
    return [p / total for p in parts]


def written(model: dict[str, list[float]], bias: Sequence[float], number: int) -> str:
    """Return the file: settings, biases, and a line a type, all in a fixed order."""
    head = {
        "about": f"Made by tools/arbiter.py from {number} texts of eval/labelled; hundredths. See docs/arbiter.md.",
        **SETTINGS,
        "bias": {t: round(UNIT * b) for t, b in zip(TYPES, bias, strict=True)},
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    tables = []
    for n, name in enumerate(TYPES):
        table = {s: w for s in sorted(model) if abs(w := round(UNIT * model[s][n])) >= _LEAST}
        tables.append(f"{json.dumps(name)}: {json.dumps(table, ensure_ascii=False, separators=(',', ':'))}")
    return "{" + ",\n".join([*lines, '"weights": {\n' + ",\n".join(tables) + "\n}"]) + "\n}\n"


if __name__ == "__main__":
    raise SystemExit(main())
