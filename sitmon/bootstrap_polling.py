"""Config in, what fetches feeds out: beside `bootstrap`, so that commands that never poll do not load HTTP."""

from __future__ import annotations

from sitmon.config import Config
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.wire import Timeouts


def fetcher(config: Config) -> Fetcher:
    """Return what fetches feeds, as the config wants it."""
    total = config.timeout.total_seconds()
    usual = Timeouts()
    timeouts = Timeouts(connect=min(usual.connect, total), read=min(usual.read, total), total=total)
    return Fetcher(contact=config.contact, proxy=config.proxy, timeouts=timeouts)
