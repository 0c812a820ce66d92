from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "learning.credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from learning.credentials import notifications
        from learning.credentials.mending import issue_what_waits, tell_final_grades
        from learning.credentials.receivers import issue_certificate
        from learning.study.signals import completed

        notifications.register_kinds()
        completed.connect(issue_certificate)
        jobs.register("certificates", 60.0, issue_what_waits)
        jobs.register("final grades on certificates", 600.0, tell_final_grades)
