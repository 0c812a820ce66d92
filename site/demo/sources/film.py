"""Draw the frames of the video from its Typst source and encode them, with a still picture for before it plays.

Run with a Python that has the ``typst`` package (``requirements-dev.txt``): ``python film.py``, about a minute.
Encoding needs ffmpeg with libx264, which authors of videos alone need: ``apt install ffmpeg`` or ``brew install
ffmpeg``, or point FFMPEG at the program in the PyPI package ``imageio-ffmpeg``. The video goes to ``content/files``
and the still to ``content/images``. Captions and transcript are written by hand, to ``content/files/*.vtt`` and the
pages that show the video; when a scene moves in time, so do its captions.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Run as a script, too.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from demo.sources.typesetting import SOURCES, compiled

CONTENT = SOURCES.parent / "content"
NAME = "havainnosta-muutokseen"
RATE = 25
SECONDS = 86
# Frames of one compilation: more take memory, fewer take time.
BATCH = 250
PICTURES_IN = "-y -loglevel error -f image2pipe -c:v png -i -"
# Main profile plays in every browser that plays H.264; a key frame each five seconds lets the reader seek.
ENCODING = (
    "-c:v libx264 -profile:v main -level 3.1 -preset veryslow -tune animation -crf 24 -g 125 -pix_fmt yuv420p "
    "-vf scale=out_color_matrix=bt709:out_range=tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 "
    "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -movflags +faststart"
)


def draw(**inputs: str) -> list[bytes]:
    """The pages that the inputs ask for, as PNG of 1280 × 720."""
    return compiled(NAME, format="png", ppi=72.0, sys_inputs=inputs)


def frames() -> Iterator[bytes]:
    """Every frame in order."""
    count = RATE * SECONDS
    for first in range(0, count, BATCH):
        last = min(first + BATCH, count) - 1
        yield from draw(first=str(first), last=str(last))
        print(f"{last + 1} / {count}", file=sys.stderr)


def encode(target: Path) -> None:
    """Pipe the frames through ffmpeg into the file."""
    ffmpeg = os.environ.get("FFMPEG", "ffmpeg")
    command = [ffmpeg, "-framerate", str(RATE), *PICTURES_IN.split(), *ENCODING.split(), str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        if process.stdin is None:
            raise OSError("ffmpeg takes no input")
        for frame in frames():
            process.stdin.write(frame)
        process.stdin.close()
    if process.returncode:
        raise SystemExit(f"ffmpeg ended with {process.returncode}")


def main() -> None:
    """Make the still and the video, and print their sizes."""
    still, video = CONTENT / "images" / f"{NAME}.png", CONTENT / "files" / f"{NAME}.mp4"
    still.write_bytes(draw(cover="1")[0])
    encode(video)
    for path in (still, video):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
