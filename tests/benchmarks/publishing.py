"""How long an editor waits for a page to be published: `python -m tests.benchmarks.publishing`.

Prints the seconds of the quickest of a few, from the draft to the last signal, what waits for the index included.
"""

import os
import time

TIMES = 5


def seconds() -> float:
    from blog.models import PostPage

    page = PostPage.objects.filter(locale__language_code="fi").order_by("-date").first()
    assert page is not None
    took = []
    for number in range(TIMES):
        page.title = f"Julkaistu {number}"
        began = time.perf_counter()
        page.save_revision().publish()
        took.append(time.perf_counter() - began)
    return min(took)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    print(f"{seconds():.3f}")
