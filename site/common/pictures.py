"""The sizes in which pages show images, made when the image comes: no reader waits for them."""

from typing import Any

from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images.models import Filter

from common.models import SiteImage
from common.queued_tasks import HEAVY

# As the templates of the blocks ask for them: blocks/figure.html and blocks/video.html.
FIGURE = Filter.expand_spec(["format-{avif,webp}", "width-{480,1000}"])
POSTER = "width-1000|format-webp"


@task(queue_name=HEAVY)
def make_sizes(image: int) -> None:
    """Make those that the image does not have yet."""
    found = SiteImage.objects.filter(pk=image).first()
    if found:
        found.get_renditions(*FIGURE, POSTER)


def _saved(sender: type[SiteImage], instance: SiteImage, **kwargs: Any) -> None:
    make_sizes.enqueue(instance.pk)


def connect() -> None:
    """Have the sizes made whenever an image is saved, for its file may be another."""
    post_save.connect(_saved, sender=SiteImage, dispatch_uid="pictures")
