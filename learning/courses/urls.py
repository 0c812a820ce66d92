"""/itsetarkistus/"""

from django.urls import path

from learning.courses import views

app_name = "courses"
urlpatterns = [
    path("itsetarkistus/<int:lesson_id>/<slug:code>/", views.selfcheck, name="selfcheck"),
]
