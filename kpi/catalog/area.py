"""The areas of a bureau's work (板块): the chapters of its own summary, by which a board can be grouped beside the offices."""

from kpi.catalog.frozen_model import FrozenModel


class Area(FrozenModel):
    """One area; an office says to which its indicators belong, and an indicator may say otherwise."""

    code: str
    name: str  # as a heading: 民生安全
    order: int
