"""People in the order of a register: by village, then by name."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_protect_requests")]

    operations = [
        migrations.AddIndex(
            "person", models.Index(fields=["region", "name_pinyin", "id"], name="people_person_village")
        ),
        migrations.AlterField(
            "person",
            "region",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.region",
            ),
        ),
    ]
