"""Which institutions offer long prescriptions and delivery: stated by each, once a year."""

from __future__ import annotations

from kangshu.catalogue.asking import number, words, yes_no
from kangshu.catalogue.judging import part
from kangshu.declare import Form
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, count
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

SOURCE = "长期处方管理规范（试行）（国卫办医发〔2021〕17号）"
_OFFERS, _DELIVERS = answer("offers").equals(True), answer("delivers").equals(True)

FORM = Form(
    id="chronic.long_prescription_offer",
    version=1,
    title=Text("长期处方服务开展情况", "Whether long prescriptions are offered"),
    sections=(
        part(
            "offer",
            "开展情况",
            "What is offered",
            yes_no("offers", "开展慢性病长期处方", "Offers long prescriptions", required=True),
            yes_no("delivers", "开展第三方配送", "Has drugs delivered", visible=_OFFERS, required=_OFFERS),
            words(
                "company", "配送单位", "Delivery company", length=60, visible=_DELIVERS, required=_DELIVERS
            ),
            number(
                "drugs",
                "长期处方药品品种数",
                "Drugs on offer",
                "种",
                (0, 2000),
                measured=False,
                visible=_OFFERS,
            ),
        ),
    ),
    source=SOURCE,
)


def _share(id: str, zh: str, en: str, condition: object, aliases: tuple[str, ...] = ()) -> LogbookFigure:
    return LogbookFigure(
        f"long_prescription_offer.{id}",
        Text(zh, en),
        "%",
        count(),
        where=condition,  # type: ignore[arg-type]
        out_of=count(),
        scale=100,
        decimals=2,
        aliases=aliases,
    )


logbook = Logbook(
    id="chronic.long_prescription_offer",
    version=1,
    title=Text("长期处方与配送开展台账", "Long prescriptions: who offers them"),
    purpose=Text("各机构每年登记是否开展长期处方和第三方配送", "Each institution states it once a year"),
    rows=("D5-03",),
    keepers=frozenset({"township_centre", "community_centre", "hospital"}),
    form=FORM,
    due=LogbookDue(Periodicity.YEAR, within_days=31),
    figures=(
        LogbookFigure(
            "long_prescription_offer.offering",
            Text("开展长期处方的机构数", "Institutions offering long prescriptions"),
            "家",
            count(),
            where=_OFFERS,
        ),
        _share(
            "coverage",
            "慢病长处方覆盖率",
            "Long prescriptions: coverage of institutions",
            _OFFERS,
            ("长处方覆盖率",),
        ),
        _share(
            "delivery_coverage",
            "慢病长处方及第三方配送覆盖率",
            "Long prescriptions with delivery: coverage of institutions",
            _DELIVERS,
            ("第三方配送覆盖率",),
        ),
    ),
    list_fields=("offers", "delivers", "drugs"),
    source=SOURCE,
    tests=("tests/catalogue/chronic/test_long_prescription.py",),
)
