"""A network link on loopback that a test can cut, and that tells what has passed."""

import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

CHUNK = 64 * 1024
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends RST, as a router that has forgotten the connection does."""


class Link:
    """Carries TCP connections from a port of its own to another one, in a thread."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.carried = 0
        """Bytes handed on towards the target, over all connections."""
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._lock = threading.Lock()
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._carry, name="link")
        self._thread.start()

    def cut(self) -> None:
        """Break every connection at once, at both ends; new ones can be made."""
        with self._lock:
            for end in list(self._pairs):
                self._drop(end)

    def close(self) -> None:
        """Cut, and take no new connections."""
        self._is_closing.set()
        self._thread.join()
        self.cut()
        self._listener.close()
        self._selector.close()

    def _carry(self) -> None:
        while not self._is_closing.is_set():
            for key, _events in self._selector.select(0.05):
                with self._lock:
                    if key.fileobj is self._listener:
                        self._connect()
                    elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._pairs:
                        self._pass_on(key.fileobj, towards_target=key.data)

    def _connect(self) -> None:
        near, _address = self._listener.accept()
        far = socket.create_connection(("127.0.0.1", self._target))
        self._pairs |= {near: far, far: near}
        self._selector.register(near, selectors.EVENT_READ, data=True)
        self._selector.register(far, selectors.EVENT_READ, data=False)

    def _pass_on(self, end: socket.socket, *, towards_target: bool) -> None:
        try:
            data = end.recv(CHUNK)
            if data:
                self._pairs[end].sendall(data)
                self.carried += len(data) if towards_target else 0
                return
        except OSError:
            pass  # one end is gone: so is the other now
        self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        other = self._pairs.pop(end, None)
        if other is not None:
            del self._pairs[other]
            for each in (end, other):
                self._selector.unregister(each)
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                each.close()


@contextmanager
def link(target: int) -> Iterator[Link]:
    """Give a link to a port of this machine."""
    made = Link(target)
    try:
        yield made
    finally:
        made.close()
