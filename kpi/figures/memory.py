"""What was read from a store and is likely to be asked again: kept as long as the store's version stands, the latest asked last to go."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from kpi.store.reader import StoreReader

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Answers by store, version and question; any thread may ask."""

    def __init__(self, most: int) -> None:
        """``most``: how many answers are kept of each store."""
        self._most = most
        self._lock = Lock()
        self._kept: WeakKeyDictionary[StoreReader, tuple[int, OrderedDict[Hashable, Value]]] = WeakKeyDictionary()

    def recall(self, store: StoreReader, question: Hashable, read: Callable[[], Value]) -> Value:
        """The answer to a question, read unless it is known; two threads may read the same at once."""
        version = store.version  # before reading: what comes in meanwhile makes the answer an old one
        with self._lock:
            known = self._of(store, version)
            if question in known:
                known.move_to_end(question)
                return known[question]
        answer = read()
        with self._lock:
            known = self._of(store, version)
            known[question] = answer
            while len(known) > self._most:
                known.popitem(last=False)
        return answer

    def _of(self, store: StoreReader, version: int) -> OrderedDict[Hashable, Value]:
        held = self._kept.get(store)
        if held is None or held[0] < version:
            held = self._kept[store] = version, OrderedDict()
        return held[1] if held[0] == version else OrderedDict()
