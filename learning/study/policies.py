"""Who may change runs in the admin."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from learning.courses.models import CourseRun
from learning.study.permissions import is_teacher_of


class RunPolicy(ModelPermissionPolicy):
    """Who may add runs may change those that they teach; who may change runs may change every one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        may = super().user_has_permission
        return bool(may(user, action) or (action in {"change", "view"} and may(user, "add")))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: CourseRun) -> bool:
        may = super().user_has_permission
        if may(user, action) or (action == "view" and may(user, "add")):
            return True
        return bool(action == "change" and may(user, "add") and is_teacher_of(user, instance))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: CourseRun) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> "QuerySet[CourseRun]":
        may = super().user_has_permission
        if any(may(user, action) for action in actions) or ("view" in actions and may(user, "add")):
            return CourseRun.objects.all()
        if "change" in actions and may(user, "add"):
            return CourseRun.objects.filter(run_teachers__user=user)
        return CourseRun.objects.none()
