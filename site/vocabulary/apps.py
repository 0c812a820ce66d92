from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "vocabulary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from vocabulary import uses

        jobs.register("vocabulary: uses of terms", 5, uses.notice_uses)
