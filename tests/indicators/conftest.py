"""Every store is closed after a test, so that none keeps files of a removed folder open."""

from __future__ import annotations

import pytest

from kangshu.indicators.snapshot.store import forget


@pytest.fixture(autouse=True)
def _close_stores():
    yield
    forget()
