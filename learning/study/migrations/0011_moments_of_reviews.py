from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("study", "0010_feedback_without_order_and_files_of_the_room")]

    operations = [
        migrations.AddField("peerreview", "opened_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("peerreview", "read_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("peerreview", "hidden_reason", models.CharField(blank=True, max_length=500)),
    ]
