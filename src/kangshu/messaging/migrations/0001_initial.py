"""Consent, messages and what they remind of; the rows about persons under row security."""

from __future__ import annotations

import django.db.models.deletion
import kangshu.access.fields
import kangshu.kernel.identifiers
import kangshu.people.changes
from django.db import migrations, models

from kangshu.access.rls import protect
from kangshu.people.changes import stamp_changes

TABLES = ("messaging_consent", "messaging_message", "messaging_reminded")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0005_person_village'),
    ]

    operations = [
        migrations.CreateModel(
            name='Simulated',
            fields=[
                ('id', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=9)),
                ('told', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=kangshu.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('template', models.CharField(max_length=40)),
                ('text', models.CharField(max_length=300)),
                ('phone_last4', models.CharField(max_length=4)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be sent'), ('accepted', 'taken by the gateway'), ('delivered', 'delivered'), ('failed', 'not delivered'), ('cancelled', 'cancelled: consent was taken back')], default='waiting', max_length=9)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('send_after', models.DateTimeField()),
                ('gateway', models.CharField(blank=True, default='', max_length=40)),
                ('gateway_id', models.CharField(blank=True, default='', max_length=80)),
                ('error', models.CharField(blank=True, default='', max_length=120)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('scope_path', kangshu.access.fields.ScopePathField(db_collation='C', max_length=60)),
                ('changed_xid', kangshu.people.changes.ChangedXidField(db_default=kangshu.people.changes.CurrentTransaction(), editable=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Reminded',
            fields=[
                ('id', models.UUIDField(default=kangshu.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('due', models.CharField(max_length=120)),
                ('scope_path', kangshu.access.fields.ScopePathField(db_collation='C', max_length=60)),
                ('changed_xid', kangshu.people.changes.ChangedXidField(db_default=kangshu.people.changes.CurrentTransaction(), editable=False)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dues', to='messaging.message')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=kangshu.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('agreed', models.BooleanField()),
                ('how', models.CharField(choices=[('staff', 'told to the staff'), ('own', 'on the own page'), ('reply', 'by replying to a message')], max_length=6)),
                ('at', models.DateTimeField()),
                ('by_account', models.UUIDField(blank=True, null=True)),
                ('scope_path', kangshu.access.fields.ScopePathField(db_collation='C', max_length=60)),
                ('changed_xid', kangshu.people.changes.ChangedXidField(db_default=kangshu.people.changes.CurrentTransaction(), editable=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'at'], name='messaging_consent_person')],
            },
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['send_after'], name='messaging_message_waiting'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'accepted')), fields=['gateway_id'], name='messaging_message_accepted'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['scope_path', 'created_at'], name='messaging_message_log'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['person'], name='messaging_message_person'),
        ),
        migrations.AddConstraint(
            model_name='reminded',
            constraint=models.UniqueConstraint(fields=('person', 'due'), name='messaging_reminded_once'),
        ),
        *(step for table in TABLES for step in (stamp_changes(table), *protect(table))),
    ]
