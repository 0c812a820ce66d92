from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from notifications import checks, services  # noqa: F401  registering is the import's purpose

        jobs.register("mail", 2, services.send_waiting_mail)
