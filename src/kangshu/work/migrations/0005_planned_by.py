"""By which rules the cases of a capability were planned last."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0004_case_open")]

    operations = [
        migrations.CreateModel(
            "PlannedBy",
            [
                ("kind", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("rules", models.CharField(max_length=64)),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
