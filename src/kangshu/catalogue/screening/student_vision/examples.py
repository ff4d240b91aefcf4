"""Every branch and edge (norms K6)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.student_vision.forms import FEEDBACK, SCREENING

seen, told = Cases(SCREENING.id, "norms K6"), Cases(FEEDBACK.id, "norms K6")
GOOD = {"glasses": "0", "right_naked": "5.0", "left_naked": "5.0"}
POOR_LEFT = {"glasses": "0", "right_naked": "5.0", "left_naked": "4.9"}

EXAMPLES = (
    seen("normal", "双眼5.0", "both 5.0", "normal", values={"degree": "", "grade_of_myopia": ""}, **GOOD),
    seen(
        "good_but_minus",
        "视力5.0、等效球镜-0.75：不计近视",
        "5.0 with -0.75 D",
        "normal",
        right_sphere="-0.75",
        **GOOD,
    ),
    seen(
        "limit",
        "4.9、等效球镜恰为-0.50：视力不良",
        "4.9, exactly -0.50 D",
        "poor",
        values={"degree": "mild"},
        left_sphere="-0.50",
        **POOR_LEFT,
    ),
    seen(
        "myopia",
        "4.9、等效球镜-0.51：近视",
        "4.9, -0.51 D",
        "myopia",
        values={"grade_of_myopia": "low"},
        left_sphere="-0.51",
        **POOR_LEFT,
    ),
    seen(
        "cylinder",
        "球镜-0.25、柱镜-0.75：等效-0.625",
        "the cylinder counts half",
        "myopia",
        left_sphere="-0.25",
        left_cylinder="-0.75",
        **POOR_LEFT,
    ),
    seen(
        "other_eye",
        "左眼视力差、右眼球镜负：不计",
        "poor left, minus right",
        "poor",
        right_sphere="-1.00",
        **POOR_LEFT,
    ),
    seen("unrefracted", "未验光：视力不良", "no refraction", "poor", **POOR_LEFT),
    seen(
        "ok_lenses", "戴OK镜：近视", "OK lenses", "myopia", glasses="3", right_naked="5.0", left_naked="5.0"
    ),
    seen(
        "moderate",
        "4.6：中度",
        "4.6: moderate",
        "poor",
        values={"degree": "moderate"},
        glasses="0",
        right_naked="4.6",
        left_naked="5.0",
    ),
    seen(
        "severe",
        "4.5：重度",
        "4.5: severe",
        "poor",
        values={"degree": "severe"},
        glasses="0",
        right_naked="4.5",
        left_naked="5.0",
    ),
    seen(
        "low",
        "-3.00：低度",
        "-3.00 D: low",
        "myopia",
        values={"grade_of_myopia": "low"},
        left_sphere="-3.00",
        **POOR_LEFT,
    ),
    seen(
        "middle",
        "-6.00：中度",
        "-6.00 D: middle",
        "myopia",
        values={"grade_of_myopia": "middle"},
        left_sphere="-6.00",
        **POOR_LEFT,
    ),
    seen(
        "high",
        "-6.01：高度",
        "-6.01 D: high",
        "myopia",
        values={"grade_of_myopia": "high"},
        left_sphere="-6.01",
        **POOR_LEFT,
    ),
    seen("one_eye", "缺左眼视力", "left eye missing", "missing", glasses="0", right_naked="5.0"),
    told("confirmed", "确诊近视", "myopia", "confirmed", gone="1", diagnosis="1"),
    told("excluded", "散光", "astigmatism", "excluded", gone="1", diagnosis="2"),
    told("not_gone", "未就诊", "has not gone", "not_gone", gone="2"),
    told("unsaid", "未填诊断", "no diagnosis", "missing", gone="1"),
)
