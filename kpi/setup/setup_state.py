"""How far a setup is: the sheets that were surveyed, the draft with its answers, and what came in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from kpi.setup.setup_draft import SetupDraft


@dataclass(frozen=True, slots=True)
class SetupInForce:
    """The catalogue of a setup as it came in force: the number of its change, of the one before, who and when."""

    number: int
    before: int
    by: str
    at: str  # 2026-11-29 10:30


@dataclass(frozen=True, slots=True)
class SetupState:
    """All that a setup knows beside the bytes of its sheets."""

    draft: SetupDraft | None = None  # None until a sheet with figures was surveyed
    surveyed: tuple[str, ...] = ()  # the keys of the sheets that the draft rests on, or that could not be read
    unread: Mapping[str, str] = field(default_factory=dict)  # a sentence for each sheet that gives no figure, by key
    asked_anew: int = 0  # answers that later sheets have made questions again, at the last survey
    in_force: SetupInForce | None = None


_ADAPTER = TypeAdapter(SetupState)


def state_text(state: SetupState) -> bytes:
    """A state as it is kept."""
    return _ADAPTER.dump_json(state)


def read_state(text: bytes | None) -> SetupState:
    """The state that was kept; a fresh one where none was, or an earlier release kept it otherwise: the sheets are surveyed again then."""
    try:
        return _ADAPTER.validate_json(text) if text is not None else SetupState()
    except ValidationError:
        return SetupState()
