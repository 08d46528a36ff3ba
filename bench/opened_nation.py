"""A store of one size, open, with the catalogue it was made with."""

from functools import cached_property
from pathlib import Path

from bench.nation import Nation, Size, catalog
from kpi.bureau import Bureau
from kpi.store.folder import DataFolder


class Opened:
    """A store of one size with the catalogue it was made with."""

    def __init__(self, size: Size, folder: Path) -> None:
        self.size, self.catalog = size, catalog(size)
        self.store = Nation(DataFolder(folder), self.catalog)
        self.bureau = Bureau(self.catalog, self.store)
        leaves = self.catalog.leaves(self.catalog.root)
        self.leaf = leaves[len(leaves) // 3]
        self.used = 0

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @cached_property
    def nodes(self) -> dict[str, str]:
        """What is asked for: one that reports and, where there is a tree, what stands above it."""
        path = self.catalog.path(self.leaf)
        return {"one": self.leaf} | ({"province": path[1], "nation": path[0]} if len(path) > 1 else {})
