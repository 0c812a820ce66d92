"""Addresses of the area."""

from django.urls import path

from learning.themes.feeds import ThemeFeed

app_name = "themes"
urlpatterns = [path("teemat/syote.xml", ThemeFeed(), name="feed")]
