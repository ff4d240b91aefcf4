"""Every outcome and edge."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.mother_to_child.forms import PLAN, TESTS

tests = Cases(TESTS.id, "norms H1")
BOTH = {"hiv": "1", "syphilis": "1"}

EXAMPLES = (
    tests(
        "all",
        "三项均检、乙肝阴性",
        "all three, negative",
        "tested",
        values={"all_tested": True, "early": True},
        hbsag="1",
        weeks=12,
        **BOTH,
    ),
    tests(
        "late",
        "13周检测：非孕早期",
        "week 13 is not early",
        "tested",
        values={"early": False},
        hbsag="1",
        weeks=13,
        **BOTH,
    ),
    tests("hbv", "HBsAg阳性", "HBsAg positive", "hbv", hbsag="2", weeks=12, **BOTH),
    tests("no_hiv", "未检艾滋病", "no HIV test", "partial", hiv="2", syphilis="1", hbsag="1", weeks=12),
    tests("no_hbv", "未检乙肝", "no HBsAg", "partial", hbsag="3", weeks=12, **BOTH),
    tests(
        "hbv_partial",
        "HBsAg阳性但未检梅毒：先补检",
        "positive, but no syphilis test",
        "partial",
        hiv="1",
        syphilis="2",
        hbsag="2",
        weeks=12,
    ),
    tests("unsaid", "未填结果", "no result", "missing", weeks=12, **BOTH),
    *treatment_examples(PLAN.id, "norms H1"),
)
