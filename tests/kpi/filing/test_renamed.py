"""An office renamed in the catalogue while its sheet stays: what is on file under the old name is named, never counted beside the new in silence."""

from dataclasses import replace
from datetime import date

from kpi.bureau import Bureau
from kpi.filing.completeness import completeness
from kpi.filing.intake import Outcome, accept
from kpi.filing.submissions import withdraw
from tests.kpi.filing.test_intake import NOVEMBER, coal, one


def recoded(bureau: Bureau) -> Bureau:
    """The bureau under a catalogue that calls 质量监管科 by another code."""
    catalog = bureau.catalog
    offices = {
        ("quality" if code == "product_quality" else code): office.model_copy(update={"code": "quality"}) if code == "product_quality" else office
        for code, office in catalog.offices.items()
    }
    measures = {
        code: measure.model_copy(update={"office": "quality"}) if measure.office == "product_quality" else measure for code, measure in catalog.measures.items()
    }
    return replace(bureau, catalog=replace(catalog, offices=offices, measures=measures))


def test_what_a_renamed_office_has_on_file_is_asked_about_until_it_is_withdrawn(empty):
    """The five figures of number 1 would go on counting wherever the new sheet is blank; once it is withdrawn there is no doubt."""
    [old] = accept(empty, [one(empty, coal(empty))], "王统计")
    now = recoded(empty)

    sheet = coal(empty, taken=79, pending=25)
    found = one(now, sheet)
    [finding] = [finding for finding in found.findings if finding.code == "filed-under-old-name"]
    assert (found.office, found.status, finding.severity.value) == ("quality", Outcome.NEEDS_CONFIRMATION, "check")
    assert finding.seen.startswith(f"第 {old.seq} 号报送「{old.file}」也报了这个月这里的 ")
    assert f"python -m kpi withdraw {old.seq} --reason" in finding.remedy

    [row] = [row for row in completeness(now, NOVEMBER, date(2023, 12, 8)) if row.office == "quality"]
    assert row.words == f"逾期 3 天未报（在库的第 {old.seq} 号报送有它的数，科室或报表的代码改过，对不上；请在指标目录里改回代码，或撤回后重新报送）"

    withdraw(now, old.seq, "王统计", "科室代码改了")
    assert "filed-under-old-name" not in [finding.code for finding in one(now, sheet).findings]
    [row] = [row for row in completeness(now, NOVEMBER, date(2023, 12, 8)) if row.office == "quality"]
    assert row.words == "逾期 3 天未报"


def test_a_renamed_template_is_asked_about_as_well(empty):
    accept(empty, [one(empty, coal(empty))], "王统计")
    office = empty.catalog.offices["product_quality"].model_copy(update={"template": "质量监管科新报表"})
    now = replace(empty, catalog=replace(empty.catalog, offices=empty.catalog.offices | {"product_quality": office}))

    [finding] = [finding for finding in one(now, coal(now)).findings if finding.code == "filed-under-old-name"]
    assert "质量监管科的报表「" in finding.seen
