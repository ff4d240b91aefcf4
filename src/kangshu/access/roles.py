"""Who may do what: one table from role to permissions, and one from role to reach.

A permission is "verb.object". `check_allowed` raises, `is_allowed` answers: the greyed button and the
refusal come from the same line. What a role may *see* is kept by the database (`scope`, `rls`); `REACH` says
how far, and a test holds the SQL function to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import NotAllowed
from kangshu.kernel.text import Text


class Role(StrEnum):
    VILLAGE_DOCTOR = "village_doctor"
    TOWNSHIP_WORKER = "township_worker"
    HOSPITAL_CLERK = "hospital_clerk"
    CLINICIAN = "clinician"
    EPIDEMIOLOGIST = "epidemiologist"
    INSPECTOR = "inspector"
    INSURANCE_OFFICER = "insurance_officer"
    BUREAU_OFFICER = "bureau_officer"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"
    RESIDENT = "resident"


class Reach(StrEnum):
    """How far a role sees persons: nobody, the institution and those under it, the whole county, oneself."""

    NOBODY = "nobody"
    INSTITUTION = "institution"
    COUNTY = "county"
    SELF = "self"


TITLES: Mapping[Role, Text] = {
    Role.VILLAGE_DOCTOR: Text("村医", "Village doctor"),
    Role.TOWNSHIP_WORKER: Text("乡镇公共卫生人员", "Township public-health worker"),
    Role.HOSPITAL_CLERK: Text("医院业务员（防保、病案）", "Hospital desk (prevention, records)"),
    Role.CLINICIAN: Text("医院医生", "Hospital clinician"),
    Role.EPIDEMIOLOGIST: Text("疾控流行病学人员", "CDC epidemiologist"),
    Role.INSPECTOR: Text("卫生监督员", "Health inspector"),
    Role.INSURANCE_OFFICER: Text("医保经办人员", "Insurance officer"),
    Role.BUREAU_OFFICER: Text("卫健局科室人员", "Bureau officer"),
    Role.DIRECTOR: Text("卫健局局长", "Bureau director"),
    Role.ADMINISTRATOR: Text("系统管理员", "System administrator"),
    Role.SECURITY_ADMINISTRATOR: Text("安全管理员", "Security administrator"),
    Role.AUDITOR: Text("安全审计员", "Security auditor"),
    Role.RESIDENT: Text("居民", "Resident"),
}

REACH: Mapping[Role, Reach] = {
    Role.VILLAGE_DOCTOR: Reach.INSTITUTION,
    Role.TOWNSHIP_WORKER: Reach.INSTITUTION,
    Role.HOSPITAL_CLERK: Reach.INSTITUTION,
    Role.CLINICIAN: Reach.INSTITUTION,
    Role.EPIDEMIOLOGIST: Reach.COUNTY,
    Role.INSPECTOR: Reach.NOBODY,
    Role.INSURANCE_OFFICER: Reach.COUNTY,
    Role.BUREAU_OFFICER: Reach.COUNTY,
    Role.DIRECTOR: Reach.COUNTY,
    Role.ADMINISTRATOR: Reach.NOBODY,
    Role.SECURITY_ADMINISTRATOR: Reach.NOBODY,
    Role.AUDITOR: Reach.NOBODY,
    Role.RESIDENT: Reach.SELF,
}

#: GB/T 22239 level 3: system, security and audit administration are three people, and none of them works
#: with the records they guard. An account with one of these roles has no other role.
SEPARATED = frozenset({Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})

#: Roles that sign in with a second factor (GB/T 22239: administrators; here the bureau's staff too, because
#: they see the whole county).
SECOND_FACTOR = SEPARATED | {Role.BUREAU_OFFICER, Role.DIRECTOR}

_WITH_PEOPLE = frozenset({"read.resident", "read.indicator", "edit.preferences"})
_FIELD_WORK = _WITH_PEOPLE | {
    "read.logbook",
    "keep.logbook",
    "read.stock",
    "keep.stock",
    "register.resident",
    "edit.resident",
    "record.visit",
    "correct.record",
    "withdraw.record",
    "enrol.case",
    "close.case",
    "read.care",
    "record.care",
    "submit.report",
    "break.glass",
    "read.survey",
}

PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.VILLAGE_DOCTOR: _FIELD_WORK | {"export.data", "import.data"},
    Role.TOWNSHIP_WORKER: _FIELD_WORK
    | {
        "import.data",
        "export.data",
        "use.api",
        "merge.people",
        "reassign.cases",
        "edit.staff",
        "appeal.score",
    },
    Role.HOSPITAL_CLERK: _WITH_PEOPLE
    | {
        "read.logbook",
        "keep.logbook",
        "oversee.logbook",
        "register.resident",
        "edit.resident",
        "read.care",
        "record.care",
        "import.data",
        "export.data",
        "use.api",
        "submit.report",
        "break.glass",
        "read.stock",
        "keep.stock",
    },
    Role.CLINICIAN: _FIELD_WORK,
    Role.EPIDEMIOLOGIST: _WITH_PEOPLE
    | {
        "read.survey",
        "run.survey",
        "read.logbook",
        "keep.logbook",
        "oversee.logbook",
        "record.visit",
        "read.care",
        "export.data",
        "use.api",
        "submit.report",
        "audit.report",
        "assess.records",
        "break.glass",
        "read.stock",
        "keep.stock",
    },
    Role.INSPECTOR: frozenset(
        {
            "read.logbook",
            "keep.logbook",
            "oversee.logbook",
            "read.indicator",
            "submit.report",
            "edit.preferences",
        }
    ),
    Role.INSURANCE_OFFICER: _WITH_PEOPLE | {"read.care", "submit.report", "read.fund"},
    Role.BUREAU_OFFICER: _WITH_PEOPLE
    | {
        "read.survey",
        "run.survey",
        "read.logbook",
        "keep.logbook",
        "oversee.logbook",
        "import.data",
        "export.data",
        "use.api",
        "merge.people",
        "read.summary",
        "write.summary",
        "audit.report",
        "edit.parameters",
        "edit.places",
        "edit.staff",
        "take.snapshot",
        "set.target",
        "compose.campaign",
        "run.appraisal",
        "assess.records",
        "keep.projects",
        "read.stock",
        "keep.stock",
        "read.fund",
        "keep.fund",
    },
    Role.DIRECTOR: _WITH_PEOPLE
    | {
        "read.logbook",
        "read.summary",
        "sign.summary",
        "finish.appraisal",
        "audit.report",
        "take.snapshot",
        "read.stock",
        "read.fund",
    },
    Role.ADMINISTRATOR: frozenset(
        {
            "administer.accounts",
            "administer.system",
            "edit.places",
            "edit.staff",
            "edit.preferences",
            "take.snapshot",
        }
    ),
    Role.SECURITY_ADMINISTRATOR: frozenset({"assign.roles", "review.break_glass", "edit.preferences"}),
    Role.AUDITOR: frozenset({"read.audit", "edit.preferences"}),
    Role.RESIDENT: frozenset({"read.own", "edit.preferences"}),
}

#: Everything that exists to be asked for; a test holds every `check_allowed` in the code to it.
ALL_PERMISSIONS = frozenset().union(*PERMISSIONS.values())


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All permissions of these roles; an unknown role has none."""
    known = {role.value for role in Role}
    return frozenset().union(*(PERMISSIONS[Role(role)] for role in roles if role in known))


def is_allowed(by: Actor, permission: str) -> bool:
    """Whether one of the actor's roles carries the permission. A system job carries all of them."""
    return "system" in by.roles or permission in permissions_of(by.roles)


def check_allowed(by: Actor, permission: str) -> None:
    """Raise NotAllowed, naming who may, unless `is_allowed`."""
    if is_allowed(by, permission):
        return
    holders = [TITLES[role] for role, permissions in PERMISSIONS.items() if permission in permissions]
    raise NotAllowed(
        f"not_allowed.{permission}",
        Text(
            "您的岗位没有此项权限。"
            + (f"可以办理的岗位：{'、'.join(t.zh for t in holders)}。" if holders else ""),
            "Your role does not permit this."
            + (f" Roles that do: {', '.join(t.en for t in holders)}." if holders else ""),
        ),
    )
