"""Imported seedlings and aquatic plants 引进苗木（水生植物）查螺."""

from __future__ import annotations

from kangshu.catalogue.asking import number, words, yes_no
from kangshu.declare import Check, Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, count, total

FORM = Form(
    id="endemic.seedling_batch",
    version=1,
    title=Text("引进苗木螺情检查登记表", "Inspection of imported seedlings"),
    sections=(
        Section(
            "batch",
            Text("检查", "Inspection"),
            (
                words("importer", "引进单位", "Imported by", length=60, required=True, carried=False),
                words("origin", "来源地（省、市、县）", "From", length=60, required=True, carried=False),
                yes_no("endemic_origin", "来自血吸虫病流行区", "From an endemic area", required=True),
                words("species", "苗木（水生植物）种类", "Species", length=60, required=True, carried=False),
                number("number", "引进数量", "Number", "株", (1, 10_000_000), required=True),
                number("inspected", "检查数量", "Inspected", "株", (0, 10_000_000), required=True),
                number("snails", "查出钉螺数", "Snails found", "只", (0, 100_000), required=True),
                words(
                    "handling",
                    "处理情况",
                    "What was done",
                    length=200,
                    required=answer("snails") > 0,
                    carried=False,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "inspected_among_all",
            answer("inspected") <= answer("number"),
            Text("检查数量不能多于引进数量。", "More inspected than imported."),
            field="inspected",
        ),
    ),
    source="血吸虫病监测方案：输入性钉螺监测",
)

logbook = Logbook(
    id="endemic.imported_seedlings",
    version=1,
    title=Text("引进苗木查螺台账", "Imported seedlings"),
    purpose=Text("防止钉螺随苗木输入：逐批检查。", "Every batch is searched, so that no snail comes in."),
    keepers=frozenset({"cdc", "township_centre", "other"}),
    overseer="cdc",
    form=FORM,
    figures=(
        LogbookFigure(
            "endemic.seedling_batches", Text("检查引进苗木批次", "Batches inspected"), "批", count()
        ),
        LogbookFigure(
            "endemic.seedlings_inspected",
            Text("检查引进苗木株数", "Seedlings inspected"),
            "株",
            total(answer("inspected")),
            aliases=("引进苗木检查",),
        ),
        LogbookFigure(
            "endemic.seedlings_rate",
            Text("引进苗木检查率", "Inspected out of imported"),
            "%",
            total(answer("inspected")),
            out_of=total(answer("number")),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "endemic.seedling_snails",
            Text("苗木查出钉螺数", "Snails on seedlings"),
            "只",
            total(answer("snails")),
        ),
    ),
    list_fields=("importer", "origin", "number", "inspected", "snails"),
    source=FORM.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
