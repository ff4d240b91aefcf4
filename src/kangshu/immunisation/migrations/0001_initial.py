"""The lists of schools for the check of certificates, and their pupils."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import kangshu.access.fields
import kangshu.kernel.identifiers
import kangshu.people.changes
from kangshu.access.rls import protect
from kangshu.people.changes import stamp_changes

NURSERY = "nursery or kindergarten"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0005_person_village"), ("places", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EntryCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kangshu.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("school", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nursery", NURSERY),
                            ("primary", "primary school"),
                            ("other", "other school"),
                        ],
                        default="nursery",
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("scope_path", kangshu.access.fields.ScopePathField(db_collation="C", max_length=60)),
                ("created_by", models.UUIDField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.institution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryPupil",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kangshu.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=50)),
                ("class_name", models.CharField(blank=True, default="", max_length=40)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("number_index", models.BinaryField(blank=True, max_length=32, null=True)),
                ("last4", models.CharField(blank=True, default="", max_length=4)),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("found", "in the register"),
                            ("ambiguous", "several fit: choose"),
                            ("elsewhere", "registered with another unit"),
                            ("unknown", "not in the register"),
                        ],
                        max_length=10,
                    ),
                ),
                ("elsewhere", models.CharField(blank=True, default="", max_length=120)),
                ("has_certificate", models.BooleanField(blank=True, null=True)),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("checked_by", models.UUIDField(blank=True, null=True)),
                ("missing", models.JSONField(default=list)),
                ("caught_up_on", models.DateField(blank=True, null=True)),
                ("scope_path", kangshu.access.fields.ScopePathField(db_collation="C", max_length=60)),
                (
                    "changed_xid",
                    kangshu.people.changes.ChangedXidField(
                        db_default=kangshu.people.changes.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "check_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pupils",
                        to="immunisation.entrycheck",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="entrycheck",
            constraint=models.UniqueConstraint(
                fields=("institution", "school", "year"), name="immunisation_entry_check_once"
            ),
        ),
        migrations.AddIndex(
            model_name="entrypupil",
            index=models.Index(fields=["check_list", "row"], name="immunisation_pupil_list"),
        ),
        stamp_changes("immunisation_entrypupil"),
        *protect("immunisation_entrycheck", person=None),
        *protect("immunisation_entrypupil", person=None),
    ]
