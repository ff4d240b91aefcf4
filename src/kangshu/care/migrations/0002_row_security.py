"""Row security and change stamps of the tables of care."""

from django.db import migrations

from kangshu.access.rls import protect
from kangshu.people.changes import stamp_changes

TABLES = ("care_encounter", "care_diagnosis", "care_result", "care_prescription")


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        operation
        for table in TABLES
        for operation in (stamp_changes(table), *protect(table, compartment="compartment"))
    ]
