"""/tyylit/"""

from django.urls import path, re_path

from home.styles import drafts, views

app_name = "styles"
urlpatterns = [
    path("", views.style_page, name="page"),
    path("luonnos/<slug:word>/", drafts.draft_page, name="draft"),
    re_path("^(?P<scheme>light|dark)[.]css$", views.forced_scheme, name="scheme"),
]
