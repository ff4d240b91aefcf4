"""Every branch and edge (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.newborn_disease.forms import BLOOD, LAB, RECALLED, TREATMENT

NORM = "norms K5"
taken, tested, again = Cases(BLOOD.id, NORM), Cases(LAB.id, NORM), Cases(RECALLED.id, NORM)
YES = {"consent": "2", "card": "A1"}
FIT = {"card_fit": "2"}

EXAMPLES = (
    taken("h72", "满72小时", "72 hours", "taken", values={"in_time": True}, age_hours=72, **YES),
    taken("h71", "71小时：过早", "71 hours: too early", "too_early", age_hours=71, **YES),
    taken("day_7", "第7天", "day 7", "taken", values={"in_time": True}, age_hours=168, **YES),
    taken(
        "day_8",
        "超过7天无原因：不及时",
        "after 7 days without a reason",
        "taken",
        values={"in_time": False},
        age_hours=169,
        delayed="5",
        **YES,
    ),
    taken(
        "day_20",
        "早产20天内：及时",
        "preterm, day 20",
        "taken",
        values={"in_time": True},
        age_hours=480,
        delayed="1",
        **YES,
    ),
    taken(
        "day_21",
        "早产超过20天：不及时",
        "preterm, after day 20",
        "taken",
        values={"in_time": False},
        age_hours=481,
        delayed="1",
        **YES,
    ),
    taken("refused", "家长拒绝", "refused", "refused", consent="1"),
    taken("no_age", "未填日龄", "no age", "missing", **YES),
    tested(
        "negative", "均正常（TSH恰为10）", "normal, TSH exactly 10", "negative", tsh="10.0", phe=120, **FIT
    ),
    tested(
        "tsh",
        "TSH 10.1：可疑CH",
        "TSH 10.1",
        "suspicious",
        values={"suspected": ["ch"]},
        tsh="10.1",
        phe=60,
        **FIT,
    ),
    tested(
        "phe",
        "Phe 121：可疑PKU",
        "Phe 121",
        "suspicious",
        values={"suspected": ["pku"]},
        tsh="3.0",
        phe=121,
        **FIT,
    ),
    tested(
        "g6pd",
        "G6PD可疑",
        "G6PD",
        "suspicious",
        values={"suspected": ["g6pd"]},
        tsh="3.0",
        phe=60,
        g6pd="2",
        **FIT,
    ),
    tested("unfit", "血片不合格", "unfit card", "unfit", card_fit="1"),
    tested("untested", "缺TSH", "no TSH", "missing", phe=60, **FIT),
    again("excluded", "排除", "excluded", "excluded", values={"come": True}, result="1"),
    again("confirmed", "确诊CH", "CH confirmed", "confirmed", result="2", diseases=("1",)),
    again("unclear", "待确诊", "not clear yet", "waiting", values={"come": True}, result="3"),
    again("not_come", "未来复查", "has not come", "waiting", values={"come": False}, result="4"),
    again("unsaid", "未填结果", "no answer", "missing"),
    *treatment_examples(TREATMENT.id, NORM),
)
