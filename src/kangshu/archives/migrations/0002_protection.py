"""Row security: a batch tells of an institution's work, a sheet of a resident."""

from django.db import migrations

from kangshu.access.rls import protect


class Migration(migrations.Migration):
    dependencies = [("archives", "0001_initial"), ("access", "0001_initial")]
    operations = [
        *protect("archives_batch", person=None),
        *protect("archives_sheet"),
        *protect("archives_trouble", person=None),
    ]
