"""What our template says is known without writing it: the very words of the file that is handed out."""

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.period import Month
from kpi.workbook.process.child.outside_texts import outside
from kpi.workbook.process.sniffing import Kind
from kpi.workbook.writing.template import write_template
from kpi.workbook.writing.template_words import template_words


def written(catalog: Catalog, office: str, org: str | None) -> set[str]:
    """The texts of the file itself, with those that cells refer to."""
    texts = outside(write_template(catalog, office, Month(2000, 1), org=org), Kind.XLSX, [])
    assert texts is not None
    return {text.strip() for _, text in texts}


def check(catalog: Catalog, office: str, org: str | None) -> None:
    known = template_words(catalog, office, org)
    assert written(catalog, office, org) <= known
    assert {"填表说明", "请核对日期", "&C第 &P 页，共 &N 页"} <= known


def test_every_text_of_the_file_is_known() -> None:
    catalog = load(DEFAULT)
    for office in catalog.offices:
        check(catalog, office, None)


def test_every_text_of_a_sheet_of_one_organisation_is_known(province_catalog) -> None:
    catalog = load(province_catalog)
    org = next(code for code, org in catalog.orgs.items() if org.name.endswith("局"))
    check(catalog, next(iter(catalog.offices)), org)
