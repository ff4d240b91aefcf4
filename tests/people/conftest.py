"""The fixture county with its accounts, for every test about people."""

from __future__ import annotations

import pytest
from tests.support.accounts import Accounts, accounts
from tests.support.county import County, small_county


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def who(county) -> Accounts:
    return accounts(county)
