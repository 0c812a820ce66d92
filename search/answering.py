"""The worker answers the web processes' unknown Finnish words on a Unix socket: a line in, a line out."""

import hashlib
import logging
import os
import socket
import socketserver
import sys
import tempfile
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.analysis import Word
from search.engines.breaker import Breaker
from search.tokens import LONGEST_WORD

logger = logging.getLogger(__name__)
PATIENCE = 0.05
# Paths of Unix sockets are limited to some hundred bytes.
_LONGEST_PATH = 100
_LONGEST_ANSWER = 65_536
# The interpreter hands over this often, so that an answer need not wait for indexing to pause.
_SWITCH_SECONDS = 0.0005
_server: socketserver.ThreadingUnixStreamServer | None = None
# A search may have a hundred words to ask about: a worker that is silent costs it the patience for one of them.
_breaker = Breaker(shortest=0.2, longest=2.0)


def socket_path() -> Path:
    """Return where the socket is."""
    return _short(Path(settings.SEARCH_SOCKET))


def beside(name: str) -> Path:
    """Return where another socket of the worker is."""
    return _short(Path(settings.SEARCH_SOCKET).with_name(name))


def _short(path: Path) -> Path:
    """A path too long for a socket is replaced by a short one that only it has."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:20]
    return Path(tempfile.gettempdir()) / f"analysis-{name}.sock"


class _Answer(socketserver.StreamRequestHandler):
    timeout = 1

    def handle(self) -> None:
        from search import finnish

        try:
            word = self.rfile.readline(4 * LONGEST_WORD + 2).decode("utf-8").strip()
            if word and len(word) <= LONGEST_WORD:
                self.wfile.write(finnish.analyse(word).dump().encode("utf-8") + b"\n")
        except (OSError, UnicodeDecodeError):
            logger.debug("A question about a word was cut short.")


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


def answer_words() -> bool:
    """Have a thread of this process answer; once it does, nothing more happens. Returns False: no work waits."""
    global _server
    path = socket_path()
    if _server is not None and path.exists():
        return False
    stop()
    from search import finnish

    finnish.analyse("sana")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    _server = _Server(str(path), _Answer)
    path.chmod(0o600)
    sys.setswitchinterval(_SWITCH_SECONDS)
    threading.Thread(target=_server.serve_forever, name="analysis", daemon=True).start()
    return False


def is_here() -> bool:
    """Whether it is this process that answers, and so has the dictionary in memory."""
    return _server is not None


def stop() -> None:
    """End the answering of this process."""
    global _server
    if _server is not None:
        _server.shutdown()
        _server.server_close()
        _server = None


def ask(word: str) -> Word | None:
    """Ask the worker about a word; None when no answer came in 50 ms, and for a moment after such a silence."""
    try:
        return _ask(word)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=4096)
def _ask(word: str) -> Word:
    if not _breaker.lets_through():
        raise TimeoutError("the worker was silent just now")
    try:
        answer = _answer_about(word)
    except TimeoutError:
        _breaker.failed()
        raise
    except OSError:
        # Nobody is there, which is known without waiting.
        _breaker.succeeded()
        raise
    _breaker.succeeded()
    return Word.load(word, answer.decode("utf-8"))


def _answer_about(word: str) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(socket_path()))
        connection.sendall(word.encode("utf-8") + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            received = connection.recv(_LONGEST_ANSWER)
            if not received:
                raise OSError("the worker gave no answer")
            answer += received
    return answer
