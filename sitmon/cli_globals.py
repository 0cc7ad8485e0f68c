"""A command in, the same with the global options on it out: `sitmon status --store F` is `sitmon --store F status`.

Given in both places, the later one counts. It must not know any command.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer
from typer.core import TyperCommand

from sitmon.commands.session import Session
from sitmon.errors import nearest

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The config file.")]
Store = Annotated[Path | None, typer.Option("--store", metavar="FILE", help="The log; default: as the config says.")]
Area = Annotated[str | None, typer.Option("--area", metavar="AREA", help="A bundled area, or a folder of one.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")]

_AFTER: Final[dict[str, tuple[Any, Any]]] = {
    "config": (Annotated[Path | None, typer.Option("--config", hidden=True)], None),
    "store": (Annotated[Path | None, typer.Option("--store", hidden=True)], None),
    "area": (Annotated[str | None, typer.Option("--area", hidden=True)], None),
    "quiet": (Annotated[bool, typer.Option("--quiet", "-q", hidden=True)], False),
    "verbose": (Annotated[bool, typer.Option("--verbose", "-v", hidden=True)], False),
}
"""The global options as they stand on a command: its help does not repeat what `sitmon --help` says."""
_EPILOG: Final = "Also here: --config, --store, --area, --quiet and --verbose; `sitmon --help` explains them."
F = TypeVar("F", bound=Callable[..., Any])


_CHOICE: Final = re.compile(r"(?:Value error, )?(?P<found>.+) is not one of (?P<valid>.+?)\.?", re.DOTALL)
"""How a word that is none of an option's is told by the library."""


class Command(TyperCommand):
    """A command that tells a wrong word as the rest of the program does, with the nearest valid one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line's words. Raises typer.BadParameter."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            if told := _CHOICE.fullmatch(error.message):
                close = nearest(told["found"].strip("'"), re.findall(r"'([^']*)'", told["valid"]))
                hint = f" (did you mean {close!r}?)" if close else ""
                error.message = f"{told['found']} is not valid; expected one of {told['valid']}{hint}"
            raise


class Commands(typer.Typer):
    """A group of commands each of which takes the global options, too."""

    def command(self, name: str | None = None, **given: Any) -> Callable[[F], F]:
        """Add a command, as `typer.Typer.command` does."""
        add = super().command(name, **{"epilog": _EPILOG, "cls": Command, **given})

        def take(function: F) -> F:
            add(with_globals(function))
            return function

        return take


def with_globals(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that takes the global options; one that has an option of such a name keeps its own."""
    own = inspect.signature(command, eval_str=True).parameters
    added = {name: kind for name, kind in _AFTER.items() if name not in own}

    @functools.wraps(command)
    def run(**given: Any) -> Any:
        ctx: typer.Context = given["ctx"] if "ctx" in own else given.pop("ctx")
        session: Session = ctx.obj
        ctx.obj = session.given({name: given.pop(name) for name in added})
        return command(**given)

    plain = inspect.Parameter.KEYWORD_ONLY
    context = [] if "ctx" in own else [inspect.Parameter("ctx", plain, annotation=typer.Context)]
    options = [inspect.Parameter(n, plain, default=usual, annotation=kind) for n, (kind, usual) in added.items()]
    parameters = [*(p.replace(kind=plain) for p in own.values()), *context, *options]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run
