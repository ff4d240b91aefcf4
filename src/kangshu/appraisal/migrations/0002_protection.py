"""Row security for what tells of one institution or of residents; what is final is changed by nobody."""

from django.db import migrations

from kangshu.access.rls import protect

# Each table with the way from its row to the appraisal it belongs to.
_OF_ENTRY = "(SELECT appraisal_id FROM appraisal_entry WHERE id = {row}.entry_id)"
_LOCKED = {
    "appraisal_line": "{row}.appraisal_id",
    "appraisal_entry": "{row}.appraisal_id",
    "appraisal_linescore": _OF_ENTRY,
    "appraisal_stratum": _OF_ENTRY,
    "appraisal_drawn": _OF_ENTRY,
    "appraisal_evidence": _OF_ENTRY,
    "appraisal_appeal": _OF_ENTRY,
}


def _function(table: str, way: str) -> str:
    # An institution that moves takes its rows along: only whose they are changes.
    return f"""
    CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        belongs uuid := CASE TG_OP WHEN 'DELETE' THEN {way.format(row="OLD")} ELSE {way.format(row="NEW")} END;
    BEGIN
        IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'scope_path') = (to_jsonb(OLD) - 'scope_path') THEN
            RETURN NEW;
        END IF;
        IF (SELECT state FROM appraisal_appraisal WHERE id = belongs) = 'final' THEN
            RAISE EXCEPTION 'the appraisal is final' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER {table}_keep BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_keep();
    """


_APPRAISAL = """
    CREATE FUNCTION appraisal_appraisal_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state = 'final' THEN
            RAISE EXCEPTION 'the appraisal is final' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER appraisal_appraisal_keep BEFORE UPDATE OR DELETE ON appraisal_appraisal
    FOR EACH ROW EXECUTE FUNCTION appraisal_appraisal_keep();
"""
_TABLES = [*_LOCKED, "appraisal_appraisal"]


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial"), ("access", "0001_initial")]
    operations = [
        *protect("appraisal_entry", person=None),
        *protect("appraisal_linescore", person=None),
        *protect("appraisal_stratum", person=None),
        *protect("appraisal_drawn"),
        *protect("appraisal_evidence", person=None),
        *protect("appraisal_appeal", person=None),
        *protect("appraisal_payment", person=None),
        migrations.RunSQL(
            sql=[_APPRAISAL, *(_function(table, way) for table, way in _LOCKED.items())],
            reverse_sql=[
                step
                for table in _TABLES
                for step in (f"DROP TRIGGER {table}_keep ON {table}", f"DROP FUNCTION {table}_keep()")
            ],
        ),
    ]
