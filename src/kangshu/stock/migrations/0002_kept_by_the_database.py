"""Movements are only appended; balances follow from them, are written by nobody else and never fall below zero."""

from django.conf import settings
from django.db import migrations

KEPT = """
CREATE FUNCTION stock_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'stock movements are only appended: enter the opposite' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_movement
FOR EACH STATEMENT EXECUTE FUNCTION stock_refuse_change();

-- The row of the balance is the lock: whoever takes the last bottle second waits, and is then refused.
CREATE FUNCTION stock_follow_movement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.quantity <> 0 THEN
        INSERT INTO stock_balance (institution_id, goods, batch, expires_on, quantity)
        VALUES (NEW.institution_id, NEW.goods, NEW.batch, NEW.expires_on, 0)
        ON CONFLICT (institution_id, goods, batch) DO NOTHING;
        UPDATE stock_balance SET quantity = quantity + NEW.quantity
        WHERE institution_id = NEW.institution_id AND goods = NEW.goods AND batch = NEW.batch;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER INSERT ON stock_movement FOR EACH ROW EXECUTE FUNCTION stock_follow_movement();
"""
UNDONE = """
DROP TRIGGER follow ON stock_movement;
DROP FUNCTION stock_follow_movement();
DROP TRIGGER append_only ON stock_movement;
DROP FUNCTION stock_refuse_change();
"""


def revoke_writing(apps, schema_editor):
    role = schema_editor.quote_name(settings.KANGSHU_APP_ROLE)
    schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON stock_balance FROM {role}")
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON stock_movement FROM {role}")


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=KEPT, reverse_sql=UNDONE),
        migrations.RunPython(revoke_writing, migrations.RunPython.noop),
    ]
