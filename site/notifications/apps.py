from django.apps import AppConfig

DAY = 24 * 60 * 60


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from notifications import checks, sending, services  # noqa: F401  registering the checks is the import's purpose

        jobs.register("mail", 2, sending.send_waiting_mail)
        jobs.register("morning letters", 60, services.send_morning_letters)
        jobs.register("forget old notifications", DAY, services.forget_old_notifications)
