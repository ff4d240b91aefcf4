"""What a bureau's summary consists of, and the sentences a draft begins with.

Sections follow the order that bureaus' own summaries keep. Only sections whose figures exist are drafted with
sentences; the others start empty, for the section of the bureau that owns them to write.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outlined:
    """A section of the outline: paragraphs that a draft begins with."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()


OUTLINE: tuple[Outlined, ...] = (
    Outlined("overview", "总体情况"),
    Outlined(
        "public_health",
        "基本公共卫生服务",
        (
            "（一）高血压患者健康管理",
            "年内管理高血压患者[[hypertension.management_rate|show=numerator]]人，按估计患病人数计算的健康管理率为"
            "[[hypertension.management_rate]]，期末在管[[hypertension.managed_people]]人。其中按规范要求管理"
            "[[hypertension.standardised_management_rate|show=numerator]]人，规范管理率"
            "[[hypertension.standardised_management_rate]]；最近一次随访血压达标"
            "[[hypertension.control_rate|show=numerator]]人，血压控制率[[hypertension.control_rate]]。",
            "全年随访高血压患者[[hypertension.follow_ups]]人次，面对面随访占[[hypertension.face_to_face_share]]，"
            "按时随访率[[hypertension.on_time_rate]]。",
            "规范管理率最高的是[[hypertension.standardised_management_rate|show=best]]，最低的是"
            "[[hypertension.standardised_management_rate|show=worst]]。",
        ),
    ),
    Outlined(
        "medical_services",
        "医疗服务",
        (
            "据各机构上报，全年门急诊[[workload.outpatient_visits|show=reported]]人次，其中急诊"
            "[[workload.emergency_visits|show=reported]]人次；出院[[workload.discharges|show=reported]]人次；上门服务"
            "[[workload.home_visits|show=reported]]人次。",
        ),
    ),
    Outlined(
        "health_education",
        "健康教育",
        (
            "据各机构上报，举办健康教育讲座[[workload.lectures|show=reported]]场，"
            "[[workload.lecture_participants|show=reported]]人参加。",
        ),
    ),
    Outlined("problems", "存在的问题"),
    Outlined("next_year", "下一步工作打算"),
)


def draft_of(section: Outlined) -> str:
    """The text a section starts with."""
    return "\n".join(section.paragraphs)
