"""Path in, an open SQLite connection of the right schema out.

The log's tables are append-only and idempotent by id. `PRAGMA user_version` holds the schema's version: an older store
is brought up step by step, a newer one is refused with that reason and left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sitmon.errors import StoreError

APPLICATION_ID = 0x5349544D
""""SITM" in `PRAGMA application_id`, so that `file` and this program know a store from any other database."""

STEPS: tuple[str, ...] = (
    # version 1
    """
    CREATE TABLE entries (
        seq       INTEGER PRIMARY KEY,
        id        TEXT NOT NULL,
        revision  INTEGER NOT NULL,
        content   TEXT NOT NULL,
        known     TEXT NOT NULL,
        published TEXT,
        source    TEXT NOT NULL,
        agency    TEXT,
        reports   INTEGER NOT NULL,
        item      TEXT NOT NULL,
        verdict   TEXT NOT NULL,
        UNIQUE (id, revision)
    ) STRICT;
    CREATE INDEX entries_with_reports ON entries (known, id) WHERE reports > 0;
    CREATE INDEX entries_known ON entries (known, id);
    CREATE VIRTUAL TABLE words USING fts5 (body, content = '', tokenize = 'unicode61 remove_diacritics 2');
    CREATE TABLE alerts (
        seq         INTEGER PRIMARY KEY,
        id          TEXT NOT NULL UNIQUE,
        fingerprint TEXT NOT NULL,
        time        TEXT NOT NULL,
        delivered   INTEGER NOT NULL DEFAULT 0,
        repeated    TEXT,
        alert       TEXT NOT NULL
    ) STRICT;
    CREATE INDEX alerts_fingerprint ON alerts (fingerprint);
    CREATE INDEX alerts_undelivered ON alerts (seq) WHERE delivered = 0;
    CREATE TABLE marks (
        seq     INTEGER PRIMARY KEY,
        id      TEXT NOT NULL UNIQUE,
        subject TEXT NOT NULL,
        time    TEXT NOT NULL,
        mark    TEXT NOT NULL
    ) STRICT;
    CREATE TABLE poll_states (
        source TEXT PRIMARY KEY,
        state  TEXT NOT NULL
    ) STRICT;
    CREATE TABLE facts (
        key   TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;
    """,
    # version 2: which entries report at a place, so that a ledger can read them again; and derived states
    """
    CREATE TABLE about (
        code TEXT NOT NULL,
        seq  INTEGER NOT NULL,
        PRIMARY KEY (code, seq)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO about (code, seq)
        SELECT json_extract(r.value, '$.place.code'), e.seq FROM entries e, json_each(e.verdict, '$.reports') r
        WHERE e.reports > 0 AND json_extract(r.value, '$.place.code') IS NOT NULL;
    CREATE TABLE snapshots (
        name TEXT PRIMARY KEY,
        fits TEXT NOT NULL,
        seq  INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE snapshot_parts (
        name TEXT NOT NULL,
        part INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (name, part)
    ) STRICT;
    """,
    # version 3: until when the telling of an alert waits, and who tells it then; and the store itself notes which
    # entries report at a place, also where a process of an older version writes them
    """
    ALTER TABLE alerts ADD COLUMN waits TEXT;
    ALTER TABLE alerts ADD COLUMN teller TEXT;
    CREATE INDEX alerts_waiting ON alerts (waits) WHERE waits IS NOT NULL;
    CREATE TRIGGER entries_about AFTER INSERT ON entries WHEN new.reports > 0 BEGIN
        INSERT OR IGNORE INTO about (code, seq)
            SELECT json_extract(r.value, '$.place.code'), new.seq FROM json_each(new.verdict, '$.reports') r
            WHERE json_extract(r.value, '$.place.code') IS NOT NULL;
    END;
    INSERT OR IGNORE INTO about (code, seq)
        SELECT json_extract(r.value, '$.place.code'), e.seq FROM entries e, json_each(e.verdict, '$.reports') r
        WHERE e.reports > 0 AND e.seq NOT IN (SELECT seq FROM about)
        AND json_extract(r.value, '$.place.code') IS NOT NULL;
    """,
    # version 4: a process of version 2 that still runs writes into `about` itself, and takes a row that is there
    # already for an error: its own takes the place of the one that the store has noted
    """
    CREATE TRIGGER about_again BEFORE INSERT ON about BEGIN
        DELETE FROM about WHERE code = new.code AND seq = new.seq;
    END;
    """,
)
VERSION = len(STEPS)
TABLES = frozenset(
    {"entries", "words", "alerts", "marks", "poll_states", "facts", "about", "snapshots", "snapshot_parts"}
)
"""What a store holds once it has been brought up."""
DAMAGED = "this file is no sitmon store, or it is damaged; move it away or name another with --store"
PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM,
    }
)  # fmt: skip
"""SQLite's kinds of trouble that waiting may end: locks, rights, a disk that is full, failing or out of reach."""
TORN = frozenset({sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS})
"""What SQLite files under trouble with the disk although the file itself is damaged."""


def connect(path: Path | str, *, read_only: bool = False, busy_s: float = 5.0) -> sqlite3.Connection:
    """Open the store at `path` (":memory:" for none), creating it and its folder where they are missing.

    Raises StoreError: no folder can be made, no right to read or write, no database, another program's database, a
    newer version of sitmon's, locked for longer than `busy_s` seconds, or the disk is full.
    """
    name = str(path)
    if name != ":memory:":
        if read_only and not Path(name).exists():
            raise StoreError(name, "there is no store here yet")
        try:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(name, f"its folder cannot be made: {error.strerror}") from error
    try:
        if read_only:
            db = sqlite3.connect(f"{Path(name).absolute().as_uri()}?mode=ro", uri=True, timeout=busy_s)
        else:
            db = sqlite3.connect(name, timeout=busy_s)
        db.isolation_level = None
        try:
            _prepare(db, name, read_only=read_only)
        except BaseException:
            db.close()
            raise
    except sqlite3.Error as error:
        raise failure(name, error) from error
    return db


def _prepare(db: sqlite3.Connection, name: str, *, read_only: bool) -> None:
    db.execute("BEGIN")  # one moment's view: another process may be making the store right now
    version = db.execute("PRAGMA user_version").fetchone()[0]
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    db.execute("COMMIT")
    if owner != APPLICATION_ID and (owner or version or tables):
        raise StoreError(name, "this is a database of another program; name another file with --store")
    if version > VERSION:
        raise StoreError(
            name, f"written by a newer sitmon (store version {version}, this one reads up to {VERSION}): update sitmon"
        )
    if version == VERSION and not tables >= TABLES:
        missing = ", ".join(sorted(TABLES - tables))
        raise StoreError(
            name, f"the store is damaged: it has lost {missing}; move it away or name another with --store"
        )
    if read_only:
        if not version:
            raise StoreError(name, "this file is empty, there is no store in it yet; name another with --store")
        return
    db.execute("PRAGMA journal_mode = WAL")
    # With WAL, NORMAL loses no committed entry when the process is killed; only a power cut may take the newest ones,
    # and those are still in the feeds.
    db.execute("PRAGMA synchronous = NORMAL")
    if version < VERSION:
        db.execute("BEGIN EXCLUSIVE")
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
            for number in range(version, VERSION):
                for statement in statements(STEPS[number]):
                    db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {VERSION}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def statements(step: str) -> Iterator[str]:
    """Yield the statements of a step; that of a trigger holds others."""
    begun = ""
    for piece in step.split(";"):
        begun += f"{piece};"
        if piece.strip() and sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def failure(path: object, error: sqlite3.Error) -> StoreError:
    """Return a database error as one of the store, which knows whether waiting may end it."""
    code = getattr(error, "sqlite_errorcode", 0)
    return StoreError(path, explain(error), may_pass=code & 0xFF in PASSING and code not in TORN)


def explain(error: sqlite3.Error) -> str:
    """Return what a database error means to the person at the desk, and what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return "another process holds the store and does not let go; is a second sitmon stuck?"
    if "readonly" in text or "read-only" in text:
        return "the store is read-only: give this user the right to write it, or name another file with --store"
    if "full" in text:
        return "the disk is full: nothing is lost that was stored; free some space"
    if "unable to open" in text:
        return "the file cannot be opened: check the path and the rights of its folder"
    if any(words in text for words in _DAMAGE) or getattr(error, "sqlite_errorcode", 0) in TORN:
        return DAMAGED
    if "disk i/o" in text.casefold():
        return "the disk does not take what is written (full, over a quota, or failing): look at it"
    return f"the database says: {text}"


_DAMAGE = (
    "not a database", "malformed", "no such table", "no such column", "already exists", "vtable", "decode to UTF-8",
)  # fmt: skip
