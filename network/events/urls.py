"""Addresses of the area."""

from django.urls import path

from network.events import views

app_name = "events"
urlpatterns = [
    path("tapahtumat.ics", views.coming_calendar, name="calendar"),
    path("kalenteri/<uuid:public_id>.ics", views.event_calendar, name="event_calendar"),
]
