"""Row security, change stamps, and the promise that what was recorded stays as it was recorded."""

from django.db import migrations

from kangshu.access.rls import protect
from kangshu.people.changes import stamp_changes

KEEP_RECORDS = migrations.RunSQL(
    sql="""
    CREATE FUNCTION work_keep_record() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'records are not deleted: withdraw them' USING ERRCODE = 'restrict_violation';
        END IF;
        IF (NEW.id, NEW.form_id, NEW.form_version, NEW.person_id, NEW.answers, NEW.provenance, NEW.performed_on,
            NEW.performed_by_id, NEW.institution_id, NEW.entered_by, NEW.entered_at, NEW.succeeds_id)
           IS DISTINCT FROM
           (OLD.id, OLD.form_id, OLD.form_version, OLD.person_id, OLD.answers, OLD.provenance, OLD.performed_on,
            OLD.performed_by_id, OLD.institution_id, OLD.entered_by, OLD.entered_at, OLD.succeeds_id) THEN
            RAISE EXCEPTION 'a record is never overwritten: correct it' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER work_record_keep BEFORE UPDATE OR DELETE ON work_record
    FOR EACH ROW EXECUTE FUNCTION work_keep_record();

    CREATE FUNCTION work_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{scope_path,changed_xid}'::text[])
                              = (to_jsonb(OLD) - '{scope_path,changed_xid}'::text[]) THEN
            RETURN NEW;  -- only whose it is changed
        END IF;
        RAISE EXCEPTION 'history is kept as it was written' USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER work_transition_keep BEFORE UPDATE OR DELETE ON work_transition
    FOR EACH ROW EXECUTE FUNCTION work_keep_history();
    CREATE TRIGGER work_reportstep_keep BEFORE UPDATE OR DELETE ON work_reportstep
    FOR EACH ROW EXECUTE FUNCTION work_keep_history();
    CREATE TRIGGER work_declaration_keep BEFORE UPDATE OR DELETE ON work_declaration
    FOR EACH ROW EXECUTE FUNCTION work_keep_history();
    """,
    reverse_sql="""
    DROP TRIGGER work_declaration_keep ON work_declaration;
    DROP TRIGGER work_reportstep_keep ON work_reportstep;
    DROP TRIGGER work_transition_keep ON work_transition;
    DROP FUNCTION work_keep_history();
    DROP TRIGGER work_record_keep ON work_record;
    DROP FUNCTION work_keep_record();
    """,
)


def secured(table: str) -> list:
    steps = protect(table, person="person_id", compartment="compartment")
    return [*(steps if isinstance(steps, list) else [steps]), stamp_changes(table)]


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("people", "0002_row_security"), ("access", "0001_initial")]
    operations = [
        *secured("work_case"),
        *secured("work_record"),
        *secured("work_due"),
        *secured("work_transition"),
        KEEP_RECORDS,
    ]
