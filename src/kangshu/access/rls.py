"""Row-level security as migration steps: `operations = [..., *protect("people_person", person="id")]`.

The policy is written once, here. It compares the row's own columns with four settings that
`access_enter` makes for one transaction. `scope_path` is compared directly with `current_setting(...)`:
that is STABLE, so the planner folds it for its estimates, and text comparison under COLLATE "C" is
leakproof, so a user's condition may be checked before or after. An unset setting is NULL (or '', once it
has been set and reverted in a session): both see no row, and neither is an error.
"""

from __future__ import annotations

from django.db import migrations

_IN_SCOPE = (
    "(scope_path >= current_setting('kangshu.low', true)"
    " AND scope_path < current_setting('kangshu.high', true))"
)
# '' cannot be cast to uuid[]: nullif keeps a reverted setting from being an error. The sub-select makes the
# list once for the whole statement; without it a filter parses it for each row, and 2,000 rows against
# 5,000 grants take 17.5 s in place of 46 ms (ADR 0401). `= ANY` of it is still an index condition.
_GRANTED = "{person} = ANY ((SELECT nullif(current_setting('kangshu.granted', true), '')::uuid[])::uuid[])"
# '*' is the system's: a job must not lose the rows of a compartment that nobody has been given yet.
_COMPARTMENT = (
    "({column} = '' OR current_setting('kangshu.compartments', true) = '*'"
    " OR {column} = ANY (string_to_array(current_setting('kangshu.compartments', true), ',')))"
)

#: Tables protected so far and their compartment columns, filled as migrations are imported; tests use it.
PROTECTED: dict[str, str | None] = {}


def policy_condition(*, person: str | None = "person_id", compartment: str | None = None) -> str:
    """The SQL condition of the policy: in scope or granted, and its compartment open to the account."""
    seen = f"({_IN_SCOPE} OR {_GRANTED.format(person=person)})" if person else _IN_SCOPE
    if compartment is None:
        return seen
    return f"({seen} AND {_COMPARTMENT.format(column=compartment)})"


def protect(
    table: str, *, person: str | None = "person_id", compartment: str | None = None
) -> list[migrations.RunSQL]:
    """Migration steps that put a table about persons under row-level security.

    `person` names the column with the person's id (`"id"` for the person itself, None where there is none),
    `compartment` the column with the compartment, where the table has one. The table needs a
    `scope_path`. Reading, writing and the row as it will stand are held to the same condition. The
    tables' owner is not bound by it (migrations, bulk loads, SECURITY DEFINER functions).
    """
    PROTECTED[table] = compartment
    condition = policy_condition(person=person, compartment=compartment)
    return [
        migrations.RunSQL(
            sql=[
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                # Some 400 clinics share the paths; the default of 100 would miss most and misjudge a list.
                f'ALTER TABLE "{table}" ALTER COLUMN scope_path SET STATISTICS 1000',
                f'CREATE POLICY in_scope ON "{table}" FOR ALL USING ({condition}) WITH CHECK ({condition})',
            ],
            reverse_sql=[
                f'DROP POLICY in_scope ON "{table}"',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ],
        )
    ]
