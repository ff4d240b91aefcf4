"""The lines of the monthly workload report, and the sums that must hold between them."""

from __future__ import annotations

from kangshu.declare.expression import answer
from kangshu.declare.form import Check, Field, FieldType, Form, Range, Section
from kangshu.kernel.text import Text


def _count(name: str, zh: str, en: str, unit: str, most: int, *, required: bool = True) -> Field:
    """A count of the month; `most` is what no institution of a county reaches."""
    return Field(
        name,
        Text(zh, en),
        FieldType.INTEGER,
        unit=unit,
        hard=Range.of(0, most),
        required=required,
    )


WORKLOAD = Form(
    id="reports.institution_workload.form",
    version=1,
    title=Text("机构月度工作量", "Institution monthly workload"),
    sections=(
        Section(
            "care",
            Text("医疗服务", "Medical care"),
            (
                _count(
                    "outpatient_visits",
                    "门急诊人次",
                    "outpatient and emergency visits",
                    "人次",
                    500_000,
                ),
                _count("emergency_visits", "其中：急诊人次", "of which emergency visits", "人次", 100_000),
                _count("discharges", "出院人次", "discharges", "人次", 50_000),
                _count("home_visits", "上门服务人次", "home visits", "人次", 50_000),
            ),
        ),
        Section(
            "public_health",
            Text("公共卫生服务", "Public health"),
            (
                _count(
                    "hypertension_follow_ups",
                    "高血压患者随访人次",
                    "follow-ups of hypertension patients",
                    "人次",
                    50_000,
                ),
                _count(
                    "hypertension_face_to_face",
                    "其中：面对面随访人次",
                    "of which face to face",
                    "人次",
                    50_000,
                ),
                _count("health_checks", "健康体检人数", "health checks", "人", 50_000),
                _count("lectures", "健康教育讲座次数", "health lectures", "次", 200),
                _count("lecture_participants", "讲座参加人数", "lecture participants", "人", 50_000),
            ),
        ),
        Section(
            "remarks",
            Text("说明", "Remarks"),
            (
                Field(
                    "remarks",
                    Text("需要说明的情况", "what the bureau should know"),
                    FieldType.LONG_TEXT,
                    max_length=1000,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "emergency_within_outpatient",
            answer("emergency_visits") <= answer("outpatient_visits"),
            Text("急诊人次不能多于门急诊人次。", "Emergency visits cannot exceed all visits."),
            field="emergency_visits",
        ),
        Check(
            "face_to_face_within_follow_ups",
            answer("hypertension_face_to_face") <= answer("hypertension_follow_ups"),
            Text("面对面随访人次不能多于随访人次。", "Face-to-face follow-ups cannot exceed all follow-ups."),
            field="hypertension_face_to_face",
        ),
        Check(
            "participants_need_lectures",
            (answer("lectures") > 0) | (answer("lecture_participants") <= 0),
            Text("没有讲座，却填了参加人数。", "There are participants, but no lecture."),
            field="lecture_participants",
        ),
        Check(
            "lecture_has_participants",
            (answer("lectures") <= 0) | (answer("lecture_participants") >= answer("lectures")),
            Text(
                "讲座参加人数少于讲座次数，请核实或说明原因。",
                "Fewer participants than lectures: check, or say why.",
            ),
            hard=False,
            field="lecture_participants",
        ),
    ),
)
