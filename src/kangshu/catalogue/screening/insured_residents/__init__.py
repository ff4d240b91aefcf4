"""Insured residents, as the insurance office says: what the check-up rate divides by (row D2-04)."""

from __future__ import annotations

from kangshu.catalogue.asking import number, words
from kangshu.declare import Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, total
from kangshu.declare.report import Periodicity

SOURCE = "参保城乡居民健康体检工作方案（县级）；row D2-04"

logbook = Logbook(
    id="screening.insured_residents",
    version=1,
    title=Text("参保居民数", "Insured residents"),
    purpose=Text(
        "每年登记城乡居民医保参保人数，作为体检率的分母",
        "The insured residents of the year: what the check-up rate divides by",
    ),
    rows=("D2-04",),
    row_note=Text("体检率的分母", "what the rate divides by"),
    keepers=frozenset({"township_centre", "community_centre", "insurance"}),
    due=LogbookDue(Periodicity.YEAR, within_days=60),
    form=Form(
        id="screening.insured_residents.year",
        version=1,
        title=Text("参保居民数", "Insured residents"),
        sections=(
            Section(
                "year",
                Text("本年参保", "This year"),
                (
                    number(
                        "people",
                        "参保人数",
                        "People",
                        "人",
                        (0, 5000000),
                        measured=False,
                        carried=False,
                        required=True,
                    ),
                    words("source", "数据来源", "Told by", length=60),
                ),
            ),
        ),
        source=SOURCE,
    ),
    figures=(
        LogbookFigure(
            id="resident_check_up.insured",
            title=Text("参保居民数", "Insured residents"),
            unit="人",
            of=total(answer("people")),
            aliases=("参保居民数", "城乡居民参保人数"),
        ),
    ),
    tests=("tests/catalogue/screening/test_cascades.py",),
    source=SOURCE,
)
