import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("study", "0009_days_of_completing_and_compared_works"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Its key becomes the enrolment's. Nobody has given feedback before this.
        migrations.DeleteModel(name="FeedbackTicket"),
        migrations.CreateModel(
            name="FeedbackTicket",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feedback_ticket",
                        serialize=False,
                        to="study.enrolment",
                    ),
                ),
            ],
            options={"verbose_name": "given feedback", "verbose_name_plural": "given feedback"},
        ),
        migrations.AddField(
            model_name="feedbackchange", name="language", field=models.CharField(default="fi", max_length=2)
        ),
        migrations.RemoveField(model_name="roomnote", name="file"),
        migrations.RemoveField(model_name="roomnote", name="file_name"),
        migrations.RemoveField(model_name="roomnote", name="file_size"),
        migrations.AddField(model_name="roomnote", name="version", field=models.PositiveIntegerField(default=1)),
        migrations.AddField(
            model_name="roomnote",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="RoomFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("name", models.CharField(max_length=150)),
                ("size", models.PositiveIntegerField()),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="study.roomnote"
                    ),
                ),
            ],
            options={
                "verbose_name": "file in the teachers' room",
                "verbose_name_plural": "files in the teachers' room",
                "ordering": ["pk"],
            },
        ),
    ]
