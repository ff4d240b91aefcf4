"""Institution monthly workload 机构月度工作量: what every institution that treats or visits people reports.

Most of it cannot be counted from records until hospitals' systems are joined, so it is reported; what can be
counted (follow-ups of hypertension patients, health checks) is counted beside it, and a difference shows.
"""

from __future__ import annotations

from kangshu.catalogue.reports.institution_workload.form import WORKLOAD
from kangshu.declare.report import Periodicity, Report, ReportedFigure
from kangshu.kernel.text import Text

report = Report(
    id="reports.institution_workload",
    version=1,
    title=Text("机构月度工作量报表", "Institution monthly workload"),
    form=WORKLOAD,
    periodicity=Periodicity.MONTH,
    institution_kinds=frozenset({"hospital", "mch", "township_centre", "community_centre", "village_clinic"}),
    due_working_days=5,
    figures=(
        ReportedFigure(
            "outpatient_visits",
            "workload.outpatient_visits",
            Text("门急诊人次", "Outpatient and emergency visits"),
            "人次",
            aliases=("门诊人次", "门急诊量", "诊疗人次"),
        ),
        ReportedFigure(
            "emergency_visits",
            "workload.emergency_visits",
            Text("急诊人次", "Emergency visits"),
            "人次",
            aliases=("急诊量",),
        ),
        ReportedFigure(
            "discharges",
            "workload.discharges",
            Text("出院人次", "Discharges"),
            "人次",
            aliases=("出院人数", "出院病人"),
        ),
        ReportedFigure(
            "home_visits",
            "workload.home_visits",
            Text("上门服务人次", "Home visits"),
            "人次",
            aliases=("入户随访人次", "上门服务"),
        ),
        ReportedFigure(
            "hypertension_follow_ups",
            "hypertension.follow_ups",
            Text("高血压患者随访人次", "Follow-ups of hypertension patients"),
            "人次",
            aliases=("高血压随访人次",),
            form="chronic.hypertension.follow_up",
        ),
        ReportedFigure(
            "health_checks",
            "workload.health_checks",
            Text("健康体检人数", "Health checks"),
            "人",
            aliases=("体检人数", "健康体检人次"),
            form="records.health_check",
        ),
        ReportedFigure(
            "lectures",
            "workload.lectures",
            Text("健康教育讲座次数", "Health lectures"),
            "次",
            aliases=("健康知识讲座", "健康教育讲座"),
        ),
        ReportedFigure(
            "lecture_participants",
            "workload.lecture_participants",
            Text("讲座参加人数", "Lecture participants"),
            "人",
            aliases=("受教育人数",),
        ),
    ),
    source="county rule; items after norms A2, A7 and the national health statistics survey",
)
