"""Publishing by the administration's interface for programs, which knows nothing of writers either."""

from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from blog.submitting.guarding import PastItsWriter, check_approved


class PublishApproved(PublishPageAPIAction):
    """Publish what the writer has approved, as everywhere else; Wagtail publishes past the page's own `publish`."""

    def execute(self, instance: Page, data: Any) -> Response:
        try:
            check_approved(instance.get_latest_revision_as_object())
        except PastItsWriter as refusal:
            raise PermissionDenied(str(refusal.message)) from refusal
        return super().execute(instance, data)


class GuardedPages(PagesAdminAPIViewSet):
    actions = {**PagesAdminAPIViewSet.actions, "publish": PublishApproved}


def guard_pages(router: WagtailAPIRouter) -> None:
    """In place of Wagtail's own endpoint, under the same name."""
    router.register_endpoint("pages", GuardedPages)
