"""Configs are judged against the bundled area, which is read once for all of them: reading it takes 0.1 s."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitmon import area_files
from sitmon.area import Area


@pytest.fixture(scope="package", autouse=True)
def _read_once(area: Area) -> Iterator[None]:
    really = area_files.load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(area_files, "load", lambda folder: area if folder == area.folder else really(folder))
        yield
