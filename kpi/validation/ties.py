"""Which measures the catalogue ties to those of an office: what its sheet has to agree with."""

from functools import lru_cache

from kpi.catalog.model import Catalog


@lru_cache(maxsize=256)
def tied_measures(catalog: Catalog, office: str) -> tuple[str, ...]:
    """The measures of an office, and those that stand in one indicator or relation with any of them."""
    own = {code for code, measure in catalog.measures.items() if measure.office == office}
    tied = own.union(*(group for group in ties(catalog) if group & own))
    return tuple(code for code in catalog.measures if code in tied)


def ties(catalog: Catalog) -> list[set[str]]:
    """The measures of each indicator, of each of its earlier definitions, and of each relation."""
    groups = [
        {code for part in (i.numerator, i.denominator, i.failed, i.total) if part for code in part.codes} | ({i.reported} if i.reported else set())
        for i in catalog.definitions.values()
    ]
    return groups + [{code for side in (r.left, r.right) if side for code, _ in side.codes} for r in catalog.relations.values()]
