"""
One end of a local connection between a command and the server: messages, each a head of JSON with bytes behind it.

Nothing is ever unpickled, no length is believed before it is compared with a limit, and nobody waits for the other end for
ever; waiting looks up twice a second, because a system may not let Ctrl-C through while it waits.
"""

import json
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any

MessageHead = dict[str, Any]
_LENGTHS = struct.Struct(">IQ")
_LOOK_UP = 0.5  # seconds
_PATIENCE = 600.0  # seconds: for the other end to take what is sent
_LONGEST_HEAD = 16 * 2**20  # bytes, of who has shown who it is


class GoneError(Exception):
    """The other end has gone, is too slow, or sends what is no message."""


class TooLongError(GoneError):
    """The other end sends a longer message than it may."""


class MessageChannel:
    """One end of a connection; several threads may send, one receives."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._lock = connection, Lock()
        connection.settimeout(_LOOK_UP)

    def send(self, head: Mapping[str, Any], body: bytes = b"") -> None:
        """
        Send a message.

        Raises:
            GoneError: The other end does not take it.

        """
        text = json.dumps(head).encode()
        with self._lock:
            self._push(_LENGTHS.pack(len(text), len(body)) + text)
            self._push(body)

    def receive(self, longest: int = 0, within: float | None = None, longest_head: int = _LONGEST_HEAD) -> tuple[MessageHead, bytes]:
        """
        Wait for a message.

        Args:
            longest: The most bytes that may stand behind its head.
            within: Seconds until it must be there, to its end; None for ever.
            longest_head: The most bytes that its head may have.

        Raises:
            GoneError: None comes, or what stands behind its head is too long.
            TooLongError: Its head is too long; nothing of it was read.

        """
        end = None if within is None else monotonic() + within
        head_length, body_length = _LENGTHS.unpack(self._pull(_LENGTHS.size, end))
        if head_length > longest_head:
            raise TooLongError
        if body_length > longest:
            raise GoneError
        try:
            head = json.loads(self._pull(head_length, end))
        except ValueError:
            raise GoneError from None
        if not isinstance(head, dict):
            raise GoneError
        return head, self._pull(body_length, end)

    @property
    def gone(self) -> bool:
        """Whether the other end has hung up, which can be asked while it has nothing to say."""
        with self._lock:  # nothing is sent while the connection does not wait
            try:
                self._connection.setblocking(False)
                return self._connection.recv(1, socket.MSG_PEEK) == b""
            except (BlockingIOError, InterruptedError):
                return False
            except OSError:
                return True
            finally:
                with suppress(OSError):
                    self._connection.settimeout(_LOOK_UP)

    def close(self) -> None:
        """Hang up; who waits at either end is woken."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def _push(self, data: bytes) -> None:
        left, end = memoryview(data), monotonic() + _PATIENCE
        while left:
            try:
                left = left[self._connection.send(left) :]
            except TimeoutError:
                if monotonic() > end:
                    raise GoneError from None
            except OSError:
                raise GoneError from None

    def _pull(self, length: int, end: float | None) -> bytes:
        data = bytearray()
        while len(data) < length:
            if end is not None and monotonic() > end:
                raise GoneError
            try:
                piece = self._connection.recv(min(length - len(data), 2**20))
            except TimeoutError:
                continue
            except OSError:
                raise GoneError from None
            if not piece:
                raise GoneError
            data += piece
        return bytes(data)
