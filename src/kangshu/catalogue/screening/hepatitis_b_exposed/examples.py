"""Every outcome and edge."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.hepatitis_b_exposed.forms import BIRTH, TESTING

born, tested = Cases(BIRTH.id, "norms H1"), Cases(TESTING.id, "norms H1")

EXAMPLES = (
    born("h12", "12小时：及时", "12 hours", "in_time", values={"in_12": True}, given="2", hours=12),
    born("h13", "13小时：24小时内", "13 hours", "in_time", values={"in_12": False}, given="2", hours=13),
    born("h24", "24小时：及时", "24 hours", "in_time", given="2", hours=24),
    born("h25", "25小时：超时", "25 hours: late", "late", given="2", hours=25),
    born("none", "未注射", "not given", "not_given", given="1"),
    born("unsaid", "未填时间", "no time", "missing", given="2"),
    tested("protected", "抗体10：有保护", "antibody 10", "protected", hbsag="1", anti_hbs="10.0"),
    tested("unprotected", "抗体9.9：不足", "antibody 9.9", "unprotected", hbsag="1", anti_hbs="9.9"),
    tested("infected", "HBsAg阳性", "HBsAg positive", "infected", hbsag="2"),
    tested("not_done", "未检测", "not tested", "not_done", hbsag="3"),
    tested("unsaid", "未填结果", "no result", "missing"),
)
