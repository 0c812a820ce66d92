from django.apps import AppConfig


class FileTextsConfig(AppConfig):
    name = "search.filetexts"
    label = "search_filetexts"
    verbose_name = "Texts inside files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from search.filetexts import extracting

        jobs.register("search: read the texts of files", 2, extracting.read_files)
