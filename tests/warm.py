"""Words in, a finished run of the program out: it is loaded once, and each run is a fork of the process that has it.

A run is a process of its own, with its own streams, environment and folder, and goes through the program's own first
step to its own exit. Only loading is spared: the modules, the bundled area and its classifier, nine tenths of what a
small command takes. What is about loading, about hash seeds (all forks have one) or about a terminal needs a program
that is started anew.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import random
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sitmon
from sitmon import area_files
from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.model.item import Item

ROOT = Path(__file__).parents[1]
SCREEN = ("sitmon.__main__", "sitmon.views.tui", "sitmon.commands.desk", "sitmon.commands.serve")
"""What is never loaded beforehand: what runs at once, and what needs the screen's library."""
NUMBER = 8


class Warm:
    """The process that has the program, seen from the tests. A context manager."""

    def __init__(self) -> None:
        self._socket, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", str(its.fileno())], cwd=ROOT, pass_fds=[its.fileno()],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.communicate()

    def run(
        self, words: Sequence[str], *, env: Mapping[str, str], cwd: Path, given: str = "", timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, as `subprocess.run` would; raises TimeoutExpired, with the program killed."""
        (stdin, write), (out, stdout), (err, stderr) = os.pipe(), os.pipe(), os.pipe()
        request = json.dumps({"words": [*words], "env": {**env}, "cwd": str(cwd)}).encode()
        socket.send_fds(self._socket, [b"%*d" % (NUMBER, len(request))], [stdin, stdout, stderr])
        for number in (stdin, stdout, stderr):
            os.close(number)
        self._socket.sendall(request)
        pid = self._number()
        late: list[int] = []

        def end() -> None:
            late.append(pid)
            os.kill(pid, signal.SIGKILL)

        bound = threading.Timer(timeout, end)
        bound.start()
        said: dict[int, str] = {}
        hands = [threading.Thread(target=_write, args=(write, given))]
        hands += [threading.Thread(target=_read, args=(number, said)) for number in (out, err)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        status = self._number()
        bound.cancel()
        if late:
            raise subprocess.TimeoutExpired([*words], timeout, said[out], said[err])
        return subprocess.CompletedProcess([*words], os.waitstatus_to_exitcode(status), said[out], said[err])

    def _number(self) -> int:
        found = self._socket.recv(NUMBER, socket.MSG_WAITALL)
        assert len(found) == NUMBER, "the warm program has ended"
        return int(found)


def _write(number: int, text: str) -> None:
    try:
        with os.fdopen(number, "w") as file:
            file.write(text)
    except BrokenPipeError:
        pass  # the program did not want all of it


def _read(number: int, said: dict[int, str]) -> None:
    with os.fdopen(number) as file:
        said[number] = file.read()


def load() -> None:
    """Load all of the program that needs no screen; keep the area and the classifier, which are immutable, at hand."""
    for found in pkgutil.walk_packages(sitmon.__path__, "sitmon."):
        if not found.name.startswith(SCREEN):
            importlib.import_module(found.name)
    bundled = area_files.load(area_files.find("afghanistan"))
    classifier = Classifier(bundled)
    for text in ("Kunduz has fallen.", "طالبان"):
        classifier.classify(Item("t", "test", text))  # what is compiled when it is first wanted
    read = area_files.load

    def compiled(area: Area, *, learned: bool = True) -> Classifier:
        return classifier if area is bundled and learned else Classifier(area, learned=learned)

    area_files.load = lambda folder: bundled if folder == bundled.folder else read(folder)
    for name, module in [*sys.modules.items()]:
        if name.startswith("sitmon.") and getattr(module, "Classifier", None) is Classifier:
            vars(module)["Classifier"] = compiled
    kept: list[object] = [bundled, classifier]
    kept.append(kept)  # a ring that is frozen is never taken apart, which would cost each run more than it does
    gc.freeze()


def serve(commands: socket.socket) -> None:
    """Fork a run for each request until nobody is there any more; in a fork, run the program."""
    while True:
        size, streams, *_ = socket.recv_fds(commands, NUMBER, 3)
        if not size:
            return
        request = json.loads(commands.recv(int(size), socket.MSG_WAITALL))
        pid = os.fork()
        if pid == 0:
            commands.close()
            become(request, streams)
            runpy.run_module("sitmon", run_name="__main__", alter_sys=True)
            return
        for number in streams:
            os.close(number)
        commands.sendall(b"%*d" % (NUMBER, pid))
        commands.sendall(b"%*d" % (NUMBER, os.waitpid(pid, 0)[1]))


def become(request: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Take the streams, environment, folder and words of a run."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    random.seed()
    os.chdir(request["cwd"])
    sys.argv[1:] = request["words"]


if __name__ == "__main__":
    load()
    serve(socket.socket(fileno=int(sys.argv[1])))
