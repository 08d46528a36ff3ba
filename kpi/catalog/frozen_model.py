"""What every noun of the catalogue is: immutable, and without fields nobody knows."""

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A checked table of a catalogue file."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
