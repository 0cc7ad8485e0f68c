"""Configs are judged against the bundled area, which is read once for all of them: reading it takes 0.1 s.

For a module at a time: without an `__init__.py` a package's scope is the session, and the other rooms have the loader
as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitmon import area_files
from sitmon.area import Area


@pytest.fixture(scope="module", autouse=True)
def _read_once(area: Area) -> Iterator[None]:
    really = area_files.load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(area_files, "load", lambda folder: area if folder == area.folder else really(folder))
        yield
