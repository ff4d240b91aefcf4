"""Row security of what is asked about a person.

A transfer request is also seen by the institution that asked and by the one that was asked, wherever the
person's rows lie by now; by id, so that it survives a change of the tree.
"""

from django.db import migrations

from kangshu.access.rls import protect

BY_INSTITUTION = """
CREATE POLICY asked_or_asking ON people_transferrequest FOR SELECT USING (EXISTS (
    SELECT 1 FROM places_institution i
    WHERE i.id IN (holder_id, receiver_id)
      AND i.path >= current_setting('kangshu.low', true) AND i.path < current_setting('kangshu.high', true)
))
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_requests")]
    operations = [
        *protect("people_transferrequest"),
        *protect("people_correctionrequest"),
        migrations.RunSQL(BY_INSTITUTION, "DROP POLICY asked_or_asking ON people_transferrequest"),
    ]
