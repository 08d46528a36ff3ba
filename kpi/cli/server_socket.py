"""The socket on which a server listens to commands (本机接口), made, written down in the data folder and taken away again."""

import json
import os
import secrets
import socket
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kpi.cli.server_address import ADDRESS_FILE, KEY_FILE, LOOPBACK, ServerAddress, address_of, unix_socket
from kpi.setting import setting
from kpi.store.folder import DataFolder

_LONGEST_PATH = 100  # bytes: systems have room for 103 to 107
_PREFIX = "kpi-socket-"  # of the folder of a socket
_WAITING = 32  # connections that wait to be taken


@dataclass(frozen=True, slots=True)
class ServerSocket:
    """A socket that listens, where it is, and the key of who may do all."""

    listener: socket.socket
    address: ServerAddress
    key: bytes

    def end(self, data: Path) -> None:
        """Listen no longer, and take the files away."""
        self.listener.close()
        if address_of(data) == self.address:
            for name in (ADDRESS_FILE, KEY_FILE):
                with suppress(OSError):
                    (data / name).unlink()
        _remove(self.address)


def listen(data: Path) -> ServerSocket:
    """
    Listen for commands on a data folder, and write down where.

    Raises:
        OSError: The system or the disk refuses.

    """
    if before := address_of(data):
        _remove(before)  # of a server that was killed: the folder is open to this process alone
    listener, address = _bound()
    try:
        listener.listen(_WAITING)
        key = secrets.token_bytes(32)
        folder = DataFolder(data)
        folder.put(data / KEY_FILE, key.hex().encode(), 0o600)
        folder.put(data / ADDRESS_FILE, json.dumps(asdict(address)).encode(), 0o644)
    except OSError:
        listener.close()
        _remove(address)
        raise
    return ServerSocket(listener, address, key)


def _bound() -> tuple[socket.socket, ServerAddress]:
    """A socket of the file system, or a port of the loopback where there is none."""
    for above in (setting("RUNTIME_DIRECTORY").partition(":")[0], tempfile.gettempdir(), "/tmp"):  # noqa: S108 - a folder of our own is made in it
        if not hasattr(socket, "AF_UNIX") or not above:
            continue
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
            path = str(folder / "socket")
            if len(os.fsencode(path)) <= _LONGEST_PATH:
                listener = unix_socket()
                try:
                    listener.bind(path)
                    os.chmod(path, 0o666)  # noqa: S103 - who connects shows a key or a token
                    os.chmod(folder, 0o711)  # noqa: S103 - nobody can list it
                except OSError:
                    listener.close()
                else:
                    return listener, ServerAddress(path)
            _remove(ServerAddress(path))
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind((LOOPBACK, 0))
    except OSError:
        listener.close()
        raise
    return listener, ServerAddress(port=listener.getsockname()[1])


def _remove(address: ServerAddress) -> None:
    """Remove the folder of a socket, where it is one of ours."""
    path = Path(address.path)
    if address.path and path.parent.name.startswith(_PREFIX):
        with suppress(OSError, ValueError):  # it may stand in a file that is damaged
            path.unlink(missing_ok=True)
            path.parent.rmdir()
