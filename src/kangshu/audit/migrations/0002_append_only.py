"""The trail can only grow: transaction number per entry, no update or delete for the application's role."""

from django.conf import settings
from django.db import migrations

_TABLES = ("audit_auditentry", "audit_seal")


def revoke_changes(apps, schema_editor):
    role = schema_editor.quote_name(settings.KANGSHU_APP_ROLE)
    for table in _TABLES:
        schema_editor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}')


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                # The sealer takes what lies below every running transaction; see `audit.seal`.
                "ALTER TABLE audit_auditentry ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()",
                "CREATE INDEX audit_by_transaction ON audit_auditentry (xid)",
                # The owner too: rights are checked before triggers, so this holds for whoever passes them.
                "CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'the audit trail is append-only'; END $$",
                *(
                    f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"'
                    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()"
                    for table in _TABLES
                ),
            ],
            reverse_sql=[
                *(f'DROP TRIGGER append_only ON "{table}"' for table in _TABLES),
                "DROP FUNCTION audit_refuse_change()",
                "ALTER TABLE audit_auditentry DROP COLUMN xid",
            ],
        ),
        migrations.RunPython(revoke_changes, migrations.RunPython.noop),
    ]
