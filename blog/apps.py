from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from blog.submitting import drafting, guarding, reminding, sentences
        from blog.submitting.services import forgetting, posting
        from blog.writing import pictures
        from common import jobs

        sentences.register_kinds()
        drafting.register()
        guarding.connect()
        jobs.register("texts to be published", 30, posting.publish_due)
        jobs.register("reminders of texts", 3600, reminding.remind)
        jobs.register("pictures of drafts that are gone", 24 * 3600, pictures.forget)
        jobs.register("texts of unconfirmed addresses", 24 * 3600, forgetting.forget_unconfirmed)
        jobs.register("texts that ended long ago", 24 * 3600, forgetting.forget_ended)
