from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "learning.study"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common import jobs
        from learning.study import finding, notifications
        from learning.study.assignments import registering as assignments
        from learning.study.attempts import answers, closing
        from learning.study.co_teaching import registering as co_teaching
        from learning.study.course_feedback import registering as course_feedback
        from learning.study.desk import letter_drafts
        from learning.study.feedback import registering as feedback
        from learning.study.gradebook import notifications as grades
        from learning.study.marking import registering as marking
        from learning.study.overview import renewing
        from learning.study.questions import forms as questions
        from learning.study.questions import notifications as question_notices
        from learning.study.reviewing import registering as reviewing
        from learning.study.services import notes, reminding, seats

        notifications.register_kinds()
        answers.register()
        assignments.register()
        grades.register_kinds()
        co_teaching.register()
        course_feedback.register()
        letter_drafts.register()
        marking.register()
        feedback.register()
        question_notices.register_kinds()
        questions.register_drafts()
        reviewing.register()
        jobs.register("offered seats", 60, seats.lapse_offers)
        jobs.register("words of notes", 10, finding.note_words)
        jobs.register("deleted notes", 60 * 60, notes.erase_deleted_notes)
        jobs.register("reminders of due dates", 3600, reminding.remind_of_due_dates)
        jobs.register("applications that wait", 3600, reminding.remind_of_applications)
        jobs.register("dashboards of large runs", 60, renewing.make_ahead)
        jobs.register("attempts whose time has ended", 5, closing.close_ended_attempts)
