"""People who write: each saves again and again on a connection of their own, as drafts.js does."""

import asyncio
import json
import time
from dataclasses import dataclass, field

TRIES_PAUSE = 0.1
PATIENCE = 20
PARAGRAPH = "Asiakkaat kertovat samasta asiasta eri sanoin, ja siitä on tehty havainto. " * 12


@dataclass
class Learner:
    """`acknowledged` is the last number whose saving was answered with 200; `sent` the last one that was sent."""

    port: int
    path: str
    name: str
    session: str
    token: str
    acknowledged: int = 0
    sent: int = 0
    version: int = 0
    turn: int = 0
    lost: int = 0
    repeated: int = 0
    refused: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def write(self, every: float, until: float, delay: float = 0.0) -> None:
        """Save a new text every so many seconds; one that gets no answer is sent until it does."""
        await asyncio.sleep(delay)
        while (began := time.monotonic()) < until:
            self.sent += 1
            while not await self._save() and time.monotonic() < until + PATIENCE:
                self.repeated += 1
                await asyncio.sleep(TRIES_PAUSE)
            await asyncio.sleep(max(0.0, began + every - time.monotonic()))
        self._hang_up()

    def _hang_up(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _save(self) -> bool:
        """Whether an answer came."""
        self.turn += 1
        text = f"{self.sent} {PARAGRAPH}"
        body = json.dumps({"base": self.version, "turn": self.turn, "device": "laite", "fields": {"text": [text]}})
        began = time.perf_counter()
        try:
            status, answer = await asyncio.wait_for(self._ask(body.encode()), PATIENCE)
        except (OSError, EOFError, TimeoutError, ValueError):
            self.lost += 1
            self._hang_up()
            return False
        self.seconds.append(time.perf_counter() - began)
        if status == 200:
            self.version, self.acknowledged = int(json.loads(answer)["version"]), self.sent
        else:
            self.refused.append(f"{status} {answer[:200].decode(errors='replace')}")
        return True

    async def _ask(self, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        head = (
            f"PUT {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={self.token}\r\nX-CSRFToken: {self.token}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines[1:])}
        return int(lines[0].split()[1]), await reader.readexactly(int(headers["content-length"]))


async def all_write(people: list[Learner], every: float, seconds: float) -> None:
    """All of them, evenly spread over the pause between two saves."""
    until = time.monotonic() + seconds
    await asyncio.gather(*(each.write(every, until, every * place / len(people)) for place, each in enumerate(people)))
