"""Addresses of the area."""

from django.urls import path

from blog.feeds import PostFeed

app_name = "blog"
urlpatterns = [path("blogi/syote.xml", PostFeed(), name="feed")]
