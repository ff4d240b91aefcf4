"""Midwifery and mother-and-child licences 母婴保健技术、助产技术许可: issued, valid, expired."""

from __future__ import annotations

from kangshu.catalogue.maternal.licences.form import END, FORM, HOLDER, PERSON
from kangshu.declare import Interval, Text
from kangshu.declare.expression import answer, period
from kangshu.declare.logbook import Expiry, Logbook, LogbookFigure, Stage, StageBy, count

_NOT_ENDED = answer("ended__on").is_missing() | (answer("ended__on") > period.last)
VALID = (answer("issued_on") <= period.last) & (answer("valid_until") >= period.last) & _NOT_ENDED

logbook = Logbook(
    id="maternal.licences",
    version=1,
    title=Text("母婴保健技术服务许可台账", "Mother-and-child health licences"),
    purpose=Text(
        "机构和人员的许可证、合格证：发证、校验、有效期，到期前三个月提醒。",
        "Licences of institutions and staff: issued, renewed, valid until; a reminder three months before.",
    ),
    rows=("D3-15",),
    keepers=frozenset({"bureau", "supervision", "mch"}),
    site=HOLDER,
    form=FORM,
    stages=(Stage("ended", Text("注销、吊销", "Given up or revoked"), END, by=StageBy.KEEPER),),
    expiry=Expiry("valid_until", Interval(months=3)),
    figures=(
        LogbookFigure(
            "maternal.licences_issued",
            Text("发放母婴保健技术证书数", "Licences issued or renewed"),
            "个",
            count(),
        ),
        LogbookFigure(
            "maternal.licences_valid",
            Text("期末有效证书数", "Licences valid on the last day"),
            "个",
            count(),
            where=VALID,
            standing=True,
        ),
        LogbookFigure(
            "maternal.midwives_licensed",
            Text("期末持证助产技术人员数", "Licensed midwives on the last day"),
            "人",
            count(),
            where=VALID & answer("site__holder").equals(PERSON) & answer("techniques").includes("1"),
            standing=True,
            aliases=("助产技术人员", "持证助产人员数"),
        ),
    ),
    list_fields=("site__holder", "techniques", "number", "valid_until"),
    source=FORM.source,
    tests=("tests/fieldwork/test_sites.py", "tests/catalogue/test_logbooks.py"),
)
