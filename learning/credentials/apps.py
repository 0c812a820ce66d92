from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "learning.credentials"
    default_auto_field = "django.db.models.BigAutoField"
