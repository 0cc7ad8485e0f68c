"""What goes wrong at four in the morning: a full disk, a locked or read-only log, a dead worker, a clock set back.

Each is said in plain words, loses nothing, and needs no restart where none can be helped.
"""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO

import pytest

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.classifier import Classifier
from sitmon.collect import few_pauses
from sitmon.config import Config
from sitmon.errors import StoreError
from sitmon.ingest.parsed import Parsed
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import PollState, Source
from sitmon.monitor import THE_LOG, Monitor
from sitmon.pen import Pen
from sitmon.store.log import Log
from sitmon.subscription import Subscription
from sitmon.worker import Digest, Worker
from tests.servers import Page, threaded

Run = Callable[..., "CompletedProcess[str]"]
NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)
TOWNS = ("Herat", "Kunduz", "Taloqan", "Ghazni", "Farah", "Zaranj", "Nili", "Bamyan")


class Night:
    """A desk on a log that troubles it, with a clock to be set."""

    def __init__(self, area: Area, classifier: Classifier, path: Path) -> None:
        self.time = NOW
        self.path = path
        self._classifier = classifier
        self.monitor: Monitor = wire(Config(), area, store=path, clock=lambda: self.time, hold=True)

    async def listen(self) -> Subscription:
        self.log = self.monitor._log
        await self.monitor._pen.read(self.log._database._db.execute, "PRAGMA busy_timeout = 1")
        listener = await self.monitor.subscribe()
        await anext(listener)
        return listener

    async def read(self, *towns: str, more: str = "") -> tuple[Entry, ...]:
        """Let the desk take one piece of news for each town."""
        items = [
            Item(
                id=f"news-{town}", source="Post", reliability="B", side="media",
                published=self.time - timedelta(hours=1),
                text=f"A roadside bomb killed 12 civilians in {town} city, the governor's spokesman said.{more}",
            )
            for town in towns
        ]  # fmt: skip
        return await self.monitor.take(items, [self._classifier.classify(i) for i in items])


@pytest.fixture
def night(area: Area, classifier: Classifier, tmp_path: Path) -> Night:
    return Night(area, classifier, tmp_path / "desk.db")


@contextmanager
def full(night: Night) -> Iterator[None]:
    night.log._database._db.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size at least
    yield
    night.log._database._db.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def locked(night: Night) -> Iterator[None]:
    other = sqlite3.connect(night.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def read_only(night: Night) -> Iterator[None]:
    night.log._database._db.execute("PRAGMA query_only = 1")
    yield
    night.log._database._db.execute("PRAGMA query_only = 0")


TROUBLES = pytest.mark.parametrize(
    ("trouble", "words"), [(full, "disk is full"), (locked, "another process holds"), (read_only, "read-only")]
)


@pytest.fixture(autouse=True)
def _reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests reach under the log from their own thread."""
    really = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: really(*a, **{**k, "check_same_thread": False}))


@TROUBLES
async def test_the_desk_goes_on_says_so_and_stores_all_when_it_can(
    night: Night, trouble: Callable[[Night], object], words: str
) -> None:
    async with night.monitor:
        updates = await night.listen()
        filler = " ".join(["long"] * 3000)  # more than the pages that the file has left
        with trouble(night):  # type: ignore[attr-defined]
            assert len(await night.read("Herat", "Kunduz", more=filler)) == 2
            update = await anext(updates)
            assert {a.place.name for a in update.alerts if a.place} == {"Herat", "Kunduz"}, "an alert must not wait"
            (health,) = (h for h in update.health if h.source == THE_LOG)
            assert health.health == "down"
            assert words in health.reason
            # The same news again are no news, their correction is one; an officer can answer; all that is remembered.
            assert await night.read("Herat", "Kunduz", more=filler) == ()
            assert [e.item.revision for e in await night.read("Herat", more=filler + " Corrected.")] == [1]
            assert await night.monitor.mark(Mark("m1", "acknowledge", update.alerts[0].id, "AB", night.time))
            await night.monitor.delivered(update.alerts)
            await night.monitor.polls.save(PollState("Post", etag='"2"'))
            await night.monitor.catch_up()
            assert night.log.count() == 0
        await night.monitor.catch_up()
        assert await night.read("Ghazni")
        health = next(h for h in (await anext(updates)).health if h.source == THE_LOG)
        assert health.health == "ok"
    with Log(night.path) as log:
        assert sorted(f"{e.item.id}#{e.item.revision}" for e in log.entries()) == [
            "news-Ghazni#0", "news-Herat#0", "news-Herat#1", "news-Kunduz#0",
        ]  # fmt: skip
        assert {a.id for a in update.alerts} <= {a.id for a in log.alerts()}
        assert not {a.id for a in update.alerts} & {a.id for a in log.alerts(undelivered=True)}
        assert [m.id for m in log.marks()] == ["m1"]
        state = log.load("Post")
        assert state is not None
        assert state.etag == '"2"'


async def test_what_could_not_be_stored_by_the_end_is_said_and_comes_again(
    night: Night, area: Area, classifier: Classifier
) -> None:
    filler = " ".join(["long"] * 3000)
    await night.monitor.__aenter__()
    await night.listen()
    night.log._database._db.execute("PRAGMA max_page_count = 1")
    await night.read("Herat", more=filler)
    await night.monitor.polls.save(PollState("Post", etag='"2"'))
    with pytest.raises(StoreError, match="1 items could not be stored and are read again"):
        await night.monitor.__aexit__()
    later = Night(area, classifier, night.path)
    async with later.monitor:
        assert "Post" not in await later.monitor.polls.load(), "a validator was kept for news that were not"
        assert len(await later.read("Herat", more=filler)) == 1


async def test_every_version_of_a_post_is_stored_however_many_come_while_the_log_is_held(night: Night) -> None:
    async with night.monitor:
        await night.listen()
        with full(night):
            filler = " ".join(["long"] * 3000)
            await night.read("Herat", more=filler)
            two = [
                Item(id="news-Herat", source="Post", published=night.time, text=f"{filler} {word}")
                for word in ("Corrected.", "Corrected twice.")
            ]
            taken = await night.monitor.take(two, [Verdict("en")] * 2)
            assert [e.item.revision for e in taken] == [1, 2]
            assert await night.monitor.take([two[0]], [Verdict("en")]) == (), "a page that flaps"
        await night.monitor.catch_up()
    with Log(night.path) as log:
        assert sorted((e.item.revision, e.item.text[-9:]) for e in log.entries())[1:] == [
            (1, "orrected."), (2, "ed twice."),
        ]  # fmt: skip


async def test_what_is_stored_while_it_is_asked_whether_it_is_known_is_not_news(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with night.monitor:
        await night.listen()
        with full(night):
            await night.read("Herat", more=" ".join(["long"] * 3000))
        really = Log.news

        def slow(self: Log, *args: object) -> tuple[Item, ...]:
            """Asked just before what is held gets stored; the answer comes after."""
            found = really(self, *args)  # type: ignore[arg-type]
            loop.call_soon_threadsafe(flushing.set_result, None)
            assert stored.wait(5)
            return found

        loop, stored = asyncio.get_running_loop(), threading.Event()
        flushing: asyncio.Future[None] = loop.create_future()
        monkeypatch.setattr(Log, "news", slow)
        taking = asyncio.ensure_future(night.read("Herat", more=" ".join(["long"] * 3000)))
        await flushing
        flush = asyncio.ensure_future(night.monitor._pen.flush())
        await asyncio.sleep(0)
        stored.set()
        assert await taking == ()
        assert await flush


async def test_not_more_is_held_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    pen = Pen(lambda: Log(path), hold=True, room=2, try_again_s=0.01)
    log = await pen.open()
    await pen.read(log._database._db.execute, "PRAGMA query_only = 1")
    for n in range(2):
        assert not await pen.put(lambda n=n: log.set_fact(f"f{n}", "x"), weight=1)
    waiting = asyncio.ensure_future(pen.wait_for_room())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await pen.read(log._database._db.execute, "PRAGMA query_only = 0")
    await asyncio.wait_for(waiting, 5)
    assert pen.weight == 0
    assert await pen.read(log.fact, "f1") == "x"
    await pen.close()


async def test_a_write_that_goes_through_is_no_word_that_all_is_well_while_another_is_held(tmp_path: Path) -> None:
    said: list[str] = []
    pen = Pen(lambda: Log(tmp_path / "desk.db"), hold=True, told=lambda: said.append(pen.trouble))
    log = await pen.open()

    def refused() -> None:
        raise StoreError(log.path, "the disk is full", may_pass=True)

    async with asyncio.TaskGroup() as tasks:  # both are on their way before the first has failed
        one, other = (tasks.create_task(pen.put(work)) for work in (refused, lambda: log.set_fact("a", "b")))
    assert (one.result(), other.result()) == (False, True)
    assert said == ["the disk is full"]
    pen._held.clear()
    await pen.close()


async def test_without_holding_a_command_is_told_at_once(tmp_path: Path) -> None:
    pen = Pen(lambda: Log(tmp_path / "desk.db"), hold=False)
    log = await pen.open()
    await pen.read(log._database._db.execute, "PRAGMA query_only = 1")
    with pytest.raises(StoreError, match="read-only"):
        await pen.write(log.set_fact, "a", "b")
    await pen.close()


async def test_a_clock_set_back_an_hour_stops_no_alert_and_stores_nothing_twice(night: Night) -> None:
    async with night.monitor:
        updates = await night.listen()
        await night.read("Herat")
        night.time -= timedelta(hours=1)
        assert await night.read("Herat") == ()
        await night.read("Kunduz")
        await night.monitor.catch_up()
        night.time += timedelta(hours=1)
        await night.read("Ghazni")
        update = await anext(updates)
        places = [a.place.name for a in update.alerts if a.place and a.kind == "event"]
        assert sorted(places) == ["Ghazni", "Herat", "Kunduz"]
        assert update.repeats == ()
    with Log(night.path) as log:
        assert log.count() == 3


def test_memory_is_not_searched_in_the_middle_of_a_feed_and_as_usual_afterwards() -> None:
    before = gc.get_threshold()
    with few_pauses():
        full = gc.get_stats()[2]["collections"]
        kept = [{n: [n]} for n in range(300_000)]
        assert gc.get_stats()[2]["collections"] == full
        young = gc.get_stats()[0]["collections"]
    assert young
    assert len(kept) == 300_000
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


# -- the worker --------------------------------------------------------------------------------------------------------


def feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{t}</title><guid>{n}</guid></item>" for n, t in enumerate(titles))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


async def test_a_worker_that_is_killed_is_started_again_for_the_same_input(area: Area) -> None:
    source = Source("Post", "feed", "https://post.example/")
    async with Worker(area.folder) as worker:

        async def digest() -> Digest:
            return await worker.digest(feed("one", "two"), source, now=NOW)

        assert len((await digest()).parsed.items) == 2
        assert worker._pool is not None
        for pid in list(worker._pool._processes):
            os.kill(pid, signal.SIGKILL)
        assert len((await digest()).parsed.items) == 2
        killed = asyncio.ensure_future(digest())
        await asyncio.sleep(0)
        for pid in list(worker._pool._processes):
            os.kill(pid, signal.SIGKILL)
        assert len((await killed).parsed.items) == 2


async def test_an_input_that_takes_too_long_is_given_up_and_the_next_is_read(area: Area) -> None:
    source = Source("Post", "feed", "https://post.example/")
    async with Worker(area.folder, time_limit_s=30) as worker:
        await worker.digest(feed("warm"), source, now=NOW)
        worker._time_limit_s = 0.0
        late = await worker.digest(feed("one"), source, now=NOW)
        assert late.parsed.items == ()
        assert late.parsed.failures[0].kind == "timeout"
        worker._time_limit_s = 30
        assert len((await worker.digest(feed("one"), source, now=NOW)).parsed.items) == 1


async def test_a_worker_that_is_left_leaves_no_thread_that_would_still_close_pipes_at_the_exit(area: Area) -> None:
    async with Worker(area.folder) as worker:
        await worker.digest(feed("one"), Source("Post", "feed", "https://post.example/"), now=NOW)
        (keeper,) = (t for t in threading.enumerate() if "ExecutorManager" in type(t).__name__)
    assert not keeper.is_alive()


def test_a_fault_in_one_item_costs_neither_it_nor_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from sitmon import worker

    class Faulty:
        def classify(self, item: Item) -> Verdict:
            if item.id == "b":
                raise ValueError("a fault")
            return Verdict("en")

    monkeypatch.setattr(worker, "_classifiers", [Faulty()])
    digest = worker._classified(Parsed(tuple(Item(i, "Post", i) for i in "abc"), ()))
    assert [v.lang for v in digest.verdicts] == ["en", "und", "en"]
    assert "a fault in sitmon itself: ValueError" in digest.parsed.failures[0].reason
    assert "ValueError: a fault" in digest.traces[0]


# -- the program -------------------------------------------------------------------------------------------------------


def config(folder: Path, url: str) -> Path:
    path = folder / "config.toml"
    path.write_text(
        f'store = "desk.db"\n[[sources]]\nname = "Post"\nurl = "{url}"\nreliability = "B"\nside = "media"\n'
        'interval = "1s"\nallow_private_hosts = true\n',
        encoding="utf-8",
    )
    return path


def news(*towns: str) -> bytes:
    when = (datetime.now(UTC) - timedelta(minutes=20)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    items = "".join(
        f"<item><title>A roadside bomb killed 12 civilians in {town} city, the governor's spokesman said</title>"
        f"<guid>{town}</guid><pubDate>{when}</pubDate></item>"
        for town in towns
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def test_an_output_that_is_full_is_said_and_the_alerts_come_later(
    home: dict[str, str], tmp_path: Path, command: Sequence[str], run: Run
) -> None:
    with threaded({"/": Page(news("Herat", "Kunduz"))}) as server:
        path = config(tmp_path, server.url("/"))
        with open("/dev/full", "w") as nowhere:
            done = subprocess.run(
                [*command, "--config", str(path), "watch", "--once"],
                stdout=nowhere, stderr=subprocess.PIPE, text=True, env=home, cwd=tmp_path, timeout=60, check=False,
            )  # fmt: skip
        assert done.returncode == 1
        assert "no space left" in done.stderr
        assert "Traceback" not in done.stderr
        again = run("--config", path, "watch", "--once")
        assert again.returncode == 0, again.stderr
        assert len(again.stdout.splitlines()) == 2


@pytest.mark.parametrize("fault", ["1 / 0", "raise ExceptionGroup('x', [ZeroDivisionError('division \\x1b[2J')])"])
def test_a_fault_of_its_own_is_a_line_and_its_traceback_a_file(
    home: dict[str, str], tmp_path: Path, fault: str
) -> None:
    code = (
        "import sys, sitmon.commands.watch as watch\nfrom sitmon.cli import main\n"
        f"def start(*_, **__):\n    {fault}\nwatch.start = start\nsys.argv = ['sitmon', 'watch']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=home, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert "ZeroDivisionError: division" in done.stderr
    (noted,) = (tmp_path / "state").rglob("sitmon.log")
    assert str(noted) in done.stderr
    assert "Traceback (most recent call last)" in noted.read_text(encoding="utf-8")


def test_a_replay_into_a_full_output_fails(home: dict[str, str], tmp_path: Path, command: Sequence[str]) -> None:
    (tmp_path / "feed.xml").write_bytes(news("Herat"))
    with open("/dev/full", "w") as nowhere:
        done = subprocess.run(
            [*command, "replay", "feed.xml"],
            stdout=nowhere, stderr=subprocess.PIPE, text=True, env=home, cwd=tmp_path, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "no space left" in done.stderr


def test_a_newer_store_is_refused_with_what_to_do(run: Run, tmp_path: Path) -> None:
    with Log(tmp_path / "desk.db") as log:
        log._database._db.execute("PRAGMA user_version = 999")
    before = (tmp_path / "desk.db").read_bytes()
    done = run("--config", config(tmp_path, "http://127.0.0.1:9/"), "watch", "--once")
    assert done.returncode == 1
    assert "written by a newer sitmon" in done.stderr
    assert "update sitmon" in done.stderr
    assert done.stdout == ""
    assert (tmp_path / "desk.db").read_bytes() == before


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can set another process's limits")
def test_a_watch_outlives_a_full_disk_and_a_dead_worker(
    home: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    """Files that may not grow stand for the full disk: the system refuses the write in the middle of a transaction."""
    told = list(TOWNS[:2])
    with threaded({"/": lambda _: Page(news(*told))}) as server:
        path = config(tmp_path, server.url("/"))
        process = subprocess.Popen(
            [*command, "--config", str(path), "watch"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=home, cwd=tmp_path,
        )  # fmt: skip
        bound = threading.Timer(60, process.kill)
        bound.start()
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            assert {process.stdout.readline().split(" city")[0] for _ in told}
            unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, unlimited[1]))
            for child in children(process.pid):
                os.kill(child, signal.SIGKILL)
            told += TOWNS[2:4]
            lines = [process.stdout.readline() for _ in range(2)]
            assert any("Taloqan" in line for line in lines), "an alert waited for the disk"
            assert "down" in heard(process.stderr, f" {THE_LOG}: ")
            assert len(stored(tmp_path)) == 2
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
            assert heard(process.stderr, "written again")
            assert len(stored(tmp_path)) == 4
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
        finally:
            bound.cancel()
            process.kill()
            process.communicate()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells a process's children here")
def test_a_killed_watch_leaves_no_process_behind(home: dict[str, str], tmp_path: Path, command: Sequence[str]) -> None:
    with threaded({"/": Page(news("Herat"))}) as server:
        path = config(tmp_path, server.url("/"))
        process = subprocess.Popen(
            [*command, "--config", str(path), "watch"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=home
        )
        assert process.stdout is not None
        process.stdout.readline()
        left = children(process.pid)
        assert left
        process.kill()
        process.communicate()
    end = time.monotonic() + 20
    while left and time.monotonic() < end:
        left = [pid for pid in left if is_alive(pid)]
        time.sleep(0.05)
    assert left == []


def heard(stream: IO[str], words: str) -> str:
    """Return the next line that has these words; an empty text where there is none before the end."""
    return next((line for line in stream if words in line), "")


def stored(folder: Path) -> set[str]:
    with Log(folder / "desk.db", read_only=True) as log:
        return {entry.item.title for entry in log.entries()}


def children(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
