"""A course made after another: its facts, its quizzes and assignments, and its pages as drafts."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from learning.courses.models import Assignment, Course, CoursePage, Quiz


@transaction.atomic
def copy_course(*, course: Course, by: Any, name_fi: str, code: str) -> Course:
    """Return the copy. Questions of the bank are shared, runs are not copied, and pages are drafts."""
    copy: Course
    copy, _children = course.copy_cluster(exclude_fields=["id", "runs", *_references(Course)])
    copy.name_fi, copy.name_sv, copy.name_en, copy.code = name_fi, "", "", code
    copy.save()
    tasks: list[Quiz | Assignment] = [*course.quizzes.all(), *course.assignments.all()]
    for task in tasks:
        _copy_task(task, copy)
    keys: dict[uuid.UUID, uuid.UUID] = {}
    # Finnish first: the others are translations of it.
    for page in sorted(CoursePage.objects.filter(course=course).select_related("locale"), key=_is_translation):
        made = _copy_pages(page, copy, page.title if _is_translation(page) else name_fi, by)
        _keep_together(page, made, keys)
    return copy


def _is_translation(page: CoursePage) -> bool:
    return page.locale.language_code != settings.LANGUAGE_CODE


def _copy_pages(page: CoursePage, course: Course, title: str, by: Any) -> CoursePage:
    made: CoursePage = page.copy(
        recursive=True,
        copy_revisions=False,
        keep_live=False,
        user=by,
        update_attrs={"title": title, "slug": _free_slug(page, title), "course": course, "owner": by},
    )
    return made


def _keep_together(page: CoursePage, made: CoursePage, keys: dict[uuid.UUID, uuid.UUID]) -> None:
    """Make the copies of a page and of its translations translations of each other; `keys` are those met so far."""
    both = zip(page.get_descendants(inclusive=True), made.get_descendants(inclusive=True), strict=True)
    for old, new in both:
        key = keys.setdefault(old.translation_key, new.translation_key)
        if key != new.translation_key:
            new.translation_key = key
            new.save(clean=False, update_fields=["translation_key"])


def _references(model: type[Model]) -> list[str]:
    """The generic relations by which Wagtail and the search find rows: each row has its own."""
    return [field.name for field in model._meta.private_fields]


def _copy_task(task: Quiz | Assignment, course: Course) -> None:
    """A quiz or an assignment with all that belongs to it, under a code of its own."""
    model: Any = type(task)
    copy, _children = task.copy_cluster(exclude_fields=["id", "in_runs", *_references(model)])
    copy.course = course
    longest = model._meta.get_field("code").max_length
    copy.code = _free(f"{course.code}-{task.code}", longest, set(model.objects.values_list("code", flat=True)))
    copy.save()


def _free_slug(page: CoursePage, title: str) -> str:
    taken = set(page.get_siblings().values_list("slug", flat=True))
    return _free(slugify(title) or "kurssi", 200, taken)


def _free(wanted: str, longest: int, taken: set[str]) -> str:
    """The text cut to its longest, with a number where somebody has it."""
    number, free = 1, wanted[:longest]
    while free in taken:
        number += 1
        end = f"-{number}"
        free = f"{wanted[: longest - len(end)]}{end}"
    return free


class CopyCourseForm(forms.Form):
    name_fi = forms.CharField(label=gettext_lazy("Name of the copy in Finnish"), max_length=200)
    code = forms.SlugField(label=gettext_lazy("Code of the copy"), max_length=30)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Course.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another course has this code."))
        return code


def may_copy(user: Any) -> bool:
    return bool(user.has_perms(["courses.add_course", "courses.change_course"]))


@require_http_methods(["GET", "HEAD", "POST"])
def copy_course_page(request: HttpRequest, course_id: int) -> HttpResponseBase:
    """Ask for the name and the code of the copy; POST makes it and opens it."""
    if not may_copy(request.user):
        raise PermissionDenied
    course = get_object_or_404(Course, pk=course_id)
    form = CopyCourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        copy = copy_course(course=course, by=request.user, **form.cleaned_data)
        messages.success(request, _("The copy is made. Its pages are drafts: publish them when they are ready."))
        return redirect("wagtailsnippets_courses_course:edit", copy.pk)
    context = {
        "breadcrumbs_items": [
            {
                "label": capfirst(Course._meta.verbose_name_plural or ""),
                "url": reverse("wagtailsnippets_courses_course:list"),
            },
            {"label": str(course), "url": reverse("wagtailsnippets_courses_course:edit", args=[course.pk])},
            {"label": _("Copy the course"), "url": ""},
        ],
        "header_title": _("Copy the course"),
        "header_icon": "copy",
        "course": course,
        "form": form,
    }
    return render(request, "learning/courses/copy_course.html", context, status=422 if form.errors else 200)
