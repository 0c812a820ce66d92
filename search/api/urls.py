"""/api/search/ for programs, and /api/openapi.json, which describes it."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from search.api import views

app_name = "api"
# Nothing is written here; whoever tries is told so in the same form as every other refusal.
urlpatterns = [
    path("search/", csrf_exempt(views.search), name="search"),
    path("openapi.json", views.description, name="openapi"),
]
