from django.apps import AppConfig

DAY = 24 * 60 * 60


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import checks, sessions  # noqa: F401  registering the checks is the import's purpose
        from common import jobs

        jobs.register("forget ended sessions", DAY, sessions.forget_ended_sessions)
