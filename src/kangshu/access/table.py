"""Who sees whom, as the table of docs/access.md: printed from the rules that are run, never typed."""

from __future__ import annotations

from kangshu.access.roles import PERMISSIONS, REACH, SECOND_FACTOR, TITLES, Reach, Role

_REACHES = {
    Reach.NOBODY: "nobody",
    Reach.INSTITUTION: "residents whose responsible institution is theirs or under it",
    Reach.COUNTY: "all residents of the county",
    Reach.SELF: "themselves, minors they are the registered guardian of",
}


def who_sees_whom() -> str:
    """A Markdown table, one line per role."""
    lines = [
        "| Role | 角色 | Sees | And by grant | Confidential programmes | Second factor | May |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(role) for role in Role)]) + "\n"


def _line(role: Role) -> str:
    reach = REACH[role]
    treats = "break.glass" in PERMISSIONS[role]
    by_grant = {
        Reach.NOBODY: "never",
        Reach.SELF: "never",
    }.get(reach, "yes, and in an emergency for 4 h" if treats else "yes")
    if role is Role.AUDITOR:
        compartments = "their trail only, when opened to the account"
    elif reach in (Reach.NOBODY, Reach.SELF):
        compartments = "never"
    else:
        compartments = "when opened to the account, within the same reach"
    cells = (
        TITLES[role].en,
        TITLES[role].zh,
        _REACHES[reach],
        by_grant,
        compartments,
        "yes" if role in SECOND_FACTOR else "no",
        ", ".join(f"`{permission}`" for permission in sorted(PERMISSIONS[role])),
    )
    return "| " + " | ".join(cells) + " |"
