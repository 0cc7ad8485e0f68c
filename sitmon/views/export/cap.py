"""An alert in, one OASIS CAP 1.2 document out (one line each, so that a stream of them can be cut at line ends).

Source of the form: OASIS Common Alerting Protocol 1.2, 1 July 2010. A replay is an `Exercise`, never `Actual`.
"""

from __future__ import annotations

from datetime import UTC
from typing import Literal
from xml.etree import ElementTree

from sitmon.model.alert import Alert

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SENDER = "sitmon"
_FORBIDDEN = {code: None for code in [*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF] if code not in (0x9, 0xA)}


def document(alert: Alert, *, status: Literal["Actual", "Exercise"], earlier: Alert | None = None) -> str:
    """Return an alert as a CAP document; `earlier` is the alert that this one is an update of."""
    root = ElementTree.Element("alert", xmlns=NAMESPACE)
    sent = _time(alert)
    for name, text in (
        ("identifier", alert.id),
        ("sender", SENDER),
        ("sent", sent),
        ("status", status),
        ("msgType", ("Cancel" if alert.ends else "Update") if earlier else "Alert"),
        ("scope", "Restricted"),
        ("restriction", "For the desk that runs this monitor"),
    ):
        _add(root, name, text)
    if earlier:
        _add(root, "references", f"{SENDER},{earlier.id},{_time(earlier)}")
    info = ElementTree.SubElement(root, "info")
    for name, text in (
        ("language", "en"),
        ("category", "Security"),
        ("event", (alert.event_type or alert.kind).replace("_", " ")),
        ("responseType", "Monitor"),
        ("urgency", alert.urgency),
        ("severity", alert.severity),
        ("certainty", alert.certainty),
        ("headline", alert.title),
        ("description", alert.reason),
    ):
        _add(info, name, text)
    if alert.url:
        _add(info, "web", alert.url)
    for name, value in (("basis", alert.basis), ("fingerprint", alert.fingerprint), ("origins", str(alert.origins))):
        if value:
            parameter = ElementTree.SubElement(info, "parameter")
            _add(parameter, "valueName", name)
            _add(parameter, "value", value)
    if alert.place:
        area = ElementTree.SubElement(info, "area")
        _add(area, "areaDesc", alert.place.name)
        geocode = ElementTree.SubElement(area, "geocode")
        _add(geocode, "valueName", "ISO 3166-2" if alert.place.kind == "province" else "sitmon place code")
        _add(geocode, "value", alert.place.code)
    body = ElementTree.tostring(root, encoding="unicode").replace("\n", " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>{body}'


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text.translate(_FORBIDDEN)


def _time(alert: Alert) -> str:
    # CAP wants an offset in figures: "Z" is not allowed, and UTC is written as -00:00.
    return alert.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")
