"""Snail surveys 钉螺调查（查螺）and snail control 灭螺, plot by plot."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words
from kangshu.declare import Check, Field, FieldType, Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, SiteKind, count, registered, sites, total

HABITATS = coded(
    ("1", "沟渠", "ditch"),
    ("2", "水田", "paddy field"),
    ("3", "旱地", "dry field"),
    ("4", "滩地", "flood land"),
    ("5", "塘堰", "pond"),
    ("9", "其他", "other"),
)
HISTORY = coded(
    ("1", "现有螺环境", "with snails"),
    ("2", "历史有螺环境", "with snails in the past"),
    ("3", "可疑环境", "suspected"),
    ("4", "无螺环境", "without snails"),
)
METHODS = coded(
    ("1", "系统抽样结合环境抽样", "systematic and by habitat"),
    ("2", "系统抽样", "systematic"),
    ("3", "环境抽查", "by habitat"),
    ("4", "全面细查", "complete search"),
)

PLOT = Form(
    id="endemic.snail_plot",
    version=1,
    title=Text("螺情监测环境登记表", "Survey plot"),
    sections=(
        Section(
            "plot",
            Text("环境", "Plot"),
            (
                one_of("habitat", "环境类型", "Habitat", HABITATS, required=True),
                one_of("history", "螺情分类", "History", HISTORY, required=True),
                number("area", "环境面积", "Area", "㎡", (1, 100_000_000), measured=False, required=True),
                number(
                    "task_area",
                    "本年查螺任务面积",
                    "Area to be searched this year",
                    "㎡",
                    (0, 100_000_000),
                    measured=False,
                    required=True,
                ),
            ),
        ),
    ),
    source="血吸虫病防治技术方案；WS/T 563 钉螺调查",
)

SURVEY = Form(
    id="endemic.snail_survey",
    version=1,
    title=Text("钉螺调查（灭螺）登记表", "Snail survey"),
    sections=(
        Section(
            "survey",
            Text("查螺", "Survey"),
            (
                one_of("method", "调查方法", "Method", METHODS, required=True),
                number("searched", "查螺面积", "Area searched", "㎡", (0, 100_000_000), required=True),
                number("frames", "调查框数", "Frames", "框", (0, 1_000_000), required=True),
                number(
                    "frames_with", "活螺框数", "Frames with live snails", "框", (0, 1_000_000), required=True
                ),
                number("caught", "捕螺总数", "Snails caught", "只", (0, 10_000_000), required=True),
                number("live", "活螺数", "Live snails", "只", (0, 10_000_000), required=True),
                number("infected", "感染性钉螺数", "Infected snails", "只", (0, 100_000), required=True),
                number(
                    "snail_area",
                    "有螺面积",
                    "Area with snails",
                    "㎡",
                    (0, 100_000_000),
                    required=answer("live") > 0,
                ),
                Field(
                    "density",
                    Text("活螺平均密度", "Live snails a frame"),
                    FieldType.COMPUTED,
                    unit="只/框",
                    places=4,
                    expression=answer("live") / answer("frames"),
                ),
            ),
        ),
        Section(
            "control",
            Text("灭螺", "Control"),
            (
                number("treated", "灭螺面积", "Area treated", "㎡", (0, 100_000_000)),
                words("drug", "药物与用量", "Molluscicide", length=60),
            ),
        ),
    ),
    checks=(
        Check(
            "frames_with_among_frames",
            answer("frames_with") <= answer("frames"),
            Text("活螺框数不能多于调查框数。", "More frames with snails than frames."),
            field="frames_with",
        ),
        Check(
            "live_among_caught",
            answer("live") <= answer("caught"),
            Text("活螺数不能多于捕螺总数。", "More live than caught."),
            field="live",
        ),
        Check(
            "infected_among_live",
            answer("infected") <= answer("live"),
            Text("感染性钉螺数不能多于活螺数。", "More infected than live."),
            field="infected",
        ),
    ),
    source=PLOT.source,
)

logbook = Logbook(
    id="endemic.snail_surveys",
    version=1,
    title=Text("螺情监测台账", "Snail surveys"),
    purpose=Text(
        "按环境登记查螺、灭螺，完成情况对照本年任务。",
        "Surveys and control plot by plot, against the area to be searched this year.",
    ),
    keepers=frozenset({"cdc", "township_centre", "other"}),
    overseer="cdc",
    site=SiteKind("snail_plot", Text("螺情监测环境", "Survey plots"), PLOT),
    form=SURVEY,
    figures=(
        LogbookFigure(
            "endemic.snail_area_searched",
            Text("查螺面积", "Area searched for snails"),
            "㎡",
            total(answer("searched")),
            aliases=("开展螺情监测", "螺情监测面积"),
        ),
        LogbookFigure(
            "endemic.snail_task_done",
            Text("查螺任务完成率", "Area searched out of the task"),
            "%",
            total(answer("searched")),
            out_of=registered(of=answer("site__task_area")),
            scale=100,
            decimals=2,
            aliases=("查螺完成率",),
        ),
        LogbookFigure("endemic.snail_plots_searched", Text("查螺环境数", "Plots searched"), "处", sites()),
        LogbookFigure(
            "endemic.snails_found",
            Text("查出有螺环境次数", "Surveys that found live snails"),
            "次",
            count(),
            where=answer("live") > 0,
        ),
        LogbookFigure(
            "endemic.snail_area", Text("查出有螺面积", "Area with snails"), "㎡", total(answer("snail_area"))
        ),
        LogbookFigure(
            "endemic.snail_density",
            Text("活螺平均密度", "Live snails a frame"),
            "只/框",
            total(answer("live")),
            out_of=total(answer("frames")),
            decimals=4,
        ),
        LogbookFigure(
            "endemic.infected_snails",
            Text("感染性钉螺数", "Infected snails"),
            "只",
            total(answer("infected")),
        ),
        LogbookFigure(
            "endemic.snail_area_treated",
            Text("灭螺面积", "Area treated"),
            "㎡",
            total(answer("treated")),
            aliases=("药物灭螺面积",),
        ),
    ),
    list_fields=("site__habitat", "searched", "frames", "live", "treated"),
    source=SURVEY.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
