"""Who a request is of: handed from the gate to whatever answers it, in the same task or a thread that works for it."""

from contextvars import ContextVar

from kpi.access.caller import WITHOUT_LOGIN, Caller

_visitor: ContextVar[Caller | None] = ContextVar("visitor", default=None)
SESSION_HEADER = "x-kpi-session"  # by which the page library learns of which login a visit is; what a client sends under it is taken off


def enter(caller: Caller | None) -> None:
    """From here on, in this task, the request is of this caller."""
    _visitor.set(caller)


def visitor() -> Caller:
    """The caller of the request that is answered; where there is no login, everybody."""
    return _visitor.get() or WITHOUT_LOGIN
