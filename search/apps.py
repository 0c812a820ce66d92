from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from home import waiting
        from search import (  # noqa: F401  checks register themselves
            answering,
            base_forms,
            checks,
            indexing,
            signals,
            wagtail_fts_quotes,
            wagtail_inflection,
            wishes,
        )
        from vocabulary import inflection

        wagtail_fts_quotes.apply()
        wagtail_inflection.apply()
        signals.connect()
        inflection.lend(base_forms.base_forms)
        waiting.SOURCES.append(wishes.waiting)
        jobs.register("search: answer about words", 5, answering.answer_words)
        jobs.register("search: index changes", 1, indexing.follow)
        jobs.register("search: compare index and content", 6 * 60 * 60, indexing.mend)
        jobs.register("search: inflection in the administration", 60, wagtail_inflection.index_anew)
        jobs.register("search: forget old wishes", 24 * 60 * 60, wishes.forget_old)
