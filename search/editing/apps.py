from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "search.editing"
    label = "search_editing"
    verbose_name = "Editors' part in the search"
    default_auto_field = "django.db.models.BigAutoField"
