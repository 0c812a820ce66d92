from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0003_administrators_of_certificates")]

    operations = [
        migrations.AddField("certificate", "graded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "certificate",
            "shows_grade",
            models.BooleanField(default=False, verbose_name="the public page shows my grade"),
        ),
    ]
