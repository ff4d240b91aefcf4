"""The fixture county, its accounts, and goods of each kind that exist for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county

from kangshu.access.scope import AccountActor
from kangshu.declare import stock as declared_stock
from kangshu.declare.stock import Goods, GoodsKind
from kangshu.kernel.dates import CHINA
from kangshu.kernel.text import Text
from kangshu.stock import actions

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA)
TODAY = date(2026, 9, 30)
GAUZE = Goods("test.gauze", Text("纱布", "Gauze"), "片", GoodsKind.BULK, floor=20)
PILLS = Goods("test.pills", Text("叶酸片", "Folic acid"), "瓶", GoodsKind.BATCHED, floor=5)
FORMS = Goods("test.papers", Text("证件纸", "Papers"), "张", GoodsKind.NUMBERED)


@pytest.fixture
def goods(monkeypatch) -> None:
    every = {**declared_stock.goods_by_id(), **{one.id: one for one in (GAUZE, PILLS, FORMS)}}
    known = lambda: every  # noqa: E731
    for module in ("kangshu.declare.stock", "kangshu.stock.queries"):
        monkeypatch.setattr(f"{module}.goods_by_id", known)


@dataclass
class Store:
    """The stock of clinic_a1, kept by its village doctor."""

    county: County
    accounts: Accounts
    keeper: AccountActor

    def given(self, **more: Any) -> dict[str, Any]:
        usual = {"institution": self.county.clinic_a1.pk, "on": TODAY, "by": self.keeper, "now": NOW}
        return usual | more

    def receive(
        self, quantity: int = 10, batch: str = "A1", expires_on: date = date(2027, 1, 1), **more: Any
    ):
        given = {"goods": PILLS.id, "quantity": quantity, "batch": batch, "expires_on": expires_on}
        return actions.receive(**self.given(**(given | more)))

    def papers(self, numbers: str = "P001-P010", **more: Any):
        return actions.receive(**self.given(goods=FORMS.id, numbers=numbers, **more))


@pytest.fixture
def store(db, goods) -> Iterator[Store]:
    county = small_county()
    people = accounts(county)
    with acting(people.village_doctor_a) as keeper:
        yield Store(county, people, keeper)
