"""Addresses of the area."""

from django.urls import path

from blog.feeds import PostFeed
from blog.readers import views as readers
from blog.writing.urls import urlpatterns as writing

app_name = "blog"
urlpatterns = [
    path("blogi/syote.xml", PostFeed(), name="feed"),
    # Readers
    path("blogi/kommentoi/<int:post_id>/", readers.comment, name="comment"),
    path("blogi/kiita/<int:post_id>/", readers.thank, name="thank"),
    *writing,
]
