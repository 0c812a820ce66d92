from django.apps import AppConfig

DAY = 24 * 60 * 60


class DraftsConfig(AppConfig):
    name = "drafts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from drafts import retention, signing_in  # noqa: F401  connecting the signals is the import's purpose

        jobs.register("forget old drafts", DAY, retention.forget_old_drafts)
