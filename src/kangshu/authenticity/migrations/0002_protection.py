"""Row security: a look and its scores tell of staff, its signs and calls of residents too."""

from django.db import migrations

from kangshu.access.rls import protect


class Migration(migrations.Migration):
    dependencies = [("authenticity", "0001_initial"), ("access", "0001_initial")]
    operations = [
        *protect("authenticity_look", person=None),
        *protect("authenticity_score", person=None),
        *protect("authenticity_suspicion"),
        *protect("authenticity_call"),
    ]
