from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Common"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import checks, collation, generation, pictures, queued_tasks, scheduled  # noqa: F401  registering is the import's purpose
        from common.sharing import share  # noqa: F401  likewise

        collation.connect()
        generation.connect()
        pictures.connect()
