"""
The figures of a text that are another organisation's: 「其中南湖区522批次」 in the summary of the city is none of the city's own.

Of an organisation is what follows its name in a sentence, until another name or a word for the whole comes; in a table, what stands in its row
or column.  A short name counts where it cannot be part of another word: 高新区, 高新35件, and not 高新技术.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from kpi.catalog.model import Catalog
from kpi.papers.figures.table_heads import cell_heads
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.workbook.forms.bureau_names import BUREAU, org_key
from kpi.workbook.forms.organisation_mentions import called

_PLACE = "省市县区旗州盟局所"
_NOT_WITHIN = rf"(?=[{_PLACE}]|分局|市场监|新区|开发区|\s*[\d*]|\s*$)"
_ITSELF = r"[我本][省市县区旗局所]|[合总共]计"
_STOP = re.compile(r"[。！？!?\n]")


def figures_of_others(document: Paper, figures: Sequence[TextFigure], catalog: Catalog, org: str | None = None) -> frozenset[int]:
    """
    The indices of the figures that are of another organisation than the one that a document is about.

    Args:
        document: The document.
        figures: Its figures.
        catalog: With the organisations; of a bureau that stands alone every figure is its own.
        org: The organisation that it is about, the root of the tree unless told.

    """
    if not catalog.branched:
        return frozenset()
    names = _names(catalog, org or catalog.root)
    heads = cell_heads(document)

    def texts(figure: TextFigure) -> tuple[str, ...]:
        beside = heads.get(figure.passage)
        return (beside.row, beside.column) if beside else (_STOP.split(document.passages[figure.passage].text[: figure.start])[-1],)

    def is_of_another(figure: TextFigure) -> bool:
        nearest = [match for text in texts(figure) for match in [*names.finditer(org_key(text))][-1:]]
        return any(match["other"] for match in nearest)

    return frozenset(index for index, figure in enumerate(figures) if is_of_another(figure))


@lru_cache(maxsize=64)
def _names(catalog: Catalog, org: str) -> re.Pattern[str]:
    """What names an organisation in a key: itself, or as ``other`` another one; of two names the longer one."""
    known = called(catalog)
    names = sorted(({name.removesuffix(BUREAU): code for name, code in known.items()} | known).items(), key=lambda named: -len(named[0]))
    others, itself = ("|".join(_written(name) for name, code in names if (code != org) is other and len(name) > 1) or "(?!)" for other in (True, False))
    whole = f"|全{catalog.orgs[org].level}" if catalog.orgs[org].level else ""
    return re.compile(f"(?P<other>{others})|{itself}|{_ITSELF}{whole}")


def _written(name: str) -> str:
    """The pattern of a name; of a short one where it ends as no other word does."""
    return re.escape(name) + ("" if name[-1] in _PLACE else _NOT_WITHIN)
