"""Which measures are tied to those of an office."""

from dataclasses import replace

from kpi.catalog.office import Office
from kpi.validation.ties import tied_measures
from tests.kpi.validation.sheets import ADDS_UP, CATALOG, indicator, measure

OFFICES = {code: Office(code=code, name=code, parent="bureau", order=1, template=code) for code in ("lab", "desk", "food")}
OF = {"passed": "lab", "failed": "lab", "tested": "desk", "cooked": "food", "eaten": "food", "visits": "desk"}


def test_an_office_is_tied_to_what_stands_beside_its_own_and_to_nothing_else() -> None:
    """合格 + 不合格 = 检验 ties two offices; the third has a rate of its own, and 走访 stands in nothing."""
    measures = {code: measure(code, code, office=office) for code, office in OF.items()}
    rates = {"rate": indicator("rate", "率", "eaten", "cooked", office="food")}
    catalog = replace(CATALOG, offices=OFFICES, measures=measures, indicators=rates, relations={"R051": ADDS_UP})

    tied = {office: tied_measures(catalog, office) for office in OFFICES}

    assert tied == {"lab": ("passed", "failed", "tested"), "desk": ("passed", "failed", "tested", "visits"), "food": ("cooked", "eaten")}
