"""The command line: words in, one command run, an exit code out. It only names the commands; `commands/` does them.

Each command imports its own room inside its function, so that `sitmon classify` starts without the network's and the
screen's libraries.
"""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import sitmon
from sitmon import cli_ending, cli_hands
from sitmon.cli_config import config_app
from sitmon.cli_globals import Area, Commands, Config, Quiet, Store, Verbose
from sitmon.cli_sources import sources_app
from sitmon.cli_words import Lines
from sitmon.commands import diary
from sitmon.commands.session import Session, moment

app = Commands(
    name="sitmon",
    help="A terminal situation board: what is said to have happened where, by whom, and how sure that is.",
    epilog="Options may stand before the command or after it. Times are ISO 8601, UTC where no zone is given. "
    "stdout is data only; everything else goes to stderr.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
area_app = Commands(help="The data files of an area.", no_args_is_help=True)
app.add_typer(sources_app, name="sources")
app.add_typer(area_app, name="area")
app.add_typer(config_app, name="config")

Paths = Annotated[list[Path], typer.Argument(help="Feed files, exports, zips, folders, or items as JSON lines.")]
Speed = Annotated[
    float | None, typer.Option(min=0.001, help="How many times faster than life; without it, as fast as it goes.")
]
AsOf = Annotated[str | None, typer.Option(metavar="TIME", help="Only what had happened by then.")]
KnownAt = Annotated[str | None, typer.Option(metavar="TIME", help="Only what could be known by then.")]


class AlertFormat(StrEnum):
    """How alerts leave."""

    text = "text"
    jsonl = "jsonl"
    cap = "cap"


class BoardFormat(StrEnum):
    """How the board leaves."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    geojson = "geojson"


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"sitmon {sitmon.__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main_command(
    ctx: typer.Context,
    config: Config = None,
    store: Store = None,
    area: Area = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The desk on the configured sources; where stdout is no terminal, `watch`."""
    session = ctx.obj = Session(config_file=config, store=store, area=area, quiet=quiet, verbose=verbose)
    noted = diary.keep()
    if verbose:
        session.say(f"faults of sitmon itself are noted in {noted or 'no file: its folder cannot be made'}")
    if ctx.invoked_subcommand is None:
        from sitmon.commands import desk

        raise typer.Exit(desk.run(session))


@app.command()
def demo(
    ctx: typer.Context,
    speed: Speed = None,
) -> None:
    """Replay the bundled sample of August 2021, offline. On the desk; headless where stdout is no terminal."""
    from sitmon.commands import desk

    raise typer.Exit(desk.demo(ctx.obj, speed))


@app.command()
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Where it listens; anything but this machine is warned of.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8750,
    public_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address that browsers use, where something stands between.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="The bundled sample instead of the configured sources.")] = False,
) -> None:
    """Show the desk in a browser (needs the extra `sitmon[web]`). There is no password: keep it on this machine."""
    from sitmon.commands import serve as command

    raise typer.Exit(command.run(ctx.obj, host=host, port=port, url=public_url, demo=demo))


@app.command()
def watch(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Poll every source once, then end.")] = False,
    format: Annotated[AlertFormat, typer.Option(help="How alerts are printed.")] = AlertFormat.text,
) -> None:
    """Watch the sources without a screen: alerts on stdout. One a line; all else goes to stderr."""
    from sitmon.commands import watch as command

    raise typer.Exit(command.start(ctx.obj, form=format.value, once=once))


@app.command()
def classify(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(help="Items as JSON lines, or one text a line; - is stdin.")] = None,
    text: Annotated[str | None, typer.Option(help="Classify this text.")] = None,
) -> None:
    """Say what items tell of: one JSON line each, in order."""
    from sitmon.commands import classify as command

    session: Session = ctx.obj
    area = session.load_area(session.config())
    lines = [text.replace("\n", " ")] if text is not None else command.open_lines(file)
    raise typer.Exit(command.run(area, lines, sys.stdout))


@app.command()
def ingest(
    ctx: typer.Context,
    paths: Paths,
    format: Annotated[str, typer.Option(help="jsonl: the only form.")] = "jsonl",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what each file is taken for, and a table's columns.")
    ] = False,
) -> None:
    """Read feeds and exports; print their items, or store them. They are stored where --store says where."""
    from sitmon.commands import ingest as command

    session: Session = ctx.obj
    if format != "jsonl":
        raise typer.BadParameter(f"{format!r} is not valid; expected 'jsonl'", param_hint="--format")
    if dry_run:
        raise typer.Exit(command.describe(paths, sys.stdout))
    settings = session.config()
    if session.store is None:
        raise typer.Exit(command.print_items(session, settings, paths, sys.stdout))
    raise typer.Exit(asyncio.run(command.store_items(session, settings, session.load_area(settings), paths)))


@app.command()
def replay(
    ctx: typer.Context,
    paths: Paths,
    speed: Speed = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    format: Annotated[Lines, typer.Option(help="How alerts are printed.")] = Lines.text,
    mix: Annotated[bool, typer.Option("--mix", help="Also into a store that a desk has polled into.")] = False,
) -> None:
    """Play recorded items through the program on a simulated clock. The same input gives the same bytes."""
    from sitmon.commands import replay as command

    session: Session = ctx.obj
    settings = session.config()
    area = session.load_area(settings)
    records = command.paths(session, settings, paths, moment(known_at, "--known-at"))
    at = moment(as_of, "--as-of")
    work = command.run(session, settings, area, records, sys.stdout, form=format.value, speed=speed, as_of=at, mix=mix)
    raise typer.Exit(asyncio.run(work))


@app.command()
def status(
    ctx: typer.Context,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="A code or a name.")] = None,
    all: Annotated[bool, typer.Option("--all", help="Also districts and towns that have a status.")] = False,
    format: Annotated[BoardFormat, typer.Option(help="How the board is printed.")] = BoardFormat.table,
) -> None:
    """Print the board: who holds each capital, on whose word. And since when, and whether the sources answer."""
    from sitmon.commands import status as command

    session: Session = ctx.obj
    settings = session.config()
    done = command.run(
        session,
        settings,
        session.load_area(settings),
        sys.stdout,
        form=format.value,
        place=place,
        everything=all,
        as_of=moment(as_of, "--as-of"),
        known_at=moment(known_at, "--known-at"),
    )
    raise typer.Exit(done)


@app.command()
def why(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="An alert's id, a place's code or name, or a report's id.")],
    format: Annotated[Lines, typer.Option(help="Text or JSON.")] = Lines.text,
) -> None:
    """Show the evidence behind an alert or a status. It is derived anew from the log."""
    from sitmon.commands import why as command

    session: Session = ctx.obj
    settings = session.config()
    raise typer.Exit(command.run(session, settings, session.load_area(settings), id, sys.stdout, form=format.value))


@area_app.command("check")
def area_check(
    ctx: typer.Context,
    area: Annotated[str | None, typer.Argument(help="A bundled area or a folder; default: the config's.")] = None,
) -> None:
    """Check an area's files; every mistake with file and line."""
    from sitmon.commands import area as command

    session: Session = ctx.obj
    raise typer.Exit(command.check(area or session.area or session.config().area, sys.stdout))


@area_app.command("build")
def area_build(
    country: Annotated[str, typer.Argument(help="ISO 3166-1 code of the country, two letters.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files are written.")],
) -> None:
    """Derive the place files of an area from public gazetteers (needs the extra `sitmon[areas]`)."""
    from sitmon.commands import area as command

    raise typer.Exit(command.build(country, out, sys.stdout))


cli_hands.add_to(app)


def main() -> None:
    """Run the program: errors end it with one plain message, Ctrl-C with 130, a reader that has gone with 0."""
    cli_ending.run(app)
