"""The fixture county with accounts; entries are made as the township worker of centre_a."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county

from kangshu.access.scope import AccountActor
from kangshu.fieldwork.actions import enter
from kangshu.fieldwork.actions.entering import Saved
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import new_id

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA)
ACTIVITIES = "health_education.activities"
LECTURE: dict[str, Any] = {
    "kind": "1",
    "subject": "高血压防治知识",
    "topic": "2",
    "place": "柳林镇文化站",
    "organiser": "柳林镇卫生院",
    "audience": ["1", "3"],
    "participants": 46,
    "kinds": 2,
    "copies": 92,
}


@dataclass
class World:
    """What a test of logbooks starts from."""

    county: County
    accounts: Accounts
    worker: AccountActor

    def enter(self, logbook: str = ACTIVITIES, on: date = date(2026, 9, 8), **given: Any) -> Saved:
        given = {
            "answers": LECTURE,
            "entry_id": new_id(),
            "institution": self.county.centre_a.id,
            "by": self.worker,
            "now": NOW,
        } | given
        return enter(logbook_id=logbook, performed_on=on, **given)


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def world(county) -> Iterator[World]:
    people = accounts(county)
    with acting(people.township_worker_a) as worker:
        yield World(county, people, worker)
