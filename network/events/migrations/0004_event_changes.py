from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_themes_and_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="changes",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="event",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
    ]
