"""A run with three learners for the journey through its gradebook: `python -m tests.journeys.gradebook_run`.

One lacks everything; two have completed and wait for a final grade. Nothing of it shows on a public page.
"""

import os

CODE, TEACHER, PASSWORD = "arvosanat", "arvosanat.opettaja@example.org", "kastemato-kiipeää-44"
LEARNERS = (("Aatos", None), ("Bertta", 3), ("Cecilia", 5))


def address(name: str) -> str:
    return f"{name.lower()}.arvosanat@example.org"


def make() -> None:
    from allauth.account.models import EmailAddress
    from django.apps import apps
    from django.contrib.auth.models import Group

    from accounts.models import User
    from accounts.roles import Role
    from learning.courses.models import Course
    from learning.study.models import RunTeacher
    from learning.study.services.enrolling import enrol
    from tests.learning.study.factories import make_run
    from tests.learning.study.gradebook.marking import completed, marked
    from tests.learning.study.handing_in import assigned, handed_in

    course = Course.objects.create(
        code=CODE, name_fi="Arvosanojen koe", credits=5, hours=135, assessment=Course.Assessment.GRADE
    )
    run = make_run(course=course, code=CODE, requires_lessons=False)
    essay = assigned(run, scale="grade", title="Oppimistehtävä")
    teacher = User.objects.create_user(TEACHER, PASSWORD, first_name="Olli", last_name="Opettaja")
    teacher.groups.add(Group.objects.get(name=Role.TEACHER.value))
    EmailAddress.objects.create(user=teacher, email=TEACHER, verified=True, primary=True)
    RunTeacher.objects.create(run=run, user=teacher)
    institution = apps.get_model("organisations", "Organisation").objects.filter(type="uas").order_by("name_fi").first()
    for name, grade in LEARNERS:
        person = User.objects.create_user(address(name), PASSWORD, first_name=name, last_name="Arvonen")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        enrolment = enrol(learner=person, run=run)
        if grade is not None:
            enrolment.home_institution, enrolment.student_number = institution, f"201234{grade}"
            marked(handed_in(enrolment, essay), "accepted", grade)
            completed(enrolment)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    make()
