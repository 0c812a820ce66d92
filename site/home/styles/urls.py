"""/tyylit/"""

from django.urls import path, re_path

from home.styles import views

app_name = "styles"
urlpatterns = [
    path("", views.style_page, name="page"),
    re_path("^(?P<scheme>light|dark)[.]css$", views.forced_scheme, name="scheme"),
]
