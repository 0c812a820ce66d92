

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('visitor', models.CharField(blank=True, help_text="Digest of the key in the visitor's signed cookie.", max_length=64)),
                ('form', models.CharField(max_length=60, verbose_name='form')),
                ('object', models.CharField(help_text='What the form is about, as its own app names it.', max_length=100, verbose_name='object')),
                ('version', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('open', 'Being written'), ('discarded', 'Discarded'), ('finished', 'Sent')], default='open', max_length=10)),
                ('fields', models.JSONField(default=dict, help_text='Name of the field → its values, all of them texts.')),
                ('device', models.CharField(blank=True, help_text='The tab that saved last, by a number of its own.', max_length=40)),
                ('turn', models.PositiveIntegerField(default=0, help_text="Which of that tab's saves this is.")),
                ('saved_at', models.DateTimeField(db_index=True)),
                ('counted_from', models.DateTimeField(help_text='When the minute began whose saves `counted` counts.')),
                ('counted', models.PositiveIntegerField(default=0)),
                ('owner', models.ForeignKey(help_text='NULL: somebody who has not signed in, known by `visitor`.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL, verbose_name='writer')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
            },
        ),
        migrations.CreateModel(
            name='DraftCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('device', models.CharField(blank=True, max_length=40)),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='drafts.draft', verbose_name='draft')),
            ],
            options={
                'verbose_name': 'other text of a draft',
                'verbose_name_plural': 'other texts of drafts',
                'ordering': ['-saved_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('owner__isnull', False)), fields=('owner', 'form', 'object'), name='one_draft_per_owner_and_form'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('visitor', ''), _negated=True), fields=('visitor', 'form', 'object'), name='one_draft_per_visitor_and_form'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', False), ('visitor', '')), models.Q(('owner__isnull', True), models.Q(('visitor', ''), _negated=True)), _connector='OR'), name='draft_has_one_writer'),
        ),
        migrations.AddConstraint(
            model_name='draftcopy',
            constraint=models.UniqueConstraint(condition=models.Q(('device', ''), _negated=True), fields=('draft', 'device'), name='one_copy_per_draft_and_device'),
        ),
    ]
