from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "search.editing"
    label = "search_editing"
    verbose_name = "Editors' part in the search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from search.editing import counting

        jobs.register("search: hear of searches", 5, counting.listen)
        jobs.register("search: count searches", 30, counting.write)
        jobs.register("search: forget old searches", 24 * 60 * 60, counting.forget_old)
