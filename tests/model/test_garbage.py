"""What is made while the collector is paused is searched neither then nor right afterwards; all else goes on."""

from __future__ import annotations

import gc

import pytest

from sitmon.garbage import collector_paused


def full() -> int:
    return int(gc.get_stats()[2]["collections"])


def test_what_was_made_counts_as_old() -> None:
    before = full()
    with collector_paused():
        kept = [{n: [n]} for n in range(200_000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    more = [[n] for n in range(2000)]
    assert full() == before
    assert len(kept) + len(more) == 202_000


def test_it_runs_again_after_a_fault_and_stays_off_where_it_was_off() -> None:
    with pytest.raises(ZeroDivisionError), collector_paused():
        raise ZeroDivisionError
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        with collector_paused():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
