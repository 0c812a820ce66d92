"""What the questions of the demonstration say."""

import re

from demo.content_set import read_content
from demo.services import CONTENT

PRAISE = re.compile(r"(?:Oikein|Aivan|Juuri (?:niin|näin)|Kyllä|Hienoa)\b")


def test_feedback_on_an_option_also_fits_where_it_was_not_chosen() -> None:
    """It stands beside the right option after a wrong answer too, so it neither praises nor says that one is right."""
    options = [
        (record.data["code"], option["feedback"])
        for record in read_content(CONTENT).questions
        for option in record.data["options"]
        if option.get("correct") and option.get("feedback")
    ]
    assert options
    assert [(code, feedback) for code, feedback in options if PRAISE.match(feedback)] == []
