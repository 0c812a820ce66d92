"""A process of its own: reads what a document says from its input, writes the PDF to its output.

Standard library and typst only, so that it starts in a moment. What it costs is limited by itself: memory, processor
time and, by the alarm, time as such.
"""

import contextlib
import resource
import signal
import sys
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
# Templates stand with what they are about and take the house's look from here.
ROOT = HERE.parents[2]
LONGEST_SECONDS = 10
MOST_MEMORY = 1024 * 1024 * 1024


def main() -> None:
    signal.alarm(LONGEST_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
    # Where the system keeps no such limit, the others hold.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    made = typst.compile(
        sys.argv[1],
        root=str(ROOT),
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(sys.argv[2]),
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
