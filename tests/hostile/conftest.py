"""The county in which everybody has something to hide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.hostile.world import World, build, secret_programme


@pytest.fixture
def world(db, settings, tmp_path) -> Iterator[World]:
    settings.KANGSHU_HOME = tmp_path
    with secret_programme():
        yield build()
