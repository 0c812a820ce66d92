"""What looks like a client's personal data in a free text.

It is found here and, with the same answers, on the writer's device (`static/js/personal-data.js`).
"""

from common.personal_data.finding import find
from common.personal_data.kinds import Finding, Kind

__all__ = ["Finding", "Kind", "find"]
