"""Donations and aid of the Red Cross 红十字捐款与救助: receipts, applications, payments, balance."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, words, yes_no
from kangshu.declare import Check, Field, FieldType, Form, Interval, Range, Section, Text
from kangshu.declare.expression import answer, lift, when
from kangshu.declare.logbook import Logbook, LogbookFigure, Stage, StageBy, count, total

DONATION, AID = "1", "2"
KINDS = coded((DONATION, "接受捐赠", "donation received"), (AID, "救助申请", "application for aid"))
CAMPAIGNS = coded(
    ("1", "博爱一日捐", "a day's pay"),
    ("2", "专项募捐", "campaign"),
    ("3", "日常捐赠", "at any time"),
    ("4", "上级拨款", "from above"),
)
FORMS = coded(("1", "现金", "money"), ("2", "物资折价", "goods, valued"))
DONORS = coded(("1", "单位", "organisation"), ("2", "个人", "person"), ("3", "匿名", "anonymous"))
USES = coded(
    ("1", "不指定", "not designated"),
    ("2", "医疗救助", "medical aid"),
    ("3", "救灾", "disaster"),
    ("4", "助学助困", "schooling and poverty"),
    ("9", "其他", "other"),
)
AIDS = coded(
    ("1", "医疗救助", "medical aid"),
    ("2", "困难家庭", "families in need"),
    ("3", "救灾", "disaster"),
    ("4", "助学", "schooling"),
    ("9", "其他", "other"),
)
UNITS = coded(("1", "元", "yuan"), ("2", "万元", "10,000 yuan"))

IS_DONATION, IS_AID = answer("kind").equals(DONATION), answer("kind").equals(AID)
YUAN = when(answer("unit").equals("2")).then(answer("amount") * 10_000).otherwise(answer("amount"))

FORM = Form(
    id="red_cross.movement",
    version=1,
    title=Text("红十字捐款（救助）登记表", "Donation or aid"),
    sections=(
        Section(
            "movement",
            Text("收支", "Movement"),
            (
                one_of("kind", "类别", "Kind", KINDS, required=True, carried=False),
                Field(
                    "amount",
                    Text("金额", "Amount"),
                    FieldType.DECIMAL,
                    places=2,
                    hard=Range.of("0.01", 100_000_000),
                    required=True,
                ),
                one_of("unit", "单位", "Unit", UNITS, required=True, carried=False),
                Field(
                    "amount_yuan",
                    Text("折合元", "In yuan"),
                    FieldType.COMPUTED,
                    unit="元",
                    places=2,
                    expression=YUAN,
                ),
                yes_no(
                    "confirmed",
                    "金额和单位已与票据核对",
                    "Amount and unit were compared with the paper",
                    visible=(answer("amount") > 100_000) | answer("unit").equals("2"),
                    required=(answer("amount") > 100_000) | answer("unit").equals("2"),
                ),
            ),
        ),
        Section(
            "donation",
            Text("捐赠", "Donation"),
            (
                one_of("campaign", "来源", "Campaign", CAMPAIGNS, required=IS_DONATION, carried=False),
                one_of("donor_kind", "捐赠者类别", "Donor", DONORS, required=IS_DONATION, carried=False),
                words(
                    "donor",
                    "捐赠者名称",
                    "Name",
                    length=60,
                    carried=False,
                    required=IS_DONATION & answer("donor_kind").differs_from("3"),
                ),
                one_of("in_form", "形式", "Given as", FORMS, required=IS_DONATION),
                one_of("use", "指定用途", "Designated use", USES, required=IS_DONATION),
                words("receipt", "票据号", "Receipt number", length=40, required=IS_DONATION, carried=False),
            ),
            visible=IS_DONATION,
        ),
        Section(
            "aid",
            Text("救助", "Aid"),
            (
                one_of("aid", "救助类别", "Kind of aid", AIDS, required=IS_AID, carried=False),
                number("people", "救助人数", "People helped", "人", (1, 10_000), required=IS_AID),
                number("households", "救助户数", "Households helped", "户", (0, 10_000)),
                words(
                    "applicant",
                    "申请单位（村、社区）",
                    "Applied for by",
                    length=60,
                    required=IS_AID,
                    carried=False,
                ),
                words("reason", "申请理由", "Reason", length=300, required=IS_AID, carried=False),
            ),
            visible=IS_AID,
        ),
    ),
    checks=(
        Check(
            "unit_compared",
            answer("confirmed").is_missing() | answer("confirmed"),
            Text(
                "金额较大或以万元计：请先与票据核对金额和单位。",
                "A large amount, or one in 10,000 yuan: compare amount and unit with the paper first.",
            ),
            field="unit",
        ),
        Check(
            "not_both_large",
            answer("unit").differs_from("2") | (answer("amount") < 10_000),
            Text(
                "以万元计不应达到1亿元，请检查单位是否写错。",
                "100,000,000 yuan in 10,000s: the unit is probably wrong.",
            ),
            field="unit",
        ),
    ),
    source="红十字会法；中国红十字会募捐和接受捐赠工作条例",
)
APPROVAL = Form(
    id="red_cross.approval",
    version=1,
    title=Text("救助审批", "Decision on aid"),
    sections=(
        Section(
            "approval",
            Text("审批", "Decision"),
            (
                yes_no("granted", "是否同意", "Granted", required=True),
                words(
                    "opinion",
                    "审批意见",
                    "Opinion",
                    length=200,
                    required=answer("granted").equals(False),
                    carried=False,
                ),
            ),
        ),
    ),
)
PAYMENT = Form(
    id="red_cross.payment",
    version=1,
    title=Text("救助款发放", "Payment of aid"),
    sections=(
        Section(
            "payment",
            Text("发放", "Payment"),
            (
                Field(
                    "paid",
                    Text("发放金额", "Paid"),
                    FieldType.DECIMAL,
                    unit="元",
                    places=2,
                    hard=Range.of("0.01", 10_000_000),
                    soft=Range.of(100, 200_000),
                    required=True,
                ),
                words("voucher", "凭证号", "Voucher number", length=40, required=True, carried=False),
                day("received_on", "签收日期", "Received on", required=True, carried=False),
            ),
        ),
    ),
)

AMOUNT, PAID = answer("amount_yuan"), answer("payment__paid")
NET = when(IS_DONATION).then(AMOUNT).when(PAID.is_known()).then(lift(0) - PAID).otherwise(lift(0))

logbook = Logbook(
    id="red_cross.fund",
    version=1,
    title=Text("红十字捐款与救助台账", "Red Cross: donations and aid"),
    purpose=Text(
        "逐笔登记捐款、救助申请、审批和发放，结余由明细得出。",
        "Every donation, application, decision and payment; the balance follows from them.",
    ),
    rows=("D9-09",),
    keepers=frozenset({"bureau", "other"}),
    form=FORM,
    stages=(
        Stage(
            "approval",
            Text("审批", "Decision"),
            APPROVAL,
            within=Interval(days=15),
            by=StageBy.KEEPER,
            when=IS_AID,
            ends=answer("approval__granted").equals(False),
        ),
        Stage("payment", Text("发放", "Payment"), PAYMENT, within=Interval(days=10), when=IS_AID),
    ),
    figures=(
        LogbookFigure(
            "red_cross.donated",
            Text("筹集捐款", "Donations received"),
            "元",
            total(AMOUNT),
            where=IS_DONATION,
            decimals=2,
            aliases=("共筹集捐款", "接受捐款"),
        ),
        LogbookFigure(
            "red_cross.donated_by_day",
            Text("博爱一日捐捐款", "A day's pay"),
            "元",
            total(AMOUNT),
            where=IS_DONATION & answer("campaign").equals("1"),
            decimals=2,
            aliases=("博爱一日捐",),
        ),
        LogbookFigure("red_cross.donations", Text("捐款笔数", "Donations"), "笔", count(), where=IS_DONATION),
        LogbookFigure(
            "red_cross.aid_paid",
            Text("发放救助金", "Aid paid"),
            "元",
            total(PAID),
            where=IS_AID,
            decimals=2,
            aliases=("救助金额",),
        ),
        LogbookFigure(
            "red_cross.medical_aid_paid",
            Text("发放医疗救助金", "Medical aid paid"),
            "元",
            total(PAID),
            where=IS_AID & answer("aid").equals("1"),
            decimals=2,
        ),
        LogbookFigure(
            "red_cross.people_helped",
            Text("救助人数", "People helped"),
            "人",
            total(answer("people")),
            where=PAID.is_known(),
            aliases=("医疗救助人数",),
        ),
        LogbookFigure(
            "red_cross.households_helped",
            Text("救助户数", "Households helped"),
            "户",
            total(answer("households")),
            where=PAID.is_known(),
        ),
        LogbookFigure(
            "red_cross.balance",
            Text("期末结余（捐款－救助）", "Balance on the last day"),
            "元",
            total(NET),
            standing=True,
            decimals=2,
            aliases=("捐款结余",),
        ),
    ),
    list_fields=("kind", "amount_yuan", "donor", "applicant", "payment__paid"),
    source=FORM.source,
    tests=("tests/catalogue/test_logbooks.py",),
)
