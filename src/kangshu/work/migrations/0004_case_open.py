"""The open cases of a programme, counted from an index alone; the records of a form by day."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("work", "0003_due_lapses")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["kind", "scope_path"],
                include=["person", "compartment"],
                condition=Q(closed_on=None),
                name="work_case_open",
            ),
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["form_id", "performed_on"], name="work_record_form")
        ),
    ]
