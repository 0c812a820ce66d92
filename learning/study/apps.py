from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "learning.study"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from learning.study import notifications
        from learning.study.services import reminding, seats

        notifications.register_kinds()
        jobs.register("offered seats", 60, seats.lapse_offers)
        jobs.register("reminders of due dates", 3600, reminding.remind_of_due_dates)
