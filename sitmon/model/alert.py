"""An alert: a thing an officer must see, with a reason, a fingerprint and a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sitmon.model.place import PlaceRef
from sitmon.model.terms import AlertKind, AlertState, Certainty, Severity, StatusBasis, Urgency


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. `fingerprint` names the happening: two alerts with one fingerprint are the same one, updated."""

    id: str
    fingerprint: str
    time: datetime
    kind: AlertKind
    title: str
    reason: str
    """Why it was raised, in one sentence, naming the rule."""
    severity: Severity
    urgency: Urgency
    certainty: Certainty
    state: AlertState = "active"
    event_type: str | None = None
    place: PlaceRef | None = None
    basis: StatusBasis | None = None
    origins: int = 0
    reports: tuple[str, ...] = ()
    url: str | None = None
    updates: str | None = None
    """Id of the alert that this one is an update of (claimed -> conceded, a toll that is revised)."""
    killed: int | None = None
    """Of an event: the highest toll that stood when it was raised; None where nobody had counted the dead."""
    ends: bool = False
    """Whether it only says that the alert which it updates is over: it comes resolved, and wants no answer."""
    over: tuple[str, ...] = ()
    """Where `place` is None, as one toll is told of several places: the codes of all of them and of their provinces."""
    words: int = 0
    """Of an event: the hash of the sentence that told of it, by which a reprint is known; 0 of one too short."""
    day: str = ""
    """Of an event: the day on which it is said to have happened (ISO 8601); empty where nobody says."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the places that it tells of, and of their provinces."""
        return frozenset((self.place.code, self.place.province, *self.over) if self.place else self.over)
