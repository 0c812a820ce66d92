"""Addresses of the area."""

from django.urls import path

from network.events import views
from network.events.feeds import EventFeed

app_name = "events"
urlpatterns = [
    path("tapahtumat/syote.xml", EventFeed(), name="feed"),
    path("tapahtumat.ics", views.coming_calendar, name="calendar"),
    path("kalenteri/<uuid:public_id>.ics", views.event_calendar, name="event_calendar"),
]
