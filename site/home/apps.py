from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import admin_scripts, admin_words
        from home.styles import drafts  # noqa: F401  registering the kinds of forms is the import's purpose

        admin_scripts.mark()
        admin_words.mend()
