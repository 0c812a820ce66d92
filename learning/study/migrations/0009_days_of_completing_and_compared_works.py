from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("study", "0008_names_in_questions")]

    operations = [
        migrations.AddField(
            model_name="mark",
            name="again_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="to be completed by"),
        ),
        migrations.AddField(
            model_name="submissionversion",
            name="compared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
