"""Baby-friendly hospitals and obstetric departments 爱婴医院复核、产科建设达标."""

from __future__ import annotations

from kangshu.catalogue.accreditation import accreditation
from kangshu.catalogue.asking import coded, number, words, yes_no
from kangshu.declare import Form, Section, Text
from kangshu.declare.logbook import SiteKind

DEPARTMENT = SiteKind(
    "obstetric_department",
    Text("助产机构产科", "Obstetric department"),
    Form(
        id="maternal.obstetric_department",
        version=1,
        title=Text("助产机构产科登记表", "Obstetric department"),
        sections=(
            Section(
                "department",
                Text("基本情况", "Particulars"),
                (
                    number("beds", "产科床位", "Beds", "张", (0, 500), measured=False, required=True),
                    number(
                        "midwives",
                        "持证助产人员数",
                        "Certified midwives",
                        "人",
                        (0, 500),
                        measured=False,
                        required=True,
                    ),
                    number(
                        "deliveries", "上年分娩数", "Deliveries last year", "人", (0, 50_000), measured=False
                    ),
                    yes_no("rooming_in", "母婴同室", "Rooming-in", required=True),
                    words("head", "产科主任", "Head", length=40),
                ),
            ),
        ),
    ),
)

logbook = accreditation(
    "maternal.obstetric_quality",
    title=Text("爱婴医院与产科建设评审", "Baby-friendly hospitals and obstetric quality"),
    purpose=Text(
        "爱婴医院复核和产科建设达标检查：自评、现场评分、整改、证书有效期。",
        "Review of baby-friendly hospitals and obstetric departments: score, rectification, validity.",
    ),
    site=DEPARTMENT,
    levels=coded(
        ("1", "爱婴医院", "baby-friendly hospital"),
        ("2", "产科建设达标单位", "obstetric department up to standard"),
    ),
    parts=(
        ("rules", Text("制度与管理", "Rules and management"), 20),
        ("training", Text("人员培训", "Training of staff"), 20),
        ("breastfeeding", Text("促进母乳喂养措施", "Support of breastfeeding"), 30),
        ("safety", Text("产科安全与急救", "Safety and emergencies"), 20),
        ("follow_up", Text("出院后支持与宣传", "Support after discharge"), 10),
    ),
    rows=("D3-16",),
    keepers=frozenset({"hospital", "mch", "township_centre"}),
    overseer="mch",
    source="爱婴医院管理监督指南；爱婴医院标准（2014年版）；助产机构产科建设标准",
    aliases=("爱婴医院复核", "产科建设达标检查", "爱婴医院数"),
)
