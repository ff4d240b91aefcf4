"""The lines of the report on supervision assistance (norms A13): for each class of premises what was found,
what was reported, and how often it was patrolled."""

from __future__ import annotations

from dataclasses import dataclass

from kangshu.declare.expression import Expression, answer
from kangshu.declare.form import Check, Field, FieldType, Form, Range, Section
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Content:
    """One of the classes of the norm, as the report names its lines."""

    name: str
    title: Text


CONTENTS = (
    Content("food", Text("食源性疾病及相关信息", "Food-borne disease")),
    Content("water", Text("饮用水卫生安全", "Drinking water")),
    Content("school", Text("学校卫生", "School health")),
    Content("illegal", Text("非法行医和非法采供血", "Illegal practice and blood collection")),
    Content("family_planning", Text("计划生育相关", "Family planning")),
    Content("occupation", Text("职业卫生", "Occupational health")),
)


def _count(name: str, title: Text, unit: str = "次", most: int = 10_000) -> Field:
    return Field(name, title, FieldType.INTEGER, unit=unit, hard=Range.of(0, most), required=True)


def _section(content: Content) -> Section:
    zh, en = content.title.zh, content.title.en
    return Section(
        content.name,
        content.title,
        (
            _count(f"{content.name}_premises", Text(f"{zh}：辖区单位数", f"{en}: premises"), "家"),
            _count(f"{content.name}_patrols", Text(f"{zh}：实地巡查次数", f"{en}: patrols on site")),
            _count(
                f"{content.name}_patrolled", Text(f"{zh}：被巡查单位数", f"{en}: premises patrolled"), "家"
            ),
            _count(
                f"{content.name}_found", Text(f"{zh}：发现事件或线索次数", f"{en}: events or clues found")
            ),
            _count(
                f"{content.name}_reported",
                Text(f"{zh}：报告事件或线索次数", f"{en}: events or clues reported"),
            ),
        ),
    )


def total(part: str) -> Expression:
    """The sum of one line over all classes."""
    first, *rest = (answer(f"{content.name}_{part}") for content in CONTENTS)
    result: Expression = first
    for each in rest:
        result = result + each
    return result


def _total(part: str, zh: str, en: str) -> Field:
    return Field(
        f"total_{part}", Text(zh, en), FieldType.COMPUTED, unit="次", places=0, expression=total(part)
    )


def _checks(content: Content) -> tuple[Check, ...]:
    name, zh, en = content.name, content.title.zh, content.title.en
    return (
        Check(
            f"{name}_reported_within_found",
            answer(f"{name}_reported") <= answer(f"{name}_found"),
            Text(f"{zh}：报告次数不能多于发现次数。", f"{en}: more reported than found."),
            field=f"{name}_reported",
        ),
        Check(
            f"{name}_patrolled_within_premises",
            answer(f"{name}_patrolled") <= answer(f"{name}_premises"),
            Text(f"{zh}：被巡查单位数不能多于辖区单位数。", f"{en}: more premises patrolled than there are."),
            field=f"{name}_patrolled",
        ),
        Check(
            f"{name}_patrols_cover_premises",
            answer(f"{name}_patrols") >= answer(f"{name}_patrolled"),
            Text(f"{zh}：巡查次数不能少于被巡查单位数。", f"{en}: fewer patrols than premises patrolled."),
            field=f"{name}_patrols",
        ),
        Check(
            f"{name}_all_reported",
            answer(f"{name}_reported") >= answer(f"{name}_found"),
            Text(
                f"{zh}：发现的事件或线索尚未全部报告，请说明原因。",
                f"{en}: not all that was found is reported: say why.",
            ),
            hard=False,
            field=f"{name}_reported",
        ),
    )


FORM = Form(
    id="supervision_assist.reports.form",
    version=1,
    title=Text("卫生监督协管报表", "Supervision assistance report"),
    sections=(
        *(_section(content) for content in CONTENTS),
        Section(
            "totals",
            Text("合计与说明", "Totals and remarks"),
            (
                _total("patrols", "实地巡查次数合计", "patrols in all"),
                _total("found", "发现事件或线索合计", "found in all"),
                _total("reported", "报告事件或线索合计", "reported in all"),
                Field(
                    "problems",
                    Text("发现的主要问题与处理", "main problems and what was done"),
                    FieldType.LONG_TEXT,
                    max_length=2000,
                ),
            ),
        ),
    ),
    checks=tuple(check for content in CONTENTS for check in _checks(content)),
    source="国家基本公共卫生服务规范（第三版）2017，卫生计生监督协管服务规范；norms A13",
)
