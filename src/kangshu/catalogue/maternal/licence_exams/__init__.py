"""Sittings of the examination for mother-and-child licences 母婴保健（助产）技术人员考核."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, several_of, words
from kangshu.catalogue.maternal.licences.form import TECHNIQUES
from kangshu.declare import Check, Form, Section, Text, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, count, total

ORGANISERS = numbered(("省级", "province"), ("市级", "prefecture"), ("县级", "county"))

FORM = Form(
    id="maternal.licence_exam",
    version=1,
    title=Text("母婴保健技术人员考试（考核）记录表", "Examination of mother-and-child techniques"),
    sections=(
        Section(
            "sitting",
            Text("考试", "Sitting"),
            (
                one_of("level", "组织级别", "Held by", ORGANISERS, required=True),
                several_of("techniques", "考试项目", "Techniques", TECHNIQUES, required=True, carried=False),
                words("place", "考点", "Place", length=60),
                number("candidates", "参考人数", "Candidates", "人", (1, 5000), required=True),
                number("passed", "合格人数", "Passed", "人", (0, 5000), required=True),
                number("absent", "缺考人数", "Absent", "人", (0, 5000)),
            ),
        ),
    ),
    checks=(
        Check(
            "passed_among_candidates",
            answer("passed") <= answer("candidates"),
            Text("合格人数不能多于参考人数。", "More passed than sat."),
            field="passed",
        ),
    ),
    source="母婴保健专项技术服务许可及人员资格管理办法",
)

logbook = Logbook(
    id="maternal.licence_exams",
    version=1,
    title=Text("母婴保健技术考试台账", "Examinations for mother-and-child licences"),
    purpose=Text("每次考试的人数和合格率。", "Candidates and pass rate of every sitting."),
    rows=("D3-15",),
    keepers=frozenset({"bureau", "supervision", "mch"}),
    form=FORM,
    figures=(
        LogbookFigure("maternal.exam_sittings", Text("母婴保健技术考试次数", "Sittings"), "次", count()),
        LogbookFigure(
            "maternal.exam_candidates",
            Text("母婴保健技术考试参考人数", "Candidates"),
            "人",
            total(answer("candidates")),
            aliases=("参加助产技术考试人数",),
        ),
        LogbookFigure(
            "maternal.exam_pass_rate",
            Text("母婴保健技术考试合格率", "Pass rate"),
            "%",
            total(answer("passed")),
            out_of=total(answer("candidates")),
            scale=100,
            decimals=2,
            aliases=("助产技术考试合格率",),
        ),
    ),
    list_fields=("level", "techniques", "candidates", "passed"),
    source=FORM.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
