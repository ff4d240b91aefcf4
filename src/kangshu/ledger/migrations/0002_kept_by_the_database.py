"""Postings and allotments are only appended; a fund's year follows from them and is written by nobody else."""

from django.conf import settings
from django.db import migrations

from kangshu.access.rls import protect

KEPT = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW' AND (to_jsonb(NEW) - 'scope_path') = (to_jsonb(OLD) - 'scope_path') THEN
        RETURN NEW;  -- only whose it is changed
    END IF;
    RAISE EXCEPTION 'money is only posted: reverse what is wrong' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_posting
FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_allotment
FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_year(of_fund text, of_year smallint, allotted_more numeric, received_more numeric,
    spent_more numeric) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO ledger_yearbalance (fund, year, allotted, received, spent) VALUES (of_fund, of_year, 0, 0, 0)
    ON CONFLICT (fund, year) DO NOTHING;
    UPDATE ledger_yearbalance SET allotted = allotted + allotted_more, received = received + received_more,
        spent = spent + spent_more
    WHERE fund = of_fund AND year = of_year;
END $$;
CREATE FUNCTION ledger_follow_allotment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM ledger_year(NEW.fund, NEW.year, NEW.amount, 0, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER INSERT ON ledger_allotment FOR EACH ROW EXECUTE FUNCTION ledger_follow_allotment();
CREATE FUNCTION ledger_follow_posting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM ledger_year(NEW.fund, NEW.year, 0,
        (CASE WHEN NEW.credit = 'sources' THEN NEW.amount WHEN NEW.debit = 'sources' THEN -NEW.amount ELSE 0 END),
        (CASE WHEN NEW.debit = 'spent' THEN NEW.amount WHEN NEW.credit = 'spent' THEN -NEW.amount ELSE 0 END));
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_follow_posting();
"""
UNDONE = """
DROP TRIGGER follow ON ledger_posting;
DROP FUNCTION ledger_follow_posting();
DROP TRIGGER follow ON ledger_allotment;
DROP FUNCTION ledger_follow_allotment();
DROP FUNCTION ledger_year(text, smallint, numeric, numeric, numeric);
DROP TRIGGER append_only ON ledger_allotment;
DROP TRIGGER append_only ON ledger_posting;
DROP FUNCTION ledger_refuse_change();
"""


def revoke_writing(apps, schema_editor):
    role = schema_editor.quote_name(settings.KANGSHU_APP_ROLE)
    schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_yearbalance FROM {role}")
    schema_editor.execute(f"REVOKE DELETE, TRUNCATE ON ledger_posting FROM {role}")
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON ledger_allotment FROM {role}")
    schema_editor.execute(
        f"REVOKE EXECUTE ON FUNCTION ledger_year(text, smallint, numeric, numeric, numeric) FROM PUBLIC, {role}"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=KEPT, reverse_sql=UNDONE),
        migrations.RunPython(revoke_writing, migrations.RunPython.noop),
        *protect("ledger_posting", compartment="compartment"),
    ]
