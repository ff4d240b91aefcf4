"""A cervical-screening-like campaign in the fixture county."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.campaigns import declarations
from kangshu.campaigns.actions import create_campaign, publish, save_composition, set_targets
from kangshu.campaigns.composition import (
    Composition,
    Condition,
    How,
    Positive,
    Question,
    Stage,
    StageKind,
    Who,
)
from kangshu.campaigns.models import Campaign
from kangshu.declare import Field, FieldType, Text, numbered
from kangshu.kernel.dates import CHINA, china_today
from kangshu.people.models import Person

TODAY = china_today()
NOW = datetime.now(CHINA)
HPV = Question(
    Field(
        "hpv",
        Text("HPV检测", "HPV test"),
        FieldType.CHOICE,
        choices=numbered(("阴性", "negative"), ("阳性", "positive")),
        required=True,
    )
)
COLPOSCOPY = Question(
    Field(
        "colposcopy",
        Text("阴道镜检查", "Colposcopy"),
        FieldType.CHOICE,
        choices=numbered(("未见异常", "normal"), ("异常", "abnormal")),
        required=True,
    )
)


def cervical(**changes: object) -> Composition:
    """Women of 35 to 64, once this year: HPV first, colposcopy for the positive."""
    made = Composition(
        title=Text("宫颈癌筛查", "Cervical screening"),
        purpose=Text("适龄妇女免费筛查", "free screening"),
        who=Who(sex="2", age_from=35, age_to=64),
        stages=(
            Stage(
                StageKind.PRIMARY,
                Text("初筛", "Primary screening"),
                (HPV,),
                Positive((Condition("hpv", How.IS, "2"),)),
            ),
            Stage(
                StageKind.FURTHER,
                Text("阴道镜", "Colposcopy"),
                (COLPOSCOPY,),
                Positive((Condition("colposcopy", How.IS, "2"),)),
                within_days=60,
            ),
        ),
        first_on=TODAY - timedelta(days=30),
        last_on=TODAY + timedelta(days=60),
    )
    return replace(made, **changes)


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """What a test published is rolled back; the process must not go on knowing it."""
    yield
    declarations.forget()


@pytest.fixture
def women(county: County) -> dict[str, Person]:
    """Four women and a man of two places; who is eligible stands in the names."""
    born = date(TODAY.year - 45, 6, 1)
    return {
        "li": resident(county.clinic_a1, "李秀英", now=NOW, sex="2", birth_date=born, serial=1),
        "wang": resident(county.clinic_a1, "王桂兰", now=NOW, sex="2", birth_date=born, serial=2),
        "zhao": resident(county.clinic_b1, "赵玉珍", now=NOW, sex="2", birth_date=born, serial=3),
        "young": resident(
            county.clinic_a1, "小红", now=NOW, sex="2", birth_date=date(TODAY.year - 20, 6, 1), serial=4
        ),
        "man": resident(county.clinic_a1, "老张", now=NOW, sex="1", birth_date=born, serial=5),
    }


def running(county: County, people: Accounts, composition: Composition | None = None) -> Campaign:
    """A published campaign with targets of the two townships."""
    with acting(people.bureau_officer) as by:
        made = create_campaign(title="宫颈癌筛查", by=by, now=NOW)
        save_composition(campaign=made.id, composition=composition or cervical(), by=by, now=NOW)
        set_targets(campaign=made.id, numbers={county.centre_a.pk: 2, county.centre_b.pk: 4}, by=by, now=NOW)
        return publish(campaign=made.id, by=by, now=NOW)
