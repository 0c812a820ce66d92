from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "learning.courses"
    default_auto_field = "django.db.models.BigAutoField"
