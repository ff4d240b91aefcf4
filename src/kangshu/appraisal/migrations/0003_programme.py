import kangshu.kernel.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("appraisal", "0002_protection")]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.UUIDField(default=kangshu.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=100)),
                ("population", models.CharField(max_length=200)),
                ("form", models.CharField(max_length=80)),
                ("field", models.CharField(blank=True, default="", max_length=60)),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("age_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("task", models.PositiveIntegerField()),
                ("subsidy", models.DecimalField(decimal_places=2, max_digits=10)),
                ("times", models.PositiveSmallIntegerField(default=1)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"ordering": ["-year", "title"]},
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(fields=("year", "title"), name="appraisal_programme_once"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("task__gt", 0))
                & models.Q(("subsidy__gte", 0))
                & models.Q(("times__gt", 0))
                & (
                    models.Q(("age_from", None))
                    | models.Q(("age_to", None))
                    | models.Q(("age_to__gte", models.F("age_from")))
                ),
                name="appraisal_programme_sound",
            ),
        ),
    ]
