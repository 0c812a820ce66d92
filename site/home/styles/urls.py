"""/tyylit/"""

from django.urls import path, re_path

from home.styles import drafts, editing, views

app_name = "styles"
urlpatterns = [
    path("", views.style_page, name="page"),
    path("luonnos/<slug:word>/", drafts.draft_page, name="draft"),
    path("editori/<slug:word>/", editing.editor_page, name="editor"),
    re_path("^(?P<scheme>light|dark)[.]css$", views.forced_scheme, name="scheme"),
]
