"""What is read as a figure, with its unit and subject; what is not; and what a masked one must have been."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from kangshu.summaries.audit.auditing import audit_text
from kangshu.summaries.audit.layout import lay_out
from kangshu.summaries.audit.linking import Known, indicator_of
from kangshu.summaries.audit.numerals import read_chinese
from kangshu.summaries.audit.reading import read_text


@pytest.mark.parametrize(
    ("text", "value", "unit", "subject"),
    [
        ("参合农民达39.4648万人。", 394648, "人", "参合农民达"),
        ("发放资料１２，３４５份。", 12345, "份", "发放资料"),
        ("孕产妇死亡率为79.63/10万。", Fraction(7963, 10_000_000), "/10万", "孕产妇死亡率为"),
        ("婴儿死亡率5.2‰。", Fraction(52, 10_000), "‰", "婴儿死亡率"),
        ("合格率达百分之九十五。", Fraction(95, 100), "%", "合格率达"),
        ("总投资1.2亿元。", 120_000_000, "元", "总投资"),
        ("其中5岁以下儿童24042人。", 24042, "人", "5岁以下儿童"),
        ("补助标准45元/人。", 45, "元/", "补助标准"),
        ("覆盖十二个乡镇。", 12, "个", "覆盖"),
        ("住院分娩率提高3.3个百分点。", Fraction(33, 1000), "个百分点", "住院分娩率提高"),
    ],
)
def test_a_figure_is_read_with_its_unit_and_subject(text, value, unit, subject):
    figure = read_text(text).figures[-1]
    assert (figure.value, figure.unit.name, figure.subject) == (value, unit, subject)


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日召开会议。",
        "印发〔2024〕28号文件。",
        "发放“84”消毒液。",
        "获G20峰会安保先进。",
        "开展第三次调查。",
        "1.完善改革。",
        "二是加强管理。",
        "形成“1+X”模式。",
    ],
)
def test_dates_names_and_marks_are_no_figures(text):
    assert read_text(text).figures == ()


def test_words_of_approximation_widen_what_a_number_stands_for():
    more, nearly, about = read_text("发放40余万份，惠及近10万人，投入约500万元。").figures
    assert (more.low, more.high) == (400_000, 500_000)
    assert nearly.low < nearly.high == 100_000
    assert about.low == 4_500_000


def test_chinese_numerals():
    assert [read_chinese(one) for one in ("十", "二十三", "一百零五", "二〇〇七", "两")] == [
        10,
        23,
        105,
        2007,
        2,
    ]


def test_a_page_break_inside_a_number_is_mended_and_the_offsets_stay():
    text = "全县应种儿童108370人，实种儿童107144人，各卫生院密切配合，接种工作有序，接种率98.\n87%。"
    assert len(lay_out(text).paragraphs) == 1
    figure = audit_text(text).figures[-1]
    assert figure.value == 98.87
    assert text[figure.quote.start : figure.quote.end] == "98.\n87%"


def test_masked_figures_that_the_text_determines():
    text = "开工建设x家社区卫生服务中心（东门、西门、北门）；现有直报机构58个（市级x个，乡级53个）。"
    assert [(one.low, one.high) for one in audit_text(text).determined] == [(3, 3), (5, 5)]


def test_a_masked_figure_is_never_accused_of_a_sum():
    assert audit_text("参加考试340人，合格x人，合格率达97%。").findings == ()


def test_a_figure_is_linked_to_the_catalogue_by_name():
    names = (Known("高血压规范管理率", "hypertension.standardised_management_rate", True),)
    (figure,) = read_text("全县高血压患者规范管理率达64.12%。").figures
    assert indicator_of(figure, names) == "hypertension.standardised_management_rate"


def test_the_catalogues_own_names_link():
    figure = audit_text("高血压患者规范管理率为64.12%。").figures[0]
    assert figure.indicator == "hypertension.standardised_management_rate"


def test_numbering_and_frame():
    text = "某县2023年工作总结及2023年工作打算\n一、改革\n二、防控\n四、监督\n"
    text += "一是抓培训；二是抓督查；二是抓考核。\n"
    kinds = [(str(one.kind), str(one.level)) for one in audit_text(text).findings]
    assert kinds.count(("numbering", "proven")) == 2
    assert ("date", "proven") in kinds


def test_the_same_quantity_told_twice():
    text = "全县新农合参合率达98.6%，运行平稳。\n二、农村卫生\n我县新农合参合率为96.8%，群众得到实惠。\n"
    (finding,) = audit_text(text).findings
    assert (finding.kind, finding.stated) == ("same_quantity_two_values", (98.6, 96.8))


def test_last_years_value_is_not_the_same_quantity():
    text = "2022年，全县新农合参合率达98.6%。\n2023年，全县新农合参合率达99.1%。\n"
    assert audit_text(text).findings == ()


LETTERS = list(
    "0123456789.,%‰xX*（）()，。；、：其中共计率占为达到增长下降由从人例份元万亿户个比去年同期应实合格每各/年月日"
    "一二三是甲乙丙类传染病\n "
)


def test_no_text_breaks_the_audit_and_quotes_always_stand_where_they_say():
    random = Random(1)
    for _ in range(300):
        text = "".join(random.choice(LETTERS) for _ in range(random.randint(1, 120)))
        audit = audit_text(text)
        for said in (*audit.findings, *audit.held):
            for quote in said.quotes:
                assert text[quote.start : quote.end] == quote.text
