from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("study", "0012_gradebook")]

    operations = [migrations.AddField("peerreview", "is_extra", models.BooleanField(default=False))]
