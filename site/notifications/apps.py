from django.apps import AppConfig

DAY = 24 * 60 * 60


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from notifications import checks, scheduling, sending, services  # noqa: F401  importing registers the checks

        scheduling.connect()
        jobs.register("mail", 2, sending.send_waiting_mail)
        jobs.register("morning letters", 60, services.send_morning_letters)
        jobs.register("forget old notifications", DAY, services.forget_old_notifications)
