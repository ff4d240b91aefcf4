"""A certificate of mother-and-child health techniques 母婴保健技术许可证、合格证."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words
from kangshu.declare import Check, Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import SiteKind

INSTITUTION, PERSON = "1", "2"
HOLDERS = coded((INSTITUTION, "机构", "institution"), (PERSON, "人员", "member of staff"))
TECHNIQUES = coded(
    ("1", "助产技术", "midwifery"),
    ("2", "结扎手术和终止妊娠手术", "sterilisation and termination"),
    ("3", "婚前医学检查", "premarital examination"),
    ("4", "产前诊断", "prenatal diagnosis"),
    ("5", "产前筛查", "prenatal screening"),
)
ACTS = coded(("1", "首次发证", "first issued"), ("2", "校验（换证）", "renewed"), ("3", "变更", "changed"))
ENDS = coded(("1", "注销", "given up"), ("2", "吊销", "revoked"), ("3", "校验不合格", "not renewed"))

HOLDER = SiteKind(
    "mch_licence_holder",
    Text("母婴保健技术持证机构和人员", "Holders of mother-and-child licences"),
    Form(
        id="maternal.licence_holder",
        version=1,
        title=Text("持证机构（人员）登记表", "Holder of a licence"),
        sections=(
            Section(
                "holder",
                Text("基本情况", "Particulars"),
                (
                    one_of("holder", "类别", "Holder", HOLDERS, required=True),
                    words("employer", "所在单位", "Institution", length=100, required=True),
                    words(
                        "qualification",
                        "专业技术资格",
                        "Qualification",
                        length=60,
                        visible=answer("holder").equals(PERSON),
                    ),
                ),
            ),
        ),
    ),
)

FORM = Form(
    id="maternal.licence",
    version=1,
    title=Text("母婴保健技术服务许可（考核合格）证登记表", "Mother-and-child health licence"),
    sections=(
        Section(
            "certificate",
            Text("证书", "Certificate"),
            (
                one_of("act", "办理事项", "Act", ACTS, required=True, carried=False),
                several_of("techniques", "许可项目", "Techniques", TECHNIQUES, required=True),
                words("number", "证书编号", "Certificate number", length=40, required=True),
                day("issued_on", "发证日期", "Issued on", required=True, carried=False),
                day("valid_until", "有效期至", "Valid until", required=True, carried=False),
                number("exam_score", "考核成绩", "Marks of the examination", "分", (0, 100)),
            ),
        ),
    ),
    checks=(
        Check(
            "ends_after_it_begins",
            answer("valid_until") > answer("issued_on"),
            Text("有效期应晚于发证日期。", "It ends after it was issued."),
            field="valid_until",
        ),
    ),
    source="母婴保健专项技术服务许可及人员资格管理办法：许可证、合格证有效期三年，期满前三个月申请校验",
)

END = Form(
    id="maternal.licence_end",
    version=1,
    title=Text("证书注销（吊销）登记表", "End of a licence"),
    sections=(
        Section(
            "end",
            Text("终止", "End"),
            (
                one_of("how", "终止方式", "How", ENDS, required=True, carried=False),
                words("reason", "原因", "Reason", length=200, required=True, carried=False),
            ),
        ),
    ),
)
