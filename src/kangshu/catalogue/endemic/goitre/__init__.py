"""Goitre surveys 甲状腺肿触诊: a school class or village, by age, palpated and with goitre."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, words
from kangshu.declare import Check, Form, Section, Text, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, total

METHODS = numbered(("触诊法", "palpation"), ("B超法", "ultrasound"))

FORM = Form(
    id="endemic.goitre_survey",
    version=1,
    title=Text("甲状腺肿检查登记表", "Goitre survey"),
    sections=(
        Section(
            "survey",
            Text("检查", "Survey"),
            (
                words("place", "学校（村）", "School or village", length=60, required=True),
                one_of("method", "检查方法", "Method", METHODS, required=True),
                number("age", "年龄组", "Age", "岁", (6, 14), required=True),
                number("examined", "检查人数", "Examined", "人", (1, 5000), required=True),
                number("grade_1", "Ⅰ度肿大人数", "Grade 1", "人", (0, 5000), required=True),
                number("grade_2", "Ⅱ度肿大人数", "Grade 2", "人", (0, 5000), required=True),
            ),
        ),
    ),
    checks=(
        Check(
            "goitres_among_examined",
            answer("grade_1") + answer("grade_2") <= answer("examined"),
            Text("肿大人数不能多于检查人数。", "More goitres than examined."),
            field="grade_1",
        ),
    ),
    source="全国碘缺乏病监测方案；WS 276 地方性甲状腺肿诊断标准",
)

GOITRES = answer("grade_1") + answer("grade_2")

logbook = Logbook(
    id="endemic.goitre",
    version=1,
    title=Text("甲状腺肿检查台账", "Goitre surveys"),
    purpose=Text("8～10岁儿童甲状腺触诊，按年龄组记录。", "Palpation of children of 8 to 10, by age."),
    rows=("D7-04",),
    keepers=frozenset({"cdc", "township_centre"}),
    form=FORM,
    figures=(
        LogbookFigure(
            "endemic.goitre_examined",
            Text("甲状腺检查人数", "Examined for goitre"),
            "人",
            total(answer("examined")),
            aliases=("甲状腺触诊人数",),
        ),
        LogbookFigure("endemic.goitres", Text("甲状腺肿大人数", "With goitre"), "人", total(GOITRES)),
        LogbookFigure(
            "endemic.goitre_rate",
            Text("甲状腺肿大率", "Goitre rate"),
            "%",
            total(GOITRES),
            out_of=total(answer("examined")),
            scale=100,
            decimals=2,
            aliases=("甲肿率",),
        ),
    ),
    list_fields=("place", "age", "examined", "grade_1", "grade_2"),
    source=FORM.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
