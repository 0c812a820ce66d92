"""How long an editor waits for a page to be published: `python -m tests.benchmarks.publishing`.

Prints the seconds of the quickest of a few, from the draft to the last signal, what waits for the index included.
With a title it publishes one page with that, and prints the moment in which that was done (`time.monotonic`).
"""

import os
import sys
import time

TIMES = 5


def publish(title: str) -> None:
    from blog.models import PostPage

    page = PostPage.objects.filter(locale__language_code="fi").order_by("-date").first()
    assert page is not None
    page.title = title
    page.save_revision().publish()


def seconds() -> float:
    took = []
    for number in range(TIMES):
        began = time.perf_counter()
        publish(f"Julkaistu {number}")
        took.append(time.perf_counter() - began)
    return min(took)


def moment(title: str) -> float:
    publish(title)
    return time.monotonic()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    print(f"{moment(sys.argv[1]) if len(sys.argv) > 1 else seconds():.3f}")
