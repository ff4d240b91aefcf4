"""Row security, change stamps, and the promise that what was entered stays as it was entered.

Entries are about no person, so that also roles that see no person (inspectors) see those of their own place,
and those that they oversee.
"""

from django.db import migrations

from kangshu.access.rls import protect
from kangshu.people.changes import stamp_changes

TABLES = ("fieldwork_site", "fieldwork_sitechange", "fieldwork_entry", "fieldwork_stagerecord")

_IN_PLACE = (
    "({0} >= current_setting('kangshu.place_low', true) AND {0} < current_setting('kangshu.place_high', true))"
)
_COMPARTMENT = (
    "(compartment = '' OR current_setting('kangshu.compartments', true) = '*'"
    " OR compartment = ANY (string_to_array(current_setting('kangshu.compartments', true), ',')))"
)
_OF_PLACE = f"(({_IN_PLACE.format('scope_path')} OR {_IN_PLACE.format('overseer_path')}) AND {_COMPARTMENT})"


def secured(table: str) -> list:
    return [
        *protect(table, person=None, compartment="compartment"),
        migrations.RunSQL(
            f"CREATE POLICY of_place ON {table} FOR ALL USING ({_OF_PLACE}) WITH CHECK ({_OF_PLACE})",
            f"DROP POLICY of_place ON {table}",
        ),
        stamp_changes(table),
    ]


KEEP_ENTRIES = migrations.RunSQL(
    sql="""
    CREATE FUNCTION fieldwork_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'entries are not deleted: withdraw them' USING ERRCODE = 'restrict_violation';
        END IF;
        IF (NEW.id, NEW.logbook, NEW.form_id, NEW.form_version, NEW.answers, NEW.provenance, NEW.performed_on,
            NEW.period, NEW.institution_id, NEW.site_id, NEW.entered_by, NEW.entered_at, NEW.succeeds_id)
           IS DISTINCT FROM
           (OLD.id, OLD.logbook, OLD.form_id, OLD.form_version, OLD.answers, OLD.provenance, OLD.performed_on,
            OLD.period, OLD.institution_id, OLD.site_id, OLD.entered_by, OLD.entered_at, OLD.succeeds_id) THEN
            RAISE EXCEPTION 'an entry is never overwritten: correct it' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fieldwork_entry_keep BEFORE UPDATE OR DELETE ON fieldwork_entry
    FOR EACH ROW EXECUTE FUNCTION fieldwork_keep_entry();

    CREATE FUNCTION fieldwork_keep_stage() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (NEW.id, NEW.stage, NEW.answers, NEW.performed_on, NEW.entered_at)
           IS DISTINCT FROM (OLD.id, OLD.stage, OLD.answers, OLD.performed_on, OLD.entered_at) THEN
            RAISE EXCEPTION 'a stage is never overwritten: correct it' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fieldwork_stagerecord_keep BEFORE UPDATE OR DELETE ON fieldwork_stagerecord
    FOR EACH ROW EXECUTE FUNCTION fieldwork_keep_stage();

    CREATE TRIGGER fieldwork_sitechange_keep BEFORE UPDATE OR DELETE ON fieldwork_sitechange
    FOR EACH ROW EXECUTE FUNCTION work_keep_history();
    """,
    reverse_sql="""
    DROP TRIGGER fieldwork_sitechange_keep ON fieldwork_sitechange;
    DROP TRIGGER fieldwork_stagerecord_keep ON fieldwork_stagerecord;
    DROP FUNCTION fieldwork_keep_stage();
    DROP TRIGGER fieldwork_entry_keep ON fieldwork_entry;
    DROP FUNCTION fieldwork_keep_entry();
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0001_initial"),
        ("access", "0002_scope"),
        ("people", "0002_row_security"),
        ("work", "0002_protection"),
    ]
    operations = [*(step for table in TABLES for step in secured(table)), KEEP_ENTRIES]
