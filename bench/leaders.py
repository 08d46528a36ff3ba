"""
Fifty leaders at once, without a browser: each asks for a first document, opens a websocket, and goes from month to month.

They speak the protocol of the page library as its own script does, so that the server has all of a visit to do while the
machine has next to nothing to draw.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench import server
from bench.material import MONTH, Material
from bench.measure import Timing
from bench.results import Budget, Comparison, Unit
from bench.server import Server
from kpi.period import Month

ROUNDS = 5
LEADERS = 50
MONTHS = 22  # before MONTH, among which they choose
THINKING = (2.0, 5.0)  # seconds between two changes
APART = 0.1  # seconds between two who come
SEED = 20231130
AT_LEISURE, AT_ONCE = Budget(0.100), Budget(0.750)  # seconds within which 19 of 20 have their answer
MEMORY = Budget(300e6)
_PATIENCE = 60  # seconds
Act = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Load:
    """What a run saw: of each round the time within which 19 of 20 were answered, and the CPU seconds of the server for an answer; bytes of memory."""

    documents: Timing
    visits: Timing
    thinking: Timing
    at_once: Timing
    memory: Timing
    with_children: Timing


@dataclass(slots=True)
class Leader:
    """Somebody with a page open."""

    served: Server
    path: str
    title: str
    _socket: ClientConnection | None = None
    _script: str = ""  # the hash of the page
    _picker: str = ""  # the widget in which a month is chosen, where there is one

    async def read(self) -> None:
        """
        Ask for the document as a browser does.

        Raises:
            RuntimeError: It is none.
        """
        reader, writer = await asyncio.open_connection("127.0.0.1", self.served.port)
        writer.write(f"GET /{self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.served.port}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read(-1)
        writer.close()
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"no document at /{self.path}: {answer[:80]!r}")

    async def open(self, stack: AsyncExitStack) -> None:
        """Open the page."""
        host = f"127.0.0.1:{self.served.port}"
        opening = connect(f"ws://{host}/_stcore/stream", origin=f"http://{host}", subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item,arg-type]
        self._socket = await stack.enter_async_context(opening)
        await self._run(ClientState(page_name=self.path), MONTH)

    async def choose(self, month: Month) -> None:
        """Go to another month, in the address or in the picker."""
        state = ClientState(query_string=f"period={month}", page_script_hash=self._script)
        if self._picker:
            state.widget_states.widgets.add(id=self._picker, string_value=str(month))
        await self._run(state, month)

    async def _run(self, state: ClientState, month: Month) -> None:
        """
        Let the page run, and wait until all of the answer is there.

        Raises:
            RuntimeError: The page failed, or what it says is not of the month.
        """
        assert self._socket is not None
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        names_month = False
        async with asyncio.timeout(_PATIENCE):
            async for data in self._socket:
                assert isinstance(data, bytes)
                names_month = names_month or month.chinese.encode() in data
                if self._last(ForwardMsg.FromString(data)):
                    break
        if not names_month:
            raise RuntimeError(f"{self.title} says nothing of {month.chinese}")

    def _last(self, message: ForwardMsg) -> bool:
        """Note what later questions need; whether the answer is complete."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "selectbox" and message.delta.new_element.selectbox.label == "期间":
            self._picker = message.delta.new_element.selectbox.id
        elif kind == "script_finished" and message.script_finished not in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN):
            raise RuntimeError(f"{self.title} failed: {ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)}")
        return bool(kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """Our server and that of the build before, one after the other, so that neither takes the processor from the other."""
    with server.ours(material) as served:
        ours = asyncio.run(_load(served, rounds))
    with server.earlier(material.build) as served:
        theirs = asyncio.run(_load(served, rounds))
    before = f"build {material.build}"
    yield Comparison(f"{LEADERS} leaders arrive, p95 of the first document", ours.documents, before, theirs.documents)
    yield Comparison(f"{LEADERS} leaders arrive, p95 of the first run", ours.visits, before, theirs.visits)
    yield Comparison(f"{LEADERS} leaders think, p95 of an answer", ours.thinking, before, theirs.thinking, AT_LEISURE)
    yield Comparison(f"{LEADERS} leaders all at once, p95 of an answer", ours.at_once, before, theirs.at_once, AT_ONCE)
    yield Comparison(f"{LEADERS} leaders, memory of the server", ours.memory, before, theirs.memory, MEMORY, Unit.SIZE)
    yield Comparison(f"{LEADERS} leaders, memory with the processes that open files", ours.with_children, before, theirs.with_children, unit=Unit.SIZE)


def p95(seconds: list[float]) -> float:
    """The time within which 19 of 20 were answered: the least that is not exceeded by more than a twentieth."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-len(ordered) * 19 // 20) - 1)]


async def _load(served: Server, rounds: int) -> Load:
    chance = random.Random(SEED)
    titles = list(served.manner.paths.items())
    leaders = [Leader(served, path, title) for title, path in (titles[place % len(titles)] for place in range(LEADERS))]
    coming = [place * APART for place in range(LEADERS)]
    async with AsyncExitStack() as stack:
        documents = await _phase(served, [leader.read for leader in leaders], coming)
        visits = await _phase(served, [partial(leader.open, stack) for leader in leaders], coming)
        thinking = [await _phase(served, _choices(leaders, chance), [chance.uniform(*THINKING) for _ in leaders]) for _ in range(rounds)]
        at_once = [await _phase(served, _choices(leaders, chance), [0.0] * LEADERS) for _ in range(rounds)]
        memory, with_children = served.memory
    return Load(_timing([documents]), _timing([visits]), _timing(thinking), _timing(at_once), Timing([memory]), Timing([with_children]))


def _choices(leaders: list[Leader], chance: random.Random) -> list[Act]:
    """Each goes to another month."""
    return [partial(leader.choose, MONTH.plus(-chance.randrange(1, MONTHS))) for leader in leaders]


async def _phase(served: Server, acts: list[Act], waits: list[float]) -> tuple[float, float]:
    """
    Everybody does something, each after a while.

    Returns:
        Within how many seconds 19 of 20 had their answer, and the CPU seconds of the server for each.
    """
    clock = asyncio.get_running_loop().time

    async def act_after(act: Act, wait: float) -> float:
        await asyncio.sleep(wait)
        began = clock()
        await act()
        return clock() - began

    before = served.cpu
    took = await asyncio.gather(*(act_after(act, wait) for act, wait in zip(acts, waits, strict=True)))
    return p95(took), (served.cpu - before) / len(acts)


def _timing(phases: list[tuple[float, float]]) -> Timing:
    return Timing([seconds for seconds, _ in phases], [cpu for _, cpu in phases])
