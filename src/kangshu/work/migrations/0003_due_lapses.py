"""Windows that are no longer to be done from a day on (visits at fixed ages)."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0002_protection")]

    operations = [
        migrations.AddField("due", "lapses_on", models.DateField(blank=True, null=True)),
    ]
