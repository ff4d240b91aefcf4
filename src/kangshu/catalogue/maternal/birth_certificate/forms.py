"""First issue, replacement and reissue (norms H2). Of identity numbers only the last four characters."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words, yes_no
from kangshu.declare import Check, Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "出生医学证明管理办法；出生医学证明（第七版）；norms H2"
GOODS_ID = "maternal.birth_certificate"
OLD_IS_OURS = answer("old_is_ours")
SEXES = coded(("1", "男", "male"), ("2", "女", "female"), ("9", "未说明", "not stated"))
DOCUMENTS = coded(
    ("01", "居民身份证", "identity card"),
    ("02", "居民户口簿", "household register"),
    ("03", "护照", "passport"),
    ("04", "军官证", "officer's card"),
    ("99", "其他", "other"),
)
NUMBER = Text("1位字母加9位数字，如 L350247695", "one letter and nine digits, such as L350247695")


def _certificate(name: str, zh: str, en: str, **more: object) -> Field:
    return words(name, zh, en, length=10, carried=False, hint=NUMBER, **more)  # type: ignore[arg-type]


def _parent(who: str, zh: str, en: str, condition: object) -> tuple[Field, ...]:
    """What the paper says of a parent."""
    asked = {"required": condition, "visible": None if condition is True else condition}
    return (
        words(f"{who}_name", f"{zh}姓名", f"{en}'s name", length=40, **asked),  # type: ignore[arg-type]
        number(f"{who}_age", f"{zh}年龄", f"{en}'s age", "岁", (12, 80), (18, 50), measured=False, **asked),  # type: ignore[arg-type]
        words(f"{who}_nationality", f"{zh}国籍", f"{en}'s nationality", length=20, **asked),  # type: ignore[arg-type]
        words(f"{who}_ethnic", f"{zh}民族", f"{en}'s ethnic group", length=20, visible=asked["visible"]),  # type: ignore[arg-type]
        one_of(f"{who}_document", f"{zh}证件类型", f"{en}'s document", DOCUMENTS, **asked),  # type: ignore[arg-type]
        words(
            f"{who}_document_end",
            f"{zh}证件号码后四位",
            f"Last four of {en.lower()}'s number",
            length=4,
            hint=Text("打印时核对原件", "the original is compared when printing"),
            **asked,
        ),  # type: ignore[arg-type]
        words(f"{who}_address", f"{zh}住址", f"{en}'s address", length=100, visible=asked["visible"]),  # type: ignore[arg-type]
    )


CHILD = Section(
    "child",
    Text("新生儿", "The child"),
    (
        words("child_name", "新生儿姓名", "Child's name", length=40, required=True),
        one_of("child_sex", "性别", "Sex", SEXES, required=True),
        Field(
            "born_at",
            Text("出生时间", "Born at"),
            FieldType.MOMENT,
            required=True,
            hint=Text("精确到分", "to the minute"),
        ),
        number(
            "gestation", "出生孕周", "Gestation", "孕周", (20, 45), (28, 42), measured=False, required=True
        ),
        number(
            "weight",
            "出生体重",
            "Birth weight",
            "g",
            (300, 8000),
            (1500, 5000),
            measured=False,
            required=True,
        ),
        number(
            "length",
            "出生身长",
            "Birth length",
            "cm",
            ("20", "70"),
            ("40", "60"),
            places=1,
            measured=False,
            required=True,
        ),
        number("order", "胎次中的序号", "Order in the birth", "", (1, 6), measured=False),
        one_of(
            "place_kind",
            "出生地点分类",
            "Kind of place",
            numbered(
                ("医院", "hospital"),
                ("妇幼保健院", "maternal hospital"),
                ("家庭", "at home"),
                ("其他", "other"),
            ),
            required=True,
        ),
        words("place", "出生地点", "Place of birth", length=100, required=True),
        words("deliverer", "接生机构", "Delivered by", length=100, required=True),
    ),
)
FATHER_KNOWN = answer("father_known")
MOTHER = Section("mother", Text("母亲", "The mother"), _parent("mother", "母亲", "Mother", True))
FATHER = Section(
    "father",
    Text("父亲", "The father"),
    (
        yes_no("father_known", "填写父亲信息", "The father is entered", required=True, carried=True),
        *_parent("father", "父亲", "Father", FATHER_KNOWN),
    ),
)
HANDED = Section(
    "handed",
    Text("签发", "Issue"),
    (
        words("issuer", "签发人", "Issued by", length=40, required=True, carried=False),
        words("receiver", "领证人", "Handed to", length=40, required=True, carried=False),
        one_of(
            "receiver_is",
            "领证人与新生儿关系",
            "Who is",
            numbered(
                ("母亲", "mother"),
                ("父亲", "father"),
                ("其他监护人", "another guardian"),
                ("受委托人", "somebody authorised"),
            ),
            required=True,
            carried=False,
        ),
        yes_no(
            "books_checked", "已核对父母有效身份证件原件", "The parents' documents were seen", required=True
        ),
    ),
)
SEEN = Check(
    "documents_seen",
    answer("books_checked"),
    Text(
        "未核对父母有效身份证件原件，不得签发。", "Without seeing the parents' documents nothing is issued."
    ),
    field="books_checked",
)

FIRST = Form(
    id="maternal.certificate_first",
    version=1,
    title=Text("出生医学证明首次签发", "Birth certificate: first issue"),
    sections=(
        Section(
            "paper",
            Text("证件", "Paper"),
            (
                _certificate("certificate", "出生证编号", "Certificate number", required=True),
                one_of(
                    "when",
                    "签发情形",
                    "When",
                    numbered(
                        ("出院时", "at discharge"),
                        ("出生后1个月内", "within a month"),
                        ("超过1个月", "later, with further proof"),
                    ),
                    required=True,
                    carried=False,
                ),
                words(
                    "proof",
                    "补充证明材料",
                    "Further proof",
                    length=200,
                    visible=answer("when").equals("3"),
                    required=answer("when").equals("3"),
                    carried=False,
                ),
            ),
        ),
        CHILD,
        MOTHER,
        FATHER,
        HANDED,
    ),
    checks=(SEEN,),
    rule="first_issue",
    outcomes=(Choice("issued", Text("已首次签发", "issued")),),
    source=SOURCE,
)

_NEW = _certificate("certificate", "新证编号", "New number", required=True)

REPLACEMENT = Form(
    id="maternal.certificate_replacement",
    version=1,
    title=Text("出生医学证明换发", "Birth certificate: replacement"),
    sections=(
        Section(
            "paper",
            Text("证件", "Paper"),
            (
                yes_no(
                    "old_is_ours", "旧证由本县签发", "The old paper was issued in this county", required=True
                ),
                _certificate("old_certificate", "收回的旧证编号", "Number of the old paper", required=True),
                _NEW,
                one_of(
                    "why",
                    "换发原因",
                    "Why",
                    numbered(
                        ("信息填写错误", "an error on it"),
                        ("新生儿姓名变更", "the child's name changed"),
                        ("父母信息变更", "the parents' particulars changed"),
                        ("打印错误或污损", "misprinted or soiled"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("change", "变更内容", "What changed", length=200, required=True, carried=False),
            ),
        ),
        CHILD,
        MOTHER,
        FATHER,
        HANDED,
    ),
    checks=(SEEN,),
    source=SOURCE,
)

REISSUE = Form(
    id="maternal.certificate_reissue",
    version=1,
    title=Text("出生医学证明补发", "Birth certificate: reissue"),
    sections=(
        Section(
            "paper",
            Text("证件", "Paper"),
            (
                _NEW,
                _certificate(
                    "lost_certificate", "遗失证编号（如知道）", "Number of the lost paper, if known"
                ),
                words(
                    "how_lost", "遗失情况说明", "How it was lost", length=200, required=True, carried=False
                ),
                yes_no(
                    "statement", "已交遗失声明及证明材料", "Statement and proofs are there", required=True
                ),
                yes_no(
                    "registered",
                    "新生儿已登记户口",
                    "The child is registered with the police",
                    required=True,
                    hint=Text("已登记户口的，副页不再补发", "then the duplicate page is not reissued"),
                ),
            ),
        ),
        CHILD,
        MOTHER,
        FATHER,
        HANDED,
    ),
    checks=(SEEN,),
    source=SOURCE,
)
