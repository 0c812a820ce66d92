"""Courses, modules and lessons in the words of schema.org."""

from typing import TYPE_CHECKING, Any

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from learning.courses.models import CoursePage, CourseRun, LessonPage, ModulePage

MODE = {"group": ["online", "instructor-led"], "self": ["online", "self-paced"]}


def course(page: "CoursePage", context: Context) -> Thing:
    told = context["course"]
    points = {"@type": "StructuredValue", "value": told.credits, "unitText": "ECTS"}
    audience = {"@type": "EducationalAudience", "educationalRole": "student", "audienceType": page.audience}
    institutions = [organisation for _role, organisations in context["institutions"] for organisation in organisations]
    runs = [run for _state, rows in context["runs"] for run in rows]
    return schema.of_page(
        "Course",
        page,
        context,
        courseCode=told.code.upper(),
        educationalLevel=told.level,
        timeRequired=schema.hours(told.hours),
        numberOfCredits=points if told.credits else None,
        isAccessibleForFree=True,
        audience=audience if page.audience else None,
        teaches=[str(block.value) for block in page.outcomes],
        provider=[_organisation(organisation, context) for organisation in dict.fromkeys(institutions)],
        hasCourseInstance=[_instance(run, told, page) for run in runs],
        hasPart=[schema.named("LearningResource", module.page, context) for module in context["outline"].modules],
    )


def _organisation(organisation: Any, context: Context) -> Thing:
    pages = getattr(organisation, "shown_pages", None)
    url = schema.address(pages[0], context) if pages else ""
    return {"@type": "Organization", "@id": url, "name": organisation.name, "url": url}


def _instance(run: "CourseRun", told: Any, page: "CoursePage") -> Thing:
    return {
        "@type": "CourseInstance",
        "name": f"{page.title}, {run.code.upper()}",
        "courseMode": MODE[run.pace],
        "courseWorkload": schema.hours(told.hours),
        "startDate": run.starts.isoformat(),
        "endDate": run.ends.isoformat() if run.ends else None,
        "maximumAttendeeCapacity": run.seats,
    }


def module(page: "ModulePage", context: Context) -> Thing:
    entry = context["module"]
    return schema.of_page(
        "LearningResource",
        page,
        context,
        learningResourceType="module",
        timeRequired=schema.hours(page.hours),
        teaches=[str(block.value) for block in page.outcomes],
        isAccessibleForFree=True,
        isPartOf=schema.named("Course", context["outline"].course, context),
        hasPart=[schema.named("LearningResource", lesson.page, context) for lesson in entry.lessons] if entry else [],
    )


def lesson(page: "LessonPage", context: Context) -> Thing:
    entry = context["lesson"]
    whole = {"isPartOf": schema.named("Course", context["outline"].course, context)}
    above = schema.named("LearningResource", entry.module.page, context, **whole) if entry else None
    return schema.of_page(
        "LearningResource",
        page,
        context,
        learningResourceType="lesson",
        position=entry.number if entry else None,
        timeRequired=schema.hours((page.minutes or 0) / 60),
        isAccessibleForFree=True,
        isPartOf=above,
    )
