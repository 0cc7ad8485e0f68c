"""The command line's part for sources: `sitmon sources ...`. `cli.py` adds it to the program."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sitmon.cli_globals import Commands
from sitmon.cli_words import Lines
from sitmon.commands.session import Session


class Grades(StrEnum):
    """The reliability of a source (NATO Admiralty code)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Sides(StrEnum):
    """The side that a source speaks for."""

    government = "government"
    insurgent = "insurgent"
    foreign = "foreign"
    civilian = "civilian"
    media = "media"
    international = "international"


sources_app = Commands(help="The sources that the desk watches.", no_args_is_help=True)
Area = Annotated[bool, typer.Option("--area", help="Those that come with the area instead.")]
Reliability = Annotated[Grades | None, typer.Option(help="How reliable it is; F where you do not say.")]
Side = Annotated[Sides | None, typer.Option(help="The side that it speaks for.")]
Private = Annotated[
    bool, typer.Option("--allow-private-hosts", help="Also ask loopback and private addresses: your own servers.")
]


@sources_app.command("list")
def list_(
    ctx: typer.Context,
    area: Area = False,
    format: Annotated[Lines, typer.Option(help="Text or JSON lines.")] = Lines.text,
) -> None:
    """List the sources with their grade, side and last known health."""
    from sitmon.commands import sources

    raise typer.Exit(sources.list_all(ctx.obj, sys.stdout, of_area=area, form=format.value))


@sources_app.command()
def check(ctx: typer.Context) -> None:
    """Ask every source once and report how it does, and why. Exit code 1 where one fails."""
    from sitmon.commands import sources

    raise typer.Exit(sources.check(ctx.obj, sys.stdout))


@sources_app.command()
def add(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(metavar="URL|PATH", help="A feed, a page that names one, a file or folder.")],
    name: Annotated[str | None, typer.Option(help="Your name for it; default: the feed's own.")] = None,
    reliability: Reliability = None,
    side: Side = None,
    interval: Annotated[str | None, typer.Option(metavar="TIME", help="How often to ask at most, such as 5m.")] = None,
    private: Private = False,
) -> None:
    """Add a source to the config, after reading it once; of a web page, the feed that it names."""
    from sitmon.commands import sources_edit

    given = _given(reliability, side, private) | ({"name": name} if name else {})
    session: Session = ctx.obj
    raise typer.Exit(sources_edit.add(session, place, given | ({"interval": interval} if interval else {})))


@sources_app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="A list of feeds from another reader.")],
    reliability: Reliability = None,
    side: Side = None,
    private: Private = False,
    ask: Annotated[bool, typer.Option("--check/--no-check", help="Ask each feed first; leave out what fails.")] = True,
) -> None:
    """Add the feeds of an OPML list to the config, with their folders."""
    from sitmon.commands import sources_edit

    raise typer.Exit(sources_edit.import_list(ctx.obj, file, _given(reliability, side, private), ask=ask))


@sources_app.command()
def export(ctx: typer.Context, area: Area = False) -> None:
    """Print the feeds as an OPML list for another reader, with their folders."""
    from sitmon.commands import sources_edit

    raise typer.Exit(sources_edit.export_list(ctx.obj, sys.stdout, of_area=area))


def _given(reliability: Grades | None, side: Sides | None, private: bool) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {}
    if reliability:
        found["reliability"] = reliability.value
    if side:
        found["side"] = side.value
    if private:
        found["allow_private_hosts"] = True
    return found
