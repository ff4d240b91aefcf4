"""Temperatures of the vaccine cold chain 疫苗冷链温度监测, with alarm and what was done about it."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words
from kangshu.declare import Choice, Field, FieldType, Form, Interval, Range, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import (
    Logbook,
    LogbookDue,
    LogbookFigure,
    SiteKind,
    Stage,
    count,
    registered,
    sites,
)
from kangshu.declare.report import Periodicity

EQUIPMENT = coded(
    ("1", "冷库", "cold room"),
    ("2", "普通冰箱", "refrigerator"),
    ("3", "低温冰箱", "freezer"),
    ("4", "医用冷藏箱", "medical refrigerator"),
    ("5", "冷藏车", "refrigerated vehicle"),
    ("6", "冷藏包", "cold box"),
)
SHELVES = coded(
    ("1", "冷藏室（2～8℃）", "refrigerated, 2–8 ℃"), ("2", "冷冻室（≤－15℃）", "frozen, −15 ℃ or below")
)
READERS = coded(("1", "人工记录", "read by a person"), ("2", "自动温度记录仪", "automatic recorder"))
ACTIONS = coded(
    ("1", "恢复供电、检修设备", "power restored, device repaired"),
    ("2", "疫苗转移至备用设备", "vaccine moved to the spare"),
    ("3", "受影响疫苗封存待评估", "vaccine put aside"),
    ("4", "疫苗报废", "vaccine destroyed"),
    ("5", "经评估可继续使用", "judged fit for use"),
    ("6", "误报（设备、读数错误）", "false alarm"),
)

EQUIPMENT_FORM = Form(
    id="immunisation.cold_equipment",
    version=1,
    title=Text("冷链设备登记卡", "Cold-chain equipment"),
    sections=(
        Section(
            "equipment",
            Text("设备", "Equipment"),
            (
                one_of("type", "设备类型", "Type", EQUIPMENT, required=True),
                words("model", "型号", "Model", length=40),
                words("serial", "编号", "Serial number", length=40, required=True),
                number("volume", "容积", "Volume", "L", (1, 100_000), measured=False),
                day("installed_on", "启用日期", "In use since"),
            ),
        ),
    ),
    source="预防接种工作规范（2023年版）冷链设备档案",
)

READING = Form(
    id="immunisation.cold_reading",
    version=1,
    title=Text("疫苗储存温度记录表", "Cold-chain reading"),
    sections=(
        Section(
            "reading",
            Text("读数", "Reading"),
            (
                one_of("compartment", "部位", "Part", SHELVES, required=True),
                Field("read_at", Text("读数时间", "Read at"), FieldType.MOMENT, required=True),
                Field(
                    "temperature",
                    Text("温度", "Temperature"),
                    FieldType.DECIMAL,
                    unit="℃",
                    places=1,
                    hard=Range.of(-90, 60),
                    soft=Range.of(-40, 15),
                    required=True,
                    measured=True,
                ),
                one_of("reader", "记录方式", "Read by", READERS, required=True),
                number(
                    "hours_out",
                    "超限持续时间（估计）",
                    "Hours out of range, estimated",
                    "小时",
                    (0, 240),
                    places=1,
                ),
                words("remark", "备注", "Remark", length=100, carried=False),
            ),
        ),
    ),
    rule="assess_reading",
    outcomes=(
        Choice("normal", Text("温度正常", "in range")),
        Choice("alarm", Text("超限报警", "alarm")),
        Choice("still", Text("连续超限报警", "alarm again")),
    ),
    source="预防接种工作规范：2～8℃，每天上午、下午各测温一次，间隔不少于6小时；norms B",
)

HANDLING = Form(
    id="immunisation.cold_alarm_handling",
    version=1,
    title=Text("冷链温度异常处置记录", "What was done about the alarm"),
    sections=(
        Section(
            "handling",
            Text("处置", "Handling"),
            (
                several_of("actions", "处置措施", "Done", ACTIONS, required=True, carried=False),
                number("doses", "涉及疫苗", "Doses concerned", "支", (0, 1_000_000), required=True),
                number("destroyed", "报废疫苗", "Doses destroyed", "支", (0, 1_000_000)),
                words("account", "处置说明", "Account", length=400, required=True, carried=False),
            ),
        ),
    ),
)

OUT = (answer("temperature") > 8) | (answer("temperature") < 2)
ALARM = (answer("compartment").equals("1") & OUT) | (
    answer("compartment").equals("2") & (answer("temperature") > -15)
)

logbook = Logbook(
    id="immunisation.cold_chain",
    version=1,
    title=Text("疫苗冷链温度台账", "Vaccine cold chain: temperatures"),
    purpose=Text(
        "每台设备每天两次测温，超限立即报警并记录处置。",
        "Two readings a day of every device; out of range is an alarm, and what was done is kept.",
    ),
    keepers=frozenset({"township_centre", "community_centre", "hospital", "mch", "cdc", "village_clinic"}),
    overseer="cdc",
    site=SiteKind("cold_equipment", Text("冷链设备", "Cold-chain equipment"), EQUIPMENT_FORM),
    form=READING,
    due=LogbookDue(Periodicity.MONTH, within_days=1, once=False),
    stages=(
        Stage("handled", Text("异常处置", "Alarm handled"), HANDLING, within=Interval(days=1), when=ALARM),
    ),
    figures=(
        LogbookFigure(
            "immunisation.cold_readings", Text("冷链测温次数", "Cold-chain readings"), "次", count()
        ),
        LogbookFigure(
            "immunisation.cold_alarms",
            Text("冷链温度报警次数", "Cold-chain alarms"),
            "次",
            count(),
            where=ALARM,
            aliases=("冷链温度异常次数",),
        ),
        LogbookFigure(
            "immunisation.cold_in_range",
            Text("冷链温度合格率", "Readings in range"),
            "%",
            count(),
            where=~ALARM,
            out_of=count(),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "immunisation.cold_handled",
            Text("冷链报警处置率", "Alarms handled"),
            "%",
            count(),
            where=ALARM & answer("handled__on").is_known(),
            out_of=count(where=ALARM),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "immunisation.cold_watched",
            Text("冷链设备监测覆盖率", "Devices with a reading"),
            "%",
            sites(),
            out_of=registered(),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "immunisation.cold_equipment",
            Text("在用冷链设备数", "Cold-chain devices in use"),
            "台",
            registered(),
            aliases=("冷链设备台数",),
        ),
    ),
    list_fields=("compartment", "read_at", "temperature"),
    source=READING.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
