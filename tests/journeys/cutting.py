"""A connection that can be cut: between the browser and the service, as when a train goes into a tunnel."""

import socket
import threading
from contextlib import suppress
from typing import Self


class Line:
    """Passes on everything to the service until it is cut; then nothing is answered at its address."""

    def __init__(self, port: int) -> None:
        self._to = port
        # What the service says, and what arrives in its place: of the same length.
        self.changed: dict[bytes, bytes] = {}
        self._ends: set[socket.socket] = set()
        self._listening: socket.socket | None = None
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = int(trial.getsockname()[1])
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cut()

    def mend(self) -> None:
        if self._listening is None:
            listening = socket.create_server(("127.0.0.1", self.port))
            self._listening = listening
            threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def cut(self) -> None:
        """Close the address and every connection that passes."""
        listening, self._listening = self._listening, None
        for end in [*([listening] if listening else []), *self._ends]:
            _shut(end)
        if listening:
            listening.close()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _address = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        """Pass on both ways until either side ends. Closed only then: a number of a socket in use may be given anew."""
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", self._to)) as far:
            self._ends |= {near, far}
            if self._listening is None:  # Cut while it was being made.
                _shut(near)
            back = threading.Thread(target=self._pass, args=(far, near), daemon=True)
            back.start()
            self._pass(near, far)
            back.join()
            self._ends -= {near, far}

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                for said, arrives in self.changed.items():
                    data = data.replace(said, arrives)
                target.sendall(data)
        _shut(source)
        _shut(target)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
