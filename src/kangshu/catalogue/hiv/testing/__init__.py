"""Voluntary counselling and testing 自愿咨询检测: one entry a visitor, under a code and without a name."""

from __future__ import annotations

from kangshu.catalogue.hiv.testing.forms import CONFIRMATION, FORM, SITE, SOURCE, TOLD
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, SiteKind, Stage, count, registered
from kangshu.declare.schedule import Interval
from kangshu.kernel.text import Text

_TESTED = answer("screening").is_in("1", "2")
_POSITIVE = answer("confirmation__confirmed").equals("1")

logbook = Logbook(
    id="hiv.testing",
    version=1,
    title=Text("艾滋病自愿咨询检测（VCT）台账", "HIV voluntary counselling and testing"),
    purpose=Text(
        "VCT门诊按匿名编号登记咨询、检测、确证和结果告知，不记姓名、证件和电话",
        "Counselling, test, confirmation and telling under a code: no name, number or telephone",
    ),
    rows=("D7-02",),
    keepers=frozenset({"cdc", "hospital", "mch", "township_centre", "community_centre"}),
    site=SiteKind("vct_clinic", Text("VCT门诊", "VCT clinic"), SITE),
    form=FORM,
    stages=(
        Stage(
            "confirmation",
            Text("确证检测", "confirmation"),
            CONFIRMATION,
            within=Interval(days=10),
            when=answer("screening").equals("2"),
        ),
        Stage(
            "told",
            Text("结果告知", "result told"),
            TOLD,
            within=Interval(days=10),
            when=_TESTED,
        ),
    ),
    figures=(
        LogbookFigure(
            "hiv_testing.clinics",
            Text("VCT门诊数", "VCT clinics"),
            "个",
            registered(),
            aliases=("艾滋病自愿咨询检测门诊", "vct门诊数"),
        ),
        LogbookFigure(
            "hiv_testing.counselled",
            Text("自愿咨询人次", "People counselled"),
            "人次",
            count(),
            aliases=("VCT咨询人次", "艾滋病自愿咨询人数"),
        ),
        LogbookFigure(
            "hiv_testing.tested",
            Text("自愿咨询检测人次", "People tested voluntarily"),
            "人次",
            count(),
            where=_TESTED,
            aliases=("艾滋病自愿咨询检测人数", "完成艾滋病自愿咨询检测", "VCT检测人次"),
        ),
        LogbookFigure(
            "hiv_testing.positive",
            Text("自愿检测确证阳性人次", "Confirmed positive at voluntary testing"),
            "人次",
            count(),
            where=_POSITIVE,
        ),
        LogbookFigure(
            "hiv_testing.positivity_rate",
            Text("自愿咨询检测阳性率", "Positivity of voluntary testing"),
            "%",
            count(where=_POSITIVE),
            out_of=count(where=_TESTED),
            scale=100,
            decimals=2,
            aliases=("VCT阳性率", "HIV抗体阳性率"),
        ),
        LogbookFigure(
            "hiv_testing.told_rate",
            Text("检测结果告知率", "Results told"),
            "%",
            count(where=_TESTED & answer("told__on").is_known()),
            out_of=count(where=_TESTED),
            scale=100,
            decimals=2,
            aliases=("检测后咨询率",),
        ),
    ),
    list_fields=("code", "reason", "screening"),
    confidentiality="hiv",
    source=SOURCE,
    tests=("tests/catalogue/hiv/test_logbooks.py",),
)
