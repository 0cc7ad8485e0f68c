"""The command line's part for the config: `sitmon config ...`. `cli.py` adds it to the program."""

from __future__ import annotations

import sys

import typer

from sitmon.cli_globals import Commands

config_app = Commands(help="The desk's config: where it is, an example, what it means.", no_args_is_help=True)


@config_app.command()
def path(ctx: typer.Context) -> None:
    """Print where the config is looked for; whether it is yet to be made is said on stderr."""
    from sitmon.commands import config

    raise typer.Exit(config.path(ctx.obj, sys.stdout))


@config_app.command()
def example() -> None:
    """Print an example of a config with every key, its default and what it does."""
    from sitmon.commands import config

    raise typer.Exit(config.example(sys.stdout))


@config_app.command()
def check(ctx: typer.Context) -> None:
    """Read the config and its area, and say what the desk would watch; nothing is asked or written.

    Exit code 2 where it is wrong, or nothing would be watched.
    """
    from sitmon.commands import config

    raise typer.Exit(config.check(ctx.obj, sys.stdout))
