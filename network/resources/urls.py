"""Addresses of the area."""

from django.urls import path

from network.resources.feeds import ResourceFeed

app_name = "resources"
urlpatterns = [path("aineistot/syote.xml", ResourceFeed(), name="feed")]
