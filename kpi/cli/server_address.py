"""
Where the server of a data folder listens to commands: two small files in that folder.

``server.address`` says the place: a socket in a folder of its own that only this machine sees, or a port of the loopback
where the system has no such sockets.  ``server.key`` is a random key that only who runs the server can read; who proves to
know it is let in as who runs commands without a server.  A server that was killed leaves both behind: nobody answers there.
"""

import hmac
import json
import os
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

PROTOCOL = 1
ADDRESS_FILE, KEY_FILE = "server.address", "server.key"
LOOPBACK = "127.0.0.1"
_PEER = struct.Struct("3i")  # process, user and group, as Linux tells them


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A place at which a server listens."""

    path: str = ""  # of a socket; empty where it is a port
    port: int = 0
    protocol: int = PROTOCOL

    def connect(self) -> socket.socket | None:
        """A connection to it; None where nobody listens."""
        try:
            connection = unix_socket() if self.path else socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                connection.connect(self.path or (LOOPBACK, self.port))
            except BaseException:
                connection.close()
                raise
        except (OSError, ValueError, OverflowError):  # nobody listens there, or it is no place at all
            return None
        return connection


def address_of(data: Path) -> ServerAddress | None:
    """Where the server of a data folder listens, or listened; None where none ever did."""
    try:
        written = json.loads((data / ADDRESS_FILE).read_text("utf-8"))
        return ServerAddress(str(written["path"]), int(written["port"]), int(written["protocol"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def key_of(data: Path) -> bytes | None:
    """The key of the server of a data folder; None for who may not read it."""
    try:
        return bytes.fromhex((data / KEY_FILE).read_text("ascii"))
    except (OSError, ValueError):
        return None


def proof(key: bytes, side: str, *nonces: str) -> str:
    """What shows, for two numbers that are used once, that a side knows the key."""
    return hmac.new(key, " ".join((side, *nonces)).encode(), "sha256").hexdigest()


def user_of(connection: socket.socket) -> int | None:
    """The number of the user at the other end, as the system vouches for it; None where it does not."""
    if not hasattr(socket, "SO_PEERCRED") or connection.family == socket.AF_INET:
        return None
    return int(_PEER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))[1])


def same_owner(data: Path, address: ServerAddress) -> bool:
    """Whether the socket belongs to who wrote where it is, so that a token can be shown to it."""
    try:
        return bool(address.path) and os.stat(address.path).st_uid == (data / ADDRESS_FILE).stat().st_uid
    except (OSError, ValueError):
        return False


def unix_socket() -> socket.socket:
    """A socket of the file system, which is not bound yet; Windows has none."""
    return socket.socket(getattr(socket, "AF_UNIX"), socket.SOCK_STREAM)  # noqa: B009 - it is not everywhere


def own_user() -> int | None:
    """The number of the user of this process; None where the system has no such numbers."""
    return os.geteuid() if hasattr(os, "geteuid") else None
