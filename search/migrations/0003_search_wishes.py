import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_terms_have_addresses")]

    operations = [
        migrations.CreateModel(
            name="SearchWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=200, verbose_name="searched words")),
                ("message", models.TextField(blank=True, max_length=1000, verbose_name="message")),
                ("language", models.CharField(max_length=10, verbose_name="language of the page")),
                (
                    "sent_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="sent"),
                ),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
            ],
            options={
                "verbose_name": "wish of a searcher",
                "verbose_name_plural": "wishes of searchers",
                "ordering": ["is_done", "-sent_at"],
            },
        ),
    ]
