"""Accreditation 创建评审: applied, self-assessed, scored on site, put right, named or refused, reviewed.

Model communities, graded vaccination clinics, baby-friendly hospitals and obstetric departments differ in who
applies, in the levels that are given and in the checklist; the way through is the same and said once here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kangshu.catalogue.asking import coded, day, number, one_of, words, yes_no
from kangshu.declare import Check, Choice, Field, FieldType, Form, Interval, Range, Section, Text
from kangshu.declare.expression import answer, period
from kangshu.declare.logbook import (
    Expiry,
    Logbook,
    LogbookFigure,
    SiteKind,
    Stage,
    StageBy,
    count,
    mean,
    registered,
)

PASSED, TO_RECTIFY, REFUSED = "1", "2", "3"
RESULTS = coded(
    (PASSED, "达标", "meets the standard"),
    (TO_RECTIFY, "限期整改", "to be put right"),
    (REFUSED, "不予评定", "refused"),
)
NAMED, NOT_NAMED = "1", "2"
DECISIONS = coded((NAMED, "命名（授牌）", "named"), (NOT_NAMED, "不予命名", "not named"))

IS_NAMED = answer("named__decision").equals(NAMED)
VALID = IS_NAMED & (answer("named__on") <= period.last) & (answer("named__valid_until") >= period.last)
SCORED = answer("on_site__on").between(period.first, period.last)
NAMED_IN_PERIOD = IS_NAMED & answer("named__on").between(period.first, period.last)


def accreditation(
    id: str,
    *,
    title: Text,
    purpose: Text,
    site: SiteKind,
    levels: tuple[Choice, ...],
    parts: Sequence[tuple[str, Text, int]],
    rows: tuple[str, ...],
    keepers: frozenset[str],
    source: str,
    overseer: str = "",
    pass_score: int = 80,
    aliases: tuple[str, ...] = (),
    tests: tuple[str, ...] = ("tests/catalogue/test_accreditation.py",),
) -> Logbook:
    """The logbook of one accreditation; its entries are applications.

    `parts` are the parts of the checklist with their full marks, 100 together; from `pass_score` on the
    standard is usually met. `levels` may be one or several; the naming says until when it is valid.
    """
    full = sum(marks for _, _, marks in parts)
    if full != 100:
        raise ValueError(f"{id}: the parts of the checklist have {full} marks, not 100")
    return Logbook(
        id=id,
        version=1,
        title=title,
        purpose=purpose,
        rows=rows,
        keepers=keepers,
        overseer=overseer,
        site=site,
        form=_application(id, title, levels, source),
        stages=_stages(id, title, levels, parts, pass_score, source),
        expiry=Expiry("named__valid_until", Interval(months=6)),
        figures=_figures(id, title, site, aliases),
        list_fields=("level", "on_site__score", "named__level"),
        source=source,
        tests=tests,
    )


def _application(id: str, title: Text, levels: tuple[Choice, ...], source: str) -> Form:
    return Form(
        id=f"{id}.application",
        version=1,
        title=Text(f"{title.zh}申报表", f"{title.en}: application"),
        sections=(
            Section(
                "application",
                Text("申报", "Application"),
                (
                    one_of("level", "申报等级", "Level applied for", levels, required=True, carried=False),
                    yes_no("renewal", "是否复评（复核）", "Review of an earlier naming", required=True),
                    words("contact", "联系人", "Contact", length=40, required=True),
                    words("reasons", "申报理由", "Reasons", length=600, carried=False),
                ),
            ),
        ),
        source=source,
    )


def _stages(
    id: str,
    title: Text,
    levels: tuple[Choice, ...],
    parts: Sequence[tuple[str, Text, int]],
    pass_score: int,
    source: str,
) -> tuple[Stage, ...]:
    put_right = answer("on_site__result").equals(TO_RECTIFY)
    ready = answer("on_site__result").equals(PASSED) | answer("recheck__passed")
    return (
        Stage(
            "self_assessment",
            Text("自评", "Self-assessment"),
            _scores(
                f"{id}.self_assessment",
                Text(f"{title.zh}自评表", f"{title.en}: self-assessment"),
                parts,
                source,
                (),
            ),
            within=Interval(months=1),
        ),
        Stage(
            "on_site",
            Text("现场评审", "Scored on site"),
            _scores(
                f"{id}.on_site",
                Text(f"{title.zh}现场评审表", f"{title.en}: on-site score"),
                parts,
                source,
                _judgement(pass_score),
            ),
            within=Interval(months=2),
            by=StageBy.BUREAU,
            ends=answer("on_site__result").equals(REFUSED),
        ),
        Stage(
            "rectification",
            Text("整改", "Put right"),
            _rectification(f"{id}.rectification", title, source),
            due_field="on_site__rectify_by",
            when=put_right,
        ),
        Stage(
            "recheck",
            Text("复查", "Checked again"),
            _recheck(f"{id}.recheck", title, source),
            within=Interval(months=1),
            by=StageBy.BUREAU,
            when=put_right,
            ends=answer("recheck__passed").equals(False),
        ),
        Stage(
            "named",
            Text("命名", "Named"),
            _naming(f"{id}.naming", title, levels, source),
            within=Interval(months=1),
            by=StageBy.BUREAU,
            when=ready,
        ),
    )


def _scores(
    id: str, title: Text, parts: Sequence[tuple[str, Text, int]], source: str, more: tuple[Field, ...]
) -> Form:
    marks = tuple(
        Field(
            name,
            Text(f"{part.zh}（满分{full}分）", f"{part.en} (of {full})"),
            FieldType.DECIMAL,
            unit="分",
            places=1,
            hard=Range(Decimal(0), Decimal(full)),
            required=True,
        )
        for name, part, full in parts
    )
    whole = answer(parts[0][0])
    for name, _, _ in parts[1:]:
        whole = whole + answer(name)
    total = Field("score", Text("总分", "Total"), FieldType.COMPUTED, unit="分", expression=whole, places=1)
    sections = [Section("marks", Text("评分", "Marks"), (*marks, total))]
    if more:
        sections.append(Section("judgement", Text("结论", "Judgement"), more))
    checks = () if not more else _checks_of_judgement(whole)
    return Form(id=id, version=1, title=title, sections=tuple(sections), checks=checks, source=source)


def _judgement(pass_score: int) -> tuple[Field, ...]:
    rectify = answer("result").equals(TO_RECTIFY)
    return (
        number(
            "pass_score",
            "达标分数线",
            "Marks needed",
            "分",
            (50, 100),
            measured=False,
            required=True,
            hint=Text(f"一般为{pass_score}分", f"usually {pass_score}"),
        ),
        one_of("result", "评审结论", "Result", RESULTS, required=True, carried=False),
        words("findings", "存在问题", "What was found wanting", length=600, carried=False, required=rectify),
        day("rectify_by", "整改期限", "To be put right by", carried=False, visible=rectify, required=rectify),
        words("team", "评审人员", "Assessors", length=100, required=True),
    )


def _checks_of_judgement(score: object) -> tuple[Check, ...]:
    return (
        Check(
            "passes_from_the_line_on",
            ~answer("result").equals(PASSED) | (score >= answer("pass_score")),  # type: ignore[operator]
            Text(
                "总分未达到分数线，不能评为达标。", "The total is below the marks needed: it does not pass."
            ),
            field="result",
        ),
    )


def _rectification(id: str, title: Text, source: str) -> Form:
    return Form(
        id=id,
        version=1,
        title=Text(f"{title.zh}整改报告", f"{title.en}: report of putting right"),
        sections=(
            Section(
                "report",
                Text("整改情况", "What was done"),
                (
                    words(
                        "measures",
                        "整改措施与结果",
                        "Measures and result",
                        length=800,
                        required=True,
                        carried=False,
                    ),
                ),
            ),
        ),
        source=source,
    )


def _recheck(id: str, title: Text, source: str) -> Form:
    return Form(
        id=id,
        version=1,
        title=Text(f"{title.zh}复查表", f"{title.en}: check after putting right"),
        sections=(
            Section(
                "recheck",
                Text("复查", "Check"),
                (
                    yes_no("passed", "整改是否合格", "Put right", required=True),
                    words("remark", "复查意见", "Remark", length=400, carried=False),
                ),
            ),
        ),
        source=source,
    )


def _naming(id: str, title: Text, levels: tuple[Choice, ...], source: str) -> Form:
    named = answer("decision").equals(NAMED)
    return Form(
        id=id,
        version=1,
        title=Text(f"{title.zh}命名决定", f"{title.en}: decision"),
        sections=(
            Section(
                "decision",
                Text("决定", "Decision"),
                (
                    one_of("decision", "决定", "Decision", DECISIONS, required=True, carried=False),
                    one_of(
                        "level", "命名等级", "Level", levels, visible=named, required=named, carried=False
                    ),
                    words(
                        "document",
                        "文号",
                        "Document number",
                        length=60,
                        visible=named,
                        required=named,
                        carried=False,
                    ),
                    day(
                        "valid_until",
                        "有效期至（复评日期）",
                        "Valid until (review due)",
                        visible=named,
                        required=named,
                        carried=False,
                    ),
                    words(
                        "reason",
                        "不予命名的原因",
                        "Why not",
                        length=200,
                        carried=False,
                        visible=answer("decision").equals(NOT_NAMED),
                        required=answer("decision").equals(NOT_NAMED),
                    ),
                ),
            ),
        ),
        source=source,
    )


def _figures(id: str, title: Text, site: SiteKind, aliases: tuple[str, ...]) -> tuple[LogbookFigure, ...]:
    domain, _, name = id.partition(".")

    def figure(word: str, zh: str, en: str, unit: str, **given: object) -> LogbookFigure:
        return LogbookFigure(
            f"{domain}.{name.replace('.', '_')}_{word}",
            Text(f"{title.zh}：{zh}", f"{title.en}: {en}"),
            unit,
            **given,  # type: ignore[arg-type]
        )

    return (
        figure("applications", "申报数", "applications", "家", of=count()),
        figure("scored", "现场评审数", "scored on site", "家", of=count(), where=SCORED, standing=True),
        figure(
            "named",
            "本期命名数",
            "named",
            "家",
            of=count(),
            where=NAMED_IN_PERIOD,
            standing=True,
            aliases=aliases,
        ),
        figure("valid", "期末有效数", "valid on the last day", "家", of=count(), where=VALID, standing=True),
        figure(
            "coverage",
            f"覆盖率（占在册{site.title.zh}）",
            "share of those on the register",
            "%",
            of=count(),
            where=VALID,
            standing=True,
            out_of=registered(),
            scale=100,
            decimals=2,
        ),
        figure(
            "pass_rate",
            "评审达标率",
            "share that meets the standard on site",
            "%",
            of=count(),
            where=SCORED & answer("on_site__result").equals(PASSED),
            out_of=count(where=SCORED),
            standing=True,
            scale=100,
            decimals=2,
        ),
        figure(
            "score",
            "现场评审平均分",
            "mean score on site",
            "分",
            of=mean(answer("on_site__score")),
            where=SCORED,
            standing=True,
            decimals=1,
        ),
    )
