"""The national immunisation programme: a record per dose, coverage by dose, adverse events (norms B)."""

from __future__ import annotations

from kangshu.catalogue.immunisation.stock.posts import VACCINE_POSTS
from kangshu.catalogue.immunisation.vaccination.adverse_event import ADVERSE_EVENT
from kangshu.catalogue.immunisation.vaccination.forms import DOSE, HEALTH_STATE, SOURCE
from kangshu.catalogue.immunisation.vaccination.handling import CERTIFICATE, INVESTIGATION, MISSED
from kangshu.catalogue.immunisation.vaccination.indicators import INDICATORS
from kangshu.catalogue.immunisation.vaccination.parameters import PARAMETERS
from kangshu.catalogue.immunisation.vaccination.states import STATES
from kangshu.declare import Capability, Closing, Opening, Text

capability = Capability(
    id="immunisation.vaccination",
    version=2,
    title=Text("预防接种", "Immunisation"),
    purpose=Text(
        "按国家免疫规划程序为儿童接种疫苗，逐剂记录，及时补种，监测疑似预防接种异常反应",
        "Children vaccinated by the national schedule, every dose on record, missed ones caught up, adverse "
        "events watched",
    ),
    subject=Text("辖区内0至6岁儿童和其他重点人群", "children of 0 to 6 and other key groups"),
    opens_on=(
        Opening("person.born", Text("新生儿", "a newborn"), enrols=True),
        Opening("record:immunisation.dose", Text("接种了一剂疫苗", "a dose was given"), enrols=True),
    ),
    closes_on=(Closing("person.died", "death"), Closing("person.left", "moved")),
    states=STATES,
    posts=VACCINE_POSTS,
    forms=(DOSE, HEALTH_STATE, ADVERSE_EVENT, INVESTIGATION, CERTIFICATE, MISSED),
    indicators=INDICATORS,
    parameters=PARAMETERS,
    rows=("D4-01", "D4-03"),
    screens=(
        "immunisation:day_list",
        "immunisation:catch_up",
        "immunisation:child",
        "immunisation:certificate",
        "immunisation:reactions",
        "immunisation:coverage",
        "immunisation:entry_checks",
        "immunisation:entry_check",
        "immunisation:entry_notices",
        "work:record",
    ),
    tests=(
        "tests/immunisation/test_clinic.py",
        "tests/immunisation/test_lists.py",
        "tests/immunisation/test_entry_check.py",
        "tests/immunisation/test_examples.py",
    ),
    source=SOURCE,
)
