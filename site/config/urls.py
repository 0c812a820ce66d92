"""All addresses, grouped under their prefix. Wagtail's pages come last and take what is left."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from common.media import serve_document, serve_public_media
from common.sharing.share import share_picture
from home import views as home
from learning.study.views.device import worker as study_worker

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # Machines
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", home.sitemap, name="sitemap"),
    path(".well-known/security.txt", home.security_txt, name="security_txt"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("site.webmanifest", home.manifest, name="manifest"),
    path("sw.js", study_worker, name="study_worker"),
    path("api/", include("search.api.urls")),
    # Files
    path("jakokuva/<int:page_id>-<slug:digest>.png", share_picture, name="share_picture"),
    path("media/<path:path>", serve_public_media, name="public_media"),
    path("tiedostot/<int:document_id>/<str:filename>", serve_document, name="wagtaildocs_serve"),
    # Administration: its own sign-in forms lead to the one sign-in with the second factor
    path("hallinta/login/", to_sign_in),
    path("hallinta/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("hallinta/failwhale/", RedirectView.as_view(pattern_name="wagtailadmin_home")),  # fails on purpose
    path("hallinta/", include(wagtailadmin_urls)),
    re_path(r"^(?:(?:sv|en)/)?_util/login/", to_sign_in),
]

urlpatterns += i18n_patterns(
    path("tili/", include("allauth.urls")),
    path("oma/", include("home.urls")),
    path("luonnokset/", include("drafts.urls")),
    path("ilmoitukset/", include("notifications.urls")),
    path("tyylit/", include("home.styles.urls")),
    path("", include("search.urls")),
    path("", include("network.events.urls")),
    path("", include("network.resources.urls")),
    path("", include("blog.urls")),
    path("opinnot/", include("learning.study.urls")),
    path("todistus/", include("learning.credentials.urls")),
    path("", include("learning.courses.urls")),
    path("", include("learning.themes.urls")),
    path("_util/login/", to_sign_in),
    # Pages: a page that is missing in this language is looked for in Finnish
    re_path(wagtail_urls.serve_pattern, home.serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "search.api.errors.bad_request"
handler403 = "home.errors.permission_denied"
handler404 = "search.api.errors.page_not_found"
handler500 = "search.api.errors.server_error"
