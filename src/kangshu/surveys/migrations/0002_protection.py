"""Row security: households of a sample and interviews are seen by whoever sees the household."""

from django.db import migrations

from kangshu.access.rls import protect

KEEP_INTERVIEWS = migrations.RunSQL(
    sql="""
    CREATE FUNCTION surveys_keep_interview() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'interviews are not deleted: withdraw them' USING ERRCODE = 'restrict_violation';
        END IF;
        IF (NEW.id, NEW.place_id, NEW.person_id, NEW.round, NEW.sex, NEW.age, NEW.answers, NEW.performed_on,
            NEW.started_at, NEW.ended_at, NEW.entered_by)
           IS DISTINCT FROM
           (OLD.id, OLD.place_id, OLD.person_id, OLD.round, OLD.sex, OLD.age, OLD.answers, OLD.performed_on,
            OLD.started_at, OLD.ended_at, OLD.entered_by) THEN
            RAISE EXCEPTION 'an interview is never overwritten: withdraw it'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER surveys_interview_keep BEFORE UPDATE OR DELETE ON surveys_interview
    FOR EACH ROW EXECUTE FUNCTION surveys_keep_interview();
    """,
    reverse_sql="""
    DROP TRIGGER surveys_interview_keep ON surveys_interview;
    DROP FUNCTION surveys_keep_interview();
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("access", "0002_scope"),
        ("people", "0002_row_security"),
    ]
    operations = [
        *protect("surveys_surveyhousehold", person=None),
        *protect("surveys_interview"),
        KEEP_INTERVIEWS,
    ]
