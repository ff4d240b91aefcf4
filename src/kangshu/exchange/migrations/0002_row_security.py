"""A refused row's values are about a person: the file's jobs and problems stay in the scope they came from."""

from django.db import migrations

from kangshu.access.rls import protect


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("access", "0001_initial")]
    operations = [
        *protect("exchange_importjob", person=None),
        *protect("exchange_importproblem", person=None),
    ]
