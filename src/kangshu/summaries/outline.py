"""What a bureau's summary consists of: its sections in the order bureaus keep, each with its office.

A section names the domains of the catalogue (its folders) and of the statistical reports whose figures belong
to it; what the data has to say about them is composed by `composing`. A domain that no section names belongs
to the basic public health services, so that a new service appears in the draft by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a summary is about: everything of a period, or one topic."""

    GENERAL = "general"
    TOPIC = "topic"


@dataclass(frozen=True)
class Outlined:
    """A section. `reported` are prefixes of reported figures; `domains` folders of the catalogue."""

    key: str
    title: str
    office: str
    domains: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()


OUTLINE: tuple[Outlined, ...] = (
    Outlined("overview", "总体情况", "办公室"),
    Outlined("reform", "深化医药卫生体制改革", "体制改革科"),
    Outlined("projects", "重点项目和民生实事", "规划财务科", domains=("campaign",)),
    Outlined("public_health", "基本公共卫生服务", "基层卫生健康科"),
    Outlined("disease_control", "疾病预防控制", "疾病预防控制科", domains=("infectious", "immunisation")),
    Outlined("maternal_child", "妇幼健康和人口家庭", "妇幼健康科", domains=("maternal", "children", "women")),
    Outlined(
        "medical_services",
        "医疗服务",
        "医政医管科",
        reported=(
            "workload.outpatient",
            "workload.emergency",
            "workload.discharges",
            "workload.inpatient",
            "workload.home",
        ),
    ),
    Outlined("insurance", "医疗保障", "医疗保障科", domains=("insurance",)),
    Outlined("medicines", "药品供应保障", "药物政策科", domains=("medicines",)),
    Outlined("supervision", "卫生健康监督", "综合监督科", domains=("supervision",)),
    Outlined("health_education", "健康教育与宣传", "宣传科", reported=("workload.lecture",)),
    Outlined("staff", "人才队伍和学科建设", "人事科"),
    Outlined("finance", "财务与资产管理", "规划财务科", domains=("finance",)),
    Outlined("complaints", "信访与群众反映", "办公室"),
    Outlined("problems", "存在的问题", "办公室"),
    Outlined("next_year", "下一步工作打算", "办公室"),
)
OF_A_TOPIC: tuple[str, ...] = ("overview", "problems", "next_year")
REST = "public_health"

_OWNED = frozenset(domain for section in OUTLINE for domain in section.domains)


def section_of(domain: str) -> str:
    """The key of the section in which a domain of the catalogue is told."""
    return next((section.key for section in OUTLINE if domain in section.domains), REST)


def domains_of(section: Outlined, known: list[str]) -> list[str]:
    """Which of the known domains a section tells, in their order."""
    if section.key == REST:
        return [domain for domain in known if domain not in _OWNED]
    return [domain for domain in known if domain in section.domains]
