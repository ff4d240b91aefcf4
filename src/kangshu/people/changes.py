"""Stamps every row with the transaction that last wrote it.

A snapshot takes what lies below `pg_snapshot_xmin`, so it loses nothing of slow transactions (design,
decision 5). `ChangedXidField` is the column, `stamp_changes(table)` the trigger that renews it on update; the
SQL function itself, `kangshu_stamp_changed()`, is made by the first migration of `people`.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

STAMP_FUNCTION = migrations.RunSQL(
    sql="""
    CREATE FUNCTION kangshu_stamp_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.changed_xid := pg_current_xact_id();
        RETURN NEW;
    END $$;
    """,
    reverse_sql="DROP FUNCTION kangshu_stamp_changed();",
)


class CurrentTransaction(models.Func):
    """`pg_current_xact_id()`, the id of the running transaction."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = models.BigIntegerField()


class ChangedXidField(models.Field):
    """An `xid8` column: the transaction that wrote the row, read as an integer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_default", CurrentTransaction())
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def to_python(self, value: Any) -> int | None:
        return None if value is None else int(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        # The trigger decides on update; what was read must not be written back as if it were new.
        return super().pre_save(model_instance, add) if add else CurrentTransaction()


def stamp_changes(table: str) -> migrations.RunSQL:
    """The operation that makes `table` renew its `changed_xid` on every update."""
    return migrations.RunSQL(
        sql=f"""
        CREATE TRIGGER {table}_changed BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION kangshu_stamp_changed();
        """,
        reverse_sql=f"DROP TRIGGER {table}_changed ON {table};",
    )
