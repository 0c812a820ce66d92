"""/opinnot/<run>/kurssipalaute/"""

from django.urls import URLPattern, path

from learning.study.course_feedback import views

urlpatterns: list[URLPattern] = [path("<slug:code>/kurssipalaute/", views.course_feedback, name="course_feedback")]
