"""An address or a text out of the desk: to the browser, to the clipboard. No shell ever sees a word of a feed."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from typing import Final

_ADDRESS: Final = re.compile(r"https?://[!-~]{1,2000}")


def is_address(url: str | None) -> bool:
    """Return whether this is a web address and nothing else."""
    return url is not None and _ADDRESS.fullmatch(url) is not None


def can_browse() -> bool:
    """Return whether a browser may be opened: over SSH it might start inside this terminal, over the desk."""
    if sys.platform == "darwin":
        return "SSH_CONNECTION" not in os.environ
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


async def to_tmux(text: str) -> bool:
    """Put a text into tmux's buffer and the clipboard behind it; False where this is no tmux or it refuses."""
    if "TMUX" not in os.environ:
        return False
    try:
        tmux = await asyncio.create_subprocess_exec(
            "tmux",
            "load-buffer",
            "-w",
            "-",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(2):
            await tmux.communicate(text.encode())
    except (OSError, TimeoutError):
        return False
    return tmux.returncode == 0
