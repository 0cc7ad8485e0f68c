"""Entries, alerts and marks in; the append-only log on disk out. It never interprets what it keeps.

It is written in batches: a batch (entries, the alerts that they raised) is one transaction, so that a process killed at
any moment has stored an item together with its alerts, or neither. Several processes may write one log, in turns: of
their versions of one post the one known last is the newest, whoever wrote last. Everything is idempotent by id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import PollState
from sitmon.store.again import Again
from sitmon.store.codec import encode
from sitmon.store.database import Database, portions
from sitmon.store.rows import ENTRY, WITH_REPORTS, content_of, decoded, entry_of, stamp
from sitmon.store.snapshots import Snapshots
from sitmon.store.telling import AT_ONCE, Telling

REVISIONS = 24
"""After so many changes of one post's words, further ones are taken for a page that changes by itself."""
Key = tuple[str, int]
"""An entry's: its item's id and revision."""


class Log:
    """The append-only record of items, reports, alerts and marks; all else is derived from it.

    Not shared between threads: the monitor runs every call on one thread of its own.
    """

    def __init__(self, path: Path | str, *, read_only: bool = False, fold: Callable[[str], str] = str.casefold) -> None:
        """Open the log at `path`; `fold` normalises text and queries for the search (same function for both)."""
        self.path = str(path)
        self._fold = fold
        self._database = Database(path, read_only=read_only)
        self.snapshots = Snapshots(self._database)
        """Derived states, kept from one start to the next."""
        self.again = Again(self._database)
        """What a ledger has let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        self._database.close()

    # -- writing ---------------------------------------------------------------------------------------------------

    def news(self, items: Sequence[Item], held: Iterable[Item] = ()) -> tuple[Item, ...]:
        """Return the items that the log does not hold yet, in order, each with its revision set.

        `held` are items that wait to be stored: they count as if they were.

        A post whose words are known already is left out. One whose words changed comes back with the next revision,
        unless the words stood in an earlier revision (a page that flaps), only became damaged (more U+FFFD), or come
        from another source than the post did (two feeds that carry one post, each with a summary of its own).
        """
        known: dict[str, list[tuple[int, str, str]]] = {}
        ids = sorted({item.id for item in items})
        for some, marks in portions(ids):
            rows = self._database.read(f"SELECT id, revision, content, item FROM entries WHERE id IN ({marks})", some)
            for id_, revision, content, text in rows:
                known.setdefault(id_, []).append((revision, content, text))
        for item in held:
            known.setdefault(item.id, []).append((item.revision, content_of(item), encode(item)))
        fresh: list[Item] = []
        for item in items:
            content = content_of(item)
            before = known.setdefault(item.id, [])
            if any(content == seen for _, seen, _ in before) or len(before) > REVISIONS:
                continue
            if before:
                last = decoded(Item, max(before)[2], self.path)
                if item.source != last.source or item.body.count("\ufffd") > last.body.count("\ufffd"):
                    continue
            revision = max((r for r, _, _ in before), default=-1) + 1
            item = replace(item, revision=revision)
            before.append((revision, content, encode(item)))
            fresh.append(item)
        return tuple(fresh)

    def append(
        self, entries: Iterable[Entry], alerts: Iterable[Alert] = (), telling: Telling = AT_ONCE
    ) -> tuple[Key, ...]:
        """Store entries and the alerts that they raised in one transaction; return under which keys, in that order.

        The revision is another one where somebody else was first with other words of a post.

        `telling` says which of the alerts wait for their turn, and which never get one.
        """
        with self._database.transaction() as db:
            keys = tuple(self._add(db, entry) for entry in entries)
            for alert in alerts:
                waits = telling.waits.get(alert.id)
                db.execute(
                    "INSERT OR IGNORE INTO alerts (id, fingerprint, time, alert, waits, teller)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        alert.id,
                        alert.fingerprint,
                        stamp(alert.time),
                        encode(alert),
                        stamp(waits) if waits else None,
                        telling.teller if waits else None,
                    ),
                )
            _set_delivered(db, telling.passed)
        return keys

    def _add(self, db: sqlite3.Connection, entry: Entry) -> Key:
        """Store an entry that is not there yet; return its key."""
        item, content = entry.item, content_of(entry.item)
        if self._put(db, entry, content):
            return item.id, item.revision
        statement = "SELECT min(revision) FROM entries WHERE id = ? AND content = ? HAVING count(*)"
        same = db.execute(statement, (item.id, content)).fetchone()
        if same is not None:
            return item.id, int(same[0])
        # Another process was first with other words of this post. Where it knew them later, they stay the newest: they
        # are said once more, after these.
        rows = db.execute(f"SELECT {ENTRY} FROM entries WHERE id = ? ORDER BY revision DESC LIMIT 1", (item.id,))
        newest = self._entry(rows.fetchone())
        mine = _numbered(entry, newest.item.revision + 1)
        self._put(db, mine, content)
        if newest.known > entry.known:
            self._put(db, _numbered(newest, mine.item.revision + 1), content_of(newest.item))
        return item.id, mine.item.revision

    def _put(self, db: sqlite3.Connection, entry: Entry, content: str) -> bool:
        """Write an entry; False where its revision is taken. Which places it reports at, the store notes by itself."""
        item = entry.item
        done = db.execute(
            "INSERT OR IGNORE INTO entries"
            " (id, revision, content, known, published, source, agency, reports, item, verdict)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.id,
                item.revision,
                content,
                stamp(entry.known),
                stamp(item.published) if item.published else None,
                item.source,
                entry.agency,
                len(entry.verdict.reports),
                encode(item),
                encode(entry.verdict),
            ),
        )
        if done.rowcount:
            db.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (done.lastrowid, self._fold(item.body)))
        return bool(done.rowcount)

    def delivered(self, ids: Iterable[str]) -> None:
        """Note that these alerts have left the house (printed, shown): they are not given out again."""
        with self._database.transaction() as db:
            _set_delivered(db, ids)

    def released(self, ids: Iterable[str]) -> None:
        """Note that these alerts wait no more: whoever shares the log may show them."""
        with self._database.transaction() as db:
            db.executemany("UPDATE alerts SET waits = NULL, teller = NULL WHERE id = ?", ((i,) for i in ids))

    def repeated(self, ids: Iterable[str], time: datetime) -> None:
        """Note that these alerts were given out once more, at an instant."""
        with self._database.transaction() as db:
            db.executemany("UPDATE alerts SET repeated = ? WHERE id = ?", ((stamp(time), i) for i in ids))

    def add_mark(self, mark: Mark) -> bool:
        """Store an officer's mark; return False where it is stored already."""
        with self._database.transaction() as db:
            done = db.execute(
                "INSERT OR IGNORE INTO marks (id, subject, time, mark) VALUES (?, ?, ?, ?)",
                (mark.id, mark.subject, stamp(mark.time), encode(mark)),
            )
        return bool(done.rowcount)

    def save(self, *states: PollState) -> None:
        """Keep what the pollers of sources must remember over a restart."""
        with self._database.transaction() as db:
            rows = ((state.source, encode(state)) for state in states)
            db.executemany("INSERT OR REPLACE INTO poll_states VALUES (?, ?)", rows)

    def set_fact(self, key: str, value: str) -> None:
        """Keep a fact about the store itself (the area it was made with, the last handover)."""
        with self._database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))

    # -- reading ---------------------------------------------------------------------------------------------------

    def entries(self, *, with_reports: bool = False, known_at: datetime | None = None) -> Iterator[Entry]:
        """Yield the entries in the order of their keys, all revisions; only those with reports on demand."""
        where = [WITH_REPORTS] if with_reports else []
        values: list[str] = []
        if known_at is not None:
            where.append("known <= ?")
            values.append(stamp(known_at))
        clause = f" WHERE {' AND '.join(where)}" if where else ""
        for row in self._database.read(f"SELECT {ENTRY} FROM entries{clause} ORDER BY known, id, revision", values):
            yield self._entry(row)

    def entry(self, item_id: str) -> Entry | None:
        """Return the newest revision of an item, or None."""
        rows = self._database.read(
            f"SELECT {ENTRY} FROM entries WHERE id = ? ORDER BY revision DESC LIMIT 1", [item_id]
        )
        return next((self._entry(row) for row in rows), None)

    def latest(self, limit: int, *, before: int | None = None) -> tuple[Entry, ...]:
        """Return the last `limit` entries that came in, oldest first; `before` pages back by sequence number."""
        where, values = ("WHERE seq < ?", [before]) if before is not None else ("", [])
        rows = self._database.read(f"SELECT {ENTRY} FROM entries {where} ORDER BY seq DESC LIMIT ?", [*values, limit])
        return tuple(self._entry(row) for row in rows)[::-1]

    def keys_after(self, seq: int, limit: int) -> tuple[tuple[int, str, int], ...]:
        """Return sequence number, item's id and revision of at most `limit` entries stored after a number."""
        statement = "SELECT seq, id, revision FROM entries WHERE seq > ? ORDER BY seq LIMIT ?"
        return tuple((int(n), str(i), int(r)) for n, i, r in self._database.read(statement, [seq, limit]))

    def numbered(self, numbers: Sequence[int]) -> tuple[Entry, ...]:
        """Return the entries of these sequence numbers, in their order."""
        found: list[Entry] = []
        for some, marks in portions(sorted(numbers)):
            rows = self._database.read(f"SELECT {ENTRY} FROM entries WHERE seq IN ({marks}) ORDER BY seq", some)
            found += (self._entry(row) for row in rows)
        return tuple(found)

    def reports_after(self, seq: int, limit: int) -> tuple[int, tuple[Entry, ...]]:
        """Return at most `limit` entries with reports (or of a later revision) stored after a sequence number.

        And the number to ask with next; the entries are none where there are no more.
        """
        statement = f"SELECT seq, {ENTRY} FROM entries WHERE seq > ? AND {WITH_REPORTS} ORDER BY seq LIMIT ?"
        rows = list(self._database.read(statement, [seq, limit]))
        return (int(rows[-1][0]) if rows else seq), tuple(self._entry(row[1:]) for row in rows)

    def top(self) -> int:
        """Return the highest sequence number; 0 of an empty log."""
        return int(next(self._database.read("SELECT coalesce(max(seq), 0) FROM entries"))[0])

    def older(self, item: Item, limit: int) -> tuple[Entry, ...]:
        """Return at most `limit` entries that came in right before this item, oldest first."""
        rows = self._database.read("SELECT seq FROM entries WHERE id = ? AND revision = ?", [item.id, item.revision])
        seq = next((int(row[0]) for row in rows), None)
        return self.latest(limit, before=seq) if seq is not None else ()

    def search(self, query: str, limit: int = 100) -> tuple[Entry, ...]:
        """Return entries that hold all the words, newest first; a word may end in "*", "..." is a phrase.

        Any text is a valid query. Raises StoreError where the database fails.
        """
        match = _fts(self._fold(query))
        if not match:
            return ()
        columns = ", ".join(f"e.{c.strip()}" for c in ENTRY.split(","))
        rows = self._database.read(
            f"SELECT {columns} FROM words w JOIN entries e ON e.seq = w.rowid WHERE words MATCH ?"
            " ORDER BY e.known DESC, e.id LIMIT ?",
            [match, limit],
        )
        return tuple(self._entry(row) for row in rows)

    def alerts(self, *, undelivered: bool = False) -> tuple[Alert, ...]:
        """Return the alerts, oldest first; on demand only those that have not left the house."""
        where = " WHERE delivered = 0" if undelivered else ""
        return tuple(
            decoded(Alert, row[0], self.path)
            for row in self._database.read(f"SELECT alert FROM alerts{where} ORDER BY seq")
        )

    def alerts_after(self, seq: int) -> tuple[int, tuple[Alert, ...]]:
        """Return the alerts stored after a sequence number, oldest first, and the number to ask with next."""
        rows = list(self._database.read("SELECT seq, alert FROM alerts WHERE seq > ? ORDER BY seq", [seq]))
        return (int(rows[-1][0]) if rows else seq), tuple(decoded(Alert, row[1], self.path) for row in rows)

    def marks_after(self, seq: int) -> tuple[int, tuple[Mark, ...]]:
        """Return the officers' marks stored after a sequence number, oldest first, and the number to ask with next."""
        rows = list(self._database.read("SELECT seq, mark FROM marks WHERE seq > ? ORDER BY time, id", [seq]))
        top = max((int(row[0]) for row in rows), default=seq)
        return top, tuple(decoded(Mark, row[1], self.path) for row in rows)

    def waiting(self) -> dict[str, tuple[datetime, str]]:
        """Return until when the telling of alerts waits, by their ids, and which process tells them then."""
        rows = self._database.read("SELECT id, waits, teller FROM alerts WHERE waits IS NOT NULL ORDER BY seq")
        return {str(name): (datetime.fromisoformat(str(until)), str(teller)) for name, until, teller in rows}

    def repeats(self) -> dict[str, datetime]:
        """Return when each alert was given out once more, by its id; only those that ever were."""
        rows = self._database.read("SELECT id, repeated FROM alerts WHERE repeated IS NOT NULL ORDER BY seq")
        return {str(name): datetime.fromisoformat(str(time)) for name, time in rows}

    def marks(self) -> tuple[Mark, ...]:
        """Return the officers' marks, oldest first."""
        return tuple(
            decoded(Mark, row[0], self.path) for row in self._database.read("SELECT mark FROM marks ORDER BY time, id")
        )

    def load(self, source: str) -> PollState | None:
        """Return what a source's poller left behind, or None."""
        rows = self._database.read("SELECT state FROM poll_states WHERE source = ?", [source])
        return next((decoded(PollState, row[0], self.path) for row in rows), None)

    def poll_states(self) -> tuple[PollState, ...]:
        """Return what the pollers of all sources left behind, by name."""
        return tuple(
            decoded(PollState, row[0], self.path)
            for row in self._database.read("SELECT state FROM poll_states ORDER BY source")
        )

    def fact(self, key: str) -> str | None:
        """Return a fact about the store, or None."""
        return next((str(row[0]) for row in self._database.read("SELECT value FROM facts WHERE key = ?", [key])), None)

    def count(self) -> int:
        """Return how many entries the log holds, revisions included."""
        return int(next(iter(self._database.read("SELECT count(*) FROM entries")))[0])

    def version(self) -> int:
        """Return a number that changes whenever another process has written."""
        return int(next(iter(self._database.read("PRAGMA data_version")))[0])

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        return entry_of(row, self.path)


def _numbered(entry: Entry, revision: int) -> Entry:
    return replace(entry, item=replace(entry.item, revision=revision))


def _set_delivered(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    db.executemany("UPDATE alerts SET delivered = 1, waits = NULL, teller = NULL WHERE id = ?", ((i,) for i in ids))


def _fts(query: str) -> str:
    """Return a full-text query that means the words of `query` and can hold no operator of the query language."""
    terms: list[str] = []
    for n, part in enumerate(query.split('"')):
        if n % 2:
            terms.append(f'"{part}"' if part.strip() else "")
            continue
        for word in part.split():
            core = word.rstrip("*").replace('"', "")
            if core:
                terms.append(f'"{core}"*' if word.endswith("*") else f'"{core}"')
    return " ".join(t for t in terms if t)
