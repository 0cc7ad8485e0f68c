"""A redirect in, where the next request goes out, and what it may take along. Pure.

It keeps to three rules: credentials stay with the origin that they are meant for, and are not given back to it when
somebody else sends the request there; nothing leads from https to http while there are credentials; and a new address
is worth remembering only where asking it straight would be the same request as this one.
"""

from __future__ import annotations

from typing import Final

from sitmon.ingest import targets
from sitmon.ingest.targets import RefusedError, Target

STATUSES: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
MAX_REDIRECTS: Final = 5


class Journey:
    """The way of one request from the configured address (or the remembered one) to where it is answered."""

    def __init__(self, home: Target, start: Target, *, has_secrets: bool) -> None:
        """`home` is the configured address, which the secrets belong to; `start` is where the first request goes."""
        self._home = home
        self._has_secrets = has_secrets
        self._visited = {start.url}
        self._permanent = True
        self.target = start
        self.trusted = targets.may_keep_credentials(home, start)
        """Whether the next request may carry the source's credentials."""

    @property
    def moved_to(self) -> str | None:
        """The present address, where every redirect up to here allows to remember it; None without a redirect."""
        return self.target.url if self._permanent and len(self._visited) > 1 else None

    def redirect(self, status: int, location: str) -> None:
        """Go where a redirect leads. Raises RefusedError where it may not be followed."""
        if not location:
            raise RefusedError(f"a redirect that leads nowhere ({status})")
        then = targets.follow(self.target, location)
        if then.url in self._visited:
            raise RefusedError("the redirects run in a circle")
        if len(self._visited) > MAX_REDIRECTS:
            raise RefusedError(f"more than {MAX_REDIRECTS} redirects")
        downgrade = (self.target.scheme, then.scheme) == ("https", "http")
        if downgrade and self._has_secrets:
            raise RefusedError("a redirect leads from https to http, which would give the credentials away")
        self.trusted = self.trusted and targets.may_keep_credentials(self._home, then)
        same = self.trusted or not self._has_secrets
        self._permanent = self._permanent and status in PERMANENT and not downgrade and same
        self._visited.add(then.url)
        self.target = then
