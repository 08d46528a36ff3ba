"""The commands that are run beside the pages, over the bureau that is open: from its opening until the server stops."""

from kpi.bureau import LiveBureau
from kpi.cli.command_server import CommandServer
from kpi.data_place import data_folder
from pages.widgets import running

_servers: list[CommandServer] = []


def serve() -> None:
    """Listen for commands from the moment at which the bureau could be opened."""
    running.when_opened(_begin)


def stop() -> None:
    """Let the commands that run be done, and take no other; the bureau can be closed then."""
    for server in _servers:
        server.stop()


def _begin(bureau: LiveBureau) -> None:
    server = CommandServer(lambda: running.opened_bureau() or bureau, running.admission(), data_folder())
    server.start()
    _servers.append(server)
