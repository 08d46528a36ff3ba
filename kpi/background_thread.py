"""A thread that works beside the running server (后台线程), from its start to its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def background_thread(name: str, work: Callable[[], object] | None, ended: Event) -> Iterator[None]:
    """
    Let something be worked at meanwhile; at the end it is told so, and waited for.

    Args:
        name: Of the thread.
        work: What is to be done until it is over; None where nothing is.
        ended: Set at the end.

    """
    thread = Thread(target=work, name=name, daemon=True) if work else None
    if thread:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if thread:
            thread.join()
