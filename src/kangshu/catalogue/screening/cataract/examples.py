"""Every branch and edge."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.cataract.forms import OPERATION, OUTCOME, SCREENING, SOURCE

screened, operated, seen = (Cases(form.id, SOURCE) for form in (SCREENING, OPERATION, OUTCOME))

EXAMPLES = (
    screened("clear", "晶状体透明", "clear lens", "none", right=20, left=20, lens="1"),
    screened(
        "poor", "混浊且视力0.29：手术", "clouded, 0.29", "operate", right=29, left=100, lens="2", willing="1"
    ),
    screened(
        "limit", "混浊但视力0.3：观察", "clouded, 0.3", "watch", right=30, left=100, lens="2", willing="1"
    ),
    screened(
        "other_eye",
        "混浊眼视力好、另眼差：观察",
        "the other eye is the poor one",
        "watch",
        right=80,
        left=10,
        lens="2",
        willing="1",
    ),
    screened("unwilling", "不愿手术", "does not want it", "watch", right=10, left=10, lens="4", willing="2"),
    screened("unsaid", "未填晶状体", "no lens", "missing", right=10, left=10),
    operated("done", "已手术", "operated", "operated", result="1", eye="1"),
    operated("waiting", "等待", "waiting", "waiting", result="2"),
    operated("unfit", "不宜手术", "cannot be operated", "unfit", result="3"),
    seen("restored", "术后0.3", "0.3", "restored", vision=30),
    seen("better", "术后0.05", "0.05", "better", vision=5),
    seen("worse", "术后0.04", "0.04", "worse", vision=4),
)
