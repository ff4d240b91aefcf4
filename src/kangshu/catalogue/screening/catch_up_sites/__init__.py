"""The sites of a supplementary vaccination campaign with their vaccinators and training (norms K8)."""

from __future__ import annotations

from kangshu.catalogue.asking import number, words
from kangshu.declare import Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, count, total

SOURCE = "norms K8"

logbook = Logbook(
    id="screening.catch_up_sites",
    version=1,
    title=Text("补种接种点与接种人员", "Catch-up sites and vaccinators"),
    purpose=Text(
        "登记强化或补种活动的接种点、参加的接种人员和培训人次",
        "The sites of a supplementary campaign, their vaccinators and how many were trained",
    ),
    rows=("D4-02",),
    row_note=Text("接种点、接种人员和培训", "sites, vaccinators and training"),
    keepers=frozenset({"township_centre", "community_centre", "cdc"}),
    form=Form(
        id="screening.catch_up_sites.site",
        version=1,
        title=Text("接种点登记", "Site"),
        sections=(
            Section(
                "site",
                Text("接种点", "Site"),
                (
                    words("name", "接种点名称", "Site", length=60, required=True, carried=False),
                    words("campaign", "活动名称", "Campaign", length=60, carried=False),
                    number(
                        "vaccinators",
                        "接种人员数",
                        "Vaccinators",
                        "人",
                        (0, 500),
                        measured=False,
                        carried=False,
                        required=True,
                    ),
                    number(
                        "trained",
                        "其中培训人次",
                        "Trained",
                        "人次",
                        (0, 1000),
                        measured=False,
                        carried=False,
                        required=True,
                    ),
                ),
            ),
        ),
        source=SOURCE,
    ),
    figures=(
        LogbookFigure(
            "catch_up.sites",
            Text("补种接种点数", "Catch-up sites"),
            "个",
            count(),
            aliases=("接种点数", "设立接种点"),
        ),
        LogbookFigure(
            "catch_up.vaccinators",
            Text("补种接种人员数", "Catch-up vaccinators"),
            "人",
            total(answer("vaccinators")),
            aliases=("接种人员数",),
        ),
        LogbookFigure(
            "catch_up.trained",
            Text("补种培训人次", "Catch-up: trained"),
            "人次",
            total(answer("trained")),
            aliases=("补种培训人次",),
        ),
    ),
    tests=("tests/catalogue/screening/test_cascades.py",),
    source=SOURCE,
)
