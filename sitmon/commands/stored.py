"""A desk's log opened for a command that only asks it, or puts a mark into it; no command here makes one."""

from __future__ import annotations

from sitmon.classify.text import fold
from sitmon.commands.session import Session
from sitmon.config import Config
from sitmon.errors import StoreError
from sitmon.store.log import Log


def log_of(session: Session, settings: Config, *, read_only: bool = True) -> Log:
    """Open the desk's log. Raises StoreError, where there is none with the way to get one."""
    path = session.store_path(settings)
    if not path.exists():
        raise StoreError(path, f"there is no store here yet; {_hint(session)}")
    return Log(path, read_only=read_only, fold=fold)


def _hint(session: Session) -> str:
    """Return how a store comes to be: what `replay` reads it keeps only where --store says."""
    if session.store is not None:
        return f"`sitmon replay PATH --store {session.store}` makes one of recorded items"
    return (
        "the desk (`sitmon`) and `sitmon watch` make it; "
        "to ask another one, such as that of a replay, name it: --store FILE"
    )
