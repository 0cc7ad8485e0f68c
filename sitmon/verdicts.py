"""Items in, a verdict for each out, whatever happens: a fault of ours in one must not cost the others.

It must not log nor say anything: whoever asks knows where it is to be said.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass

from sitmon.classify.classifier import Classifier
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.source import Failure


@dataclass(frozen=True, slots=True)
class Fault:
    """An item at which the classifier failed."""

    failure: Failure
    trace: str
    """What is to be logged of it: lines of text."""


def read_all(classifier: Classifier, items: Iterable[Item]) -> tuple[list[Verdict], list[Fault]]:
    """Return the items' verdicts, in their order, and the faults; an item at which one happened keeps its place in the
    log, with a verdict that says nothing.
    """
    verdicts: list[Verdict] = []
    faults: list[Fault] = []
    for item in items:
        try:
            verdicts.append(classifier.classify(item))
        except Exception as error:  # noqa: BLE001 - as said above
            verdicts.append(Verdict(item.lang or "und"))
            failure = Failure(item.id, f"a fault in sitmon itself: {type(error).__name__}", "parse")
            faults.append(Fault(failure, f"classifying {item.id} failed\n{traceback.format_exc()}"))
    return verdicts, faults
