"""Checks of certificates that others present: who asked, which number, what came of it (norms H2)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, one_of, words
from kangshu.declare import Form, Section, Text, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, count

SOURCE = "出生医学证明管理办法；norms H2"

logbook = Logbook(
    id="maternal.certificate_verification",
    version=1,
    title=Text("出生医学证明核实鉴定台账", "Verification of birth certificates"),
    purpose=Text(
        "登记对出生医学证明真伪的核实鉴定及结果", "Who asked whether a certificate is genuine, and the answer"
    ),
    keepers=frozenset({"mch", "hospital", "bureau", "township_centre"}),
    form=Form(
        id="maternal.certificate_check",
        version=1,
        title=Text("出生医学证明核实鉴定", "Check of a birth certificate"),
        sections=(
            Section(
                "check",
                Text("核实鉴定", "Check"),
                (
                    words(
                        "number", "出生证编号", "Certificate number", length=10, required=True, carried=False
                    ),
                    one_of(
                        "asked_by",
                        "申请单位",
                        "Asked by",
                        numbered(
                            ("公安机关", "police"),
                            ("司法或公证机关", "court or notary"),
                            ("其他县区", "another county"),
                            ("个人", "a person"),
                            ("其他", "other"),
                        ),
                        required=True,
                        carried=False,
                    ),
                    words("letter", "来函文号", "Letter number", length=60, carried=False),
                    one_of(
                        "result",
                        "鉴定结果",
                        "Result",
                        numbered(
                            ("真实", "genuine"),
                            ("伪造或变造", "forged or altered"),
                            ("非本县签发，已转核", "not issued here, passed on"),
                            ("无法确定", "cannot be said"),
                        ),
                        required=True,
                        carried=False,
                    ),
                    day("answered_on", "答复日期", "Answered on", required=True, carried=False),
                    words(
                        "basis",
                        "核实依据",
                        "How it was checked",
                        length=200,
                        required=True,
                        carried=False,
                        hint=Text("存根、系统编号查询等", "the stub, the number in the system"),
                    ),
                ),
            ),
        ),
        source=SOURCE,
    ),
    figures=(
        LogbookFigure(
            id="certificate_verification.checked",
            title=Text("出生医学证明核实鉴定数", "Birth certificates checked"),
            unit="份",
            of=count(),
            aliases=("核实鉴定出生医学证明", "出生医学证明核实鉴定"),
        ),
        LogbookFigure(
            id="certificate_verification.forged",
            title=Text("发现伪造出生医学证明数", "Forged birth certificates found"),
            unit="份",
            of=count(where=answer("result").equals("2")),
        ),
    ),
    source=SOURCE,
    tests=("tests/catalogue/maternal/test_birth_certificate.py",),
    screens=("fieldwork:logbook", "fieldwork:enter"),
)
