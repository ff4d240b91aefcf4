"""The fixture county with its accounts."""

from __future__ import annotations

import pytest
from tests.support.accounts import Accounts, accounts
from tests.support.county import County, small_county


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people_of(county) -> Accounts:
    """One account of each role."""
    return accounts(county)
