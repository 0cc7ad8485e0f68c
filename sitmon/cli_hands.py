"""The command line's second half: the officer's hands, for scripts. `cli.py` adds these commands to the program."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sitmon.area import Area
from sitmon.cli_words import Lines
from sitmon.commands.session import Session, moment
from sitmon.config import Config


class Figures(StrEnum):
    """Tables for a person or JSON for a program."""

    text = "text"
    json = "json"


class Reports(StrEnum):
    """The forms of a situation report."""

    md = "md"
    html = "html"
    json = "json"


class Exports(StrEnum):
    """The forms of an export."""

    jsonl = "jsonl"
    csv = "csv"
    acled = "acled-csv"
    geojson = "geojson"
    cap = "cap"


class Whats(StrEnum):
    """What an export is of."""

    reports = "reports"
    statuses = "statuses"
    alerts = "alerts"


class States(StrEnum):
    """The states of an alert."""

    active = "active"
    acknowledged = "acknowledged"
    silenced = "silenced"
    resolved = "resolved"


By = Annotated[str | None, typer.Option(metavar="NAME", help="Who; default: $SITMON_OFFICER or the user's name.")]
Reason = Annotated[str, typer.Option(help="Why; the next officer reads it.")]
Form = Annotated[Lines, typer.Option("--format", help="Text or JSON lines.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (alerts, search, ack, silence, note, override, unmark, sitrep, handover, export, score):
        app.command()(command)


def alerts(
    ctx: typer.Context,
    state: Annotated[States | None, typer.Option(help="Only those in this state.")] = None,
    form: Form = Lines.text,
) -> None:
    """List the alerts in their present state."""
    from sitmon.commands import hands

    session, settings, area = _desk(ctx)
    wanted = state.value if state else None
    raise typer.Exit(hands.alerts(session, settings, area, sys.stdout, state=wanted, form=form.value))


def search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help='Words that must all occur; "a phrase"; beginn*.')],
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    form: Form = Lines.text,
) -> None:
    """Search the items in the log, newest first. Exit code 1 where nothing is found."""
    from sitmon.commands import hands

    session: Session = ctx.obj
    raise typer.Exit(hands.search(session, session.config(), query, sys.stdout, limit=limit, form=form.value))


def ack(
    ctx: typer.Context,
    alert: Annotated[str, typer.Argument(help="The alert's id.")],
    by: By = None,
    reason: Reason = "",
) -> None:
    """Acknowledge an alert: somebody has seen it."""
    from sitmon.commands import hands

    session, settings, area = _desk(ctx)
    raise typer.Exit(hands.acknowledge(session, settings, area, alert, by=by, reason=reason))


def silence(
    ctx: typer.Context,
    subject: Annotated[str, typer.Argument(help='A place (code or name), an alert\'s id, or "*" for everything.')],
    length: Annotated[str, typer.Option("--for", metavar="SPAN", help="How long: 30m, 2h, 1d.")] = "1h",
    kind: Annotated[
        str | None, typer.Option(help="Only alerts of this kind: status, event, surge, blind, source.")
    ] = None,
    event_type: Annotated[str | None, typer.Option(help="Only alerts of this event type.")] = None,
    severity: Annotated[str | None, typer.Option(help="Only alerts of this severity.")] = None,
    by: By = None,
    reason: Reason = "",
) -> None:
    """Keep a place or a kind of alert quiet for a while. The status goes on changing all the same."""
    from sitmon.commands import hands

    session, settings, area = _desk(ctx)
    given = {"kind": kind, "event_type": event_type, "severity": severity}
    matchers = {k: v for k, v in given.items() if v is not None}
    done = hands.silence(session, settings, area, subject, by=by, reason=reason, length=length, matchers=matchers)
    raise typer.Exit(done)


def note(
    ctx: typer.Context,
    subject: Annotated[str, typer.Argument(help="An alert's id, or a place (code or name).")],
    text: Annotated[str, typer.Argument(help="The words to keep.")],
    by: By = None,
) -> None:
    """Keep a note about an alert or a place in the log."""
    from sitmon.commands import hands

    session, settings, area = _desk(ctx)
    raise typer.Exit(hands.note(session, settings, area, subject, text, by=by))


def override(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(help="A code or a name.")],
    holder: Annotated[str, typer.Argument(help="government, insurgent, contested or unknown.")],
    reason: Reason = "",
    length: Annotated[
        str | None, typer.Option("--for", metavar="SPAN", help="Until when; default: until taken back.")
    ] = None,
    by: By = None,
) -> None:
    """Set who holds a place by the desk's own word. It stands above the rules and is shown as such."""
    from sitmon.commands import hands

    session, settings, area = _desk(ctx)
    raise typer.Exit(hands.override(session, settings, area, place, holder, by=by, reason=reason, length=length))


def unmark(
    ctx: typer.Context, mark: Annotated[str, typer.Argument(help="A mark's id, or what it is on.")], by: By = None
) -> None:
    """Take back an acknowledgement, a silence or an override."""
    from sitmon.commands import hands

    session, settings, area = _desk(ctx)
    raise typer.Exit(hands.unmark(session, settings, area, mark, by=by))


def score(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Labelled items as JSON lines, or a folder of such files.")],
    misses: Annotated[int, typer.Option(min=0, metavar="N", help="Show so many misses of each kind.")] = 0,
    fold: Annotated[list[int] | None, typer.Option(min=0, help='Only rows of this "fold"; may be repeated.')] = None,
    form: Annotated[Figures, typer.Option("--format", help="Tables or one JSON object.")] = Figures.text,
) -> None:
    """Measure the classifier against labelled items. Exit code 1 where nothing could be scored.

    A row is an item with its right answers: {"text": "...", "provinces": ["AF-KDZ"], "event_types": ["captured"]}.
    Scored are lang, provinces, event_types, killed, wounded, abducted, quotes and reports: docs/labelling.md.
    """
    from sitmon.commands import score as command

    session: Session = ctx.obj
    area = session.load_area(session.config())
    done = command.run(area, files, sys.stdout, form=form.value, misses=misses, folds=frozenset(fold or ()))
    raise typer.Exit(done)


def sitrep(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="From when (-6h, 14:00, 2021-08-08); default: last-handover, else a day."),
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Until when; default: now.")] = None,
    form: Annotated[Reports, typer.Option("--format", help="Markdown, one HTML page, or JSON.")] = Reports.md,
) -> None:
    """Write the situation report of a period. Changes, disputes, incidents, rumours, statements, blind spots, marks."""
    from sitmon.commands import sitrep as command

    session, settings, area = _desk(ctx)
    raise typer.Exit(command.run(session, settings, area, sys.stdout, since=since, until=until, form=form.value))


def export(
    ctx: typer.Context,
    form: Annotated[Exports, typer.Option("--format", help="JSON lines, CSV, CSV in ACLED's columns, GeoJSON, CAP.")],
    what: Annotated[
        Whats | None, typer.Option("--what", help="Reports, statuses or alerts; default: reports, for CAP alerts.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="Only what became known after it.")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Only what was known by then.")] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Only of this place: a code or a name.")] = None,
) -> None:
    """Write reports, statuses or alerts for other programs."""
    from sitmon.commands import export as command

    session, settings, area = _desk(ctx)
    done = command.run(
        session,
        settings,
        area,
        sys.stdout,
        form=form.value,
        what=what.value if what else None,
        since=moment(since, "--since", begins=True),
        until=moment(until, "--until"),
        place=place,
    )
    raise typer.Exit(done)


Note = Annotated[
    str, typer.Option("--note", "--reason", metavar="TEXT", help="What the next officer must know; the report has it.")
]


def handover(ctx: typer.Context, by: By = None, note: Note = "") -> None:
    """Mark the moment at which the desk is handed over. The next officer sees what changed since."""
    from sitmon.commands import sitrep as command

    session: Session = ctx.obj
    raise typer.Exit(command.handover(session, session.config(), by=by, note=note))


def _desk(ctx: typer.Context) -> tuple[Session, Config, Area]:
    session: Session = ctx.obj
    settings = session.config()
    return session, settings, session.load_area(settings)
