"""Public-health model communities 公共卫生服务精品社区: applied, scored, named, reviewed."""

from __future__ import annotations

from kangshu.catalogue.accreditation import accreditation
from kangshu.catalogue.asking import coded, number, words
from kangshu.declare import Form, Section, Text
from kangshu.declare.logbook import SiteKind

COMMUNITY = SiteKind(
    "community_unit",
    Text("社区（村）服务单位", "Community service unit"),
    Form(
        id="public_health.community_unit",
        version=1,
        title=Text("社区（村）服务单位登记表", "Community service unit"),
        sections=(
            Section(
                "unit",
                Text("基本情况", "Particulars"),
                (
                    words("community", "所在社区（村）", "Community or village", length=60, required=True),
                    number("residents", "服务人口", "Residents served", "人", (0, 200_000), measured=False),
                    number("staff", "公共卫生人员数", "Public-health staff", "人", (0, 500), measured=False),
                    words("head", "负责人", "Head", length=40, required=True),
                ),
            ),
        ),
    ),
)

logbook = accreditation(
    "public_health.model_communities",
    title=Text("公共卫生服务精品社区", "Public-health model communities"),
    purpose=Text(
        "社区申报、自评、现场评审、命名和复评，到期前提醒。",
        "Application, self-assessment, on-site score, naming and review, with a reminder before it ends.",
    ),
    site=COMMUNITY,
    levels=coded(("1", "精品社区", "model community")),
    parts=(
        ("organisation", Text("组织管理", "Organisation"), 15),
        ("facilities", Text("服务设施与环境", "Facilities"), 15),
        ("services", Text("基本公共卫生服务开展", "Services of the package"), 40),
        ("records", Text("居民健康档案质量", "Quality of health records"), 15),
        ("satisfaction", Text("居民知晓与满意", "Known to and liked by residents"), 15),
    ),
    rows=("D2-07",),
    keepers=frozenset({"township_centre", "community_centre"}),
    source="县（市、区）精品社区创建方案；评分表可按当地方案换算为百分制",
    aliases=("建设公共卫生服务精品社区", "精品社区"),
)
