"""`sitmon serve`: the desk in a browser, by the `web` extra. On this machine alone, unless it is asked to be open."""

from __future__ import annotations

import ipaddress
import shlex
import sys
from typing import Final

from sitmon.commands.ready import ready
from sitmon.commands.session import Session
from sitmon.errors import ExitCode, UsageError

HOST: Final = "127.0.0.1"
PORT: Final = 8750
_INSTALL: Final = "the desk in a browser needs one more package; install it with: pip install 'sitmon[web]'"


def run(session: Session, *, host: str, port: int, url: str | None, demo: bool) -> int:
    """Serve until interrupted. Each page that is opened is a desk of its own, in a process of its own, on one log.

    Raises UsageError where the extra is missing, and what a desk raises for a config that it cannot use.
    """
    try:
        from sitmon.commands.serve_web import DeskServer
    except ModuleNotFoundError as error:
        raise UsageError(_INSTALL) from error
    if not demo:
        ready(session)  # what is wrong with the config is said here, not in each browser
    if not is_loopback(host):
        session.say(
            f"warning: whoever can reach {host}:{port} reads this desk and works its keys: there is no password.\n"
            "Put it behind something that asks for one, or leave --host away and reach it through ssh -L."
        )
    server = DeskServer(command(session, demo=demo), host=host, port=port, title="sitmon", public_url=url)
    server.told = session.say
    server.serve()
    return ExitCode.FINE


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def command(session: Session, *, demo: bool) -> str:
    """Return the command line that each page runs: this program, with the global options of this call."""
    words = [sys.executable, "-m", "sitmon"]
    for option, value in (("--config", session.config_file), ("--store", session.store), ("--area", session.area)):
        if value is not None:
            words += [option, str(value)]
    return shlex.join([*words, *(["demo"] if demo else [])])
