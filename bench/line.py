"""A slow line: a relay before a server that lets through so many bytes a second, for all connections together."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

OFFICE = 20e6 / 8  # bytes a second of a slow line to an office, 20 Mbit/s
_CHUNK = 8192


@contextmanager
def slow(port: int, rate: float = OFFICE) -> Iterator[int]:
    """
    Relay a local port until the block ends.

    Args:
        port: Where the server listens.
        rate: Bytes a second from the server; what goes to it is little and passes freely.

    Yields:
        The port to go to instead.
    """
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    relay = _Relay(port, rate)
    try:
        yield asyncio.run_coroutine_threadsafe(relay.start(), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(relay.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class _Relay:
    def __init__(self, port: int, rate: float) -> None:
        self._port, self._rate = port, rate
        self._free = 0.0  # when the line will have sent what it has been given
        self._talks: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.ensure_future(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, questions = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(_pump(reader, questions), self._send(answers, writer), return_exceptions=True)

    async def _send(self, answers: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        with suppress(ConnectionError):
            while chunk := await answers.read(_CHUNK):
                self._free = max(self._free, clock()) + len(chunk) / self._rate
                await asyncio.sleep(self._free - clock())
                writer.write(chunk)
                await writer.drain()
        writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
    writer.close()
