"""网页填报: what is typed on a page is read as it was typed, kept as a draft, checked and sent by the very intake of files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau
from kpi.errors import RequestError, StoreError
from kpi.filing.form_check import check_form, submit_form
from kpi.filing.form_drafts import keep_form, kept_form
from kpi.filing.form_sheet import FormOrigin, form_on_file, form_sheet
from kpi.filing.intake import Outcome, accept, prepare
from kpi.filing.submissions import lock
from kpi.filing.web_form import WebForm, text_of, web_form, workbook_of
from kpi.period import Month
from kpi.place import Place
from kpi.store.drafts import Drafts
from kpi.value import UNREPORTED, Qualifier, State, Value
from kpi.workbook.report import Column
from kpi.workbook.writing.template_cells import FIGURES, WHOLE_SHEET, FormCell, FormColumn, takes, template_cells
from tests.kpi.filing.test_intake import NOVEMBER, coal

OFFICE = "product_quality"
YTD, MONTH, PRIOR = FormColumn.YTD, FormColumn.MONTH, FormColumn.PRIOR
COAL = {"taken": "78", "tested": "51", "passed": "44", "failed": "7", "pending": "27"}
FILER = Caller("wang", "王统计", AccountRole.FILER, office=OFFICE)
OTHER = Caller("li", "李统计", AccountRole.FILER, office="ip")


def of_coal(bureau: LiveBureau, period: Month = NOVEMBER, /, **changed: str) -> WebForm:
    """The coal rows as somebody types them into 本年累计; ``passed__month`` is 本月数."""
    cells: dict[FormCell, str] = {}
    for name, text in (COAL | changed).items():
        row, _, column = name.partition("__")
        cells[f"coal_samples_{row}", FormColumn(column or "ytd")] = text
    return web_form(bureau.catalog, bureau.catalog.root, OFFICE, period, cells)


def read(bureau: LiveBureau, form: WebForm) -> Mapping[FormCell, Value]:
    """What the intake reads from the workbook of a form, blank cells left out."""
    prepared = check_form(bureau, form).prepared
    assert prepared.report is not None
    read = {(reading.measure, FormColumn(reading.column.value)): reading.value for reading in prepared.report.readings}
    return {cell: value for cell, value in read.items() if value != UNREPORTED}


PLAIN = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda number: (f"{number:f}", number, State.NUMBER if number else State.ZERO, Qualifier.EXACT))
WHOLE = st.integers(min_value=1, max_value=10**9)
TYPED = st.one_of(
    PLAIN,
    WHOLE.map(lambda number: (f"{number:,}", D(number), State.NUMBER, Qualifier.EXACT)),
    WHOLE.map(lambda number: (str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}), D(number), State.NUMBER, Qualifier.EXACT)),
    WHOLE.map(lambda number: (f"约{number}", D(number), State.NUMBER, Qualifier.ABOUT)),
    WHOLE.map(lambda number: (f"{number}余", D(number), State.NUMBER, Qualifier.AT_LEAST)),
    WHOLE.map(lambda number: (f"不超过{number}", D(number), State.NUMBER, Qualifier.AT_MOST)),
    st.sampled_from(
        [
            ("未开展", None, State.NOT_STARTED, Qualifier.EXACT),
            ("不适用", None, State.NOT_APPLICABLE, Qualifier.EXACT),
            ("在检", None, State.PENDING, Qualifier.EXACT),
            ("在办", None, State.PENDING, Qualifier.EXACT),
            ("*", None, State.WITHHELD, Qualifier.EXACT),
            ("0", D(0), State.ZERO, Qualifier.EXACT),
            (" 0 ", D(0), State.ZERO, Qualifier.EXACT),
        ]
    ),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_typed_is_what_the_intake_reads(empty, data):
    """Grid, workbook, intake: each figure is the one that was typed; and what it is said to be, typed again, is the same figure."""
    measures = empty.catalog.office_measures(OFFICE)
    open_cells = [(measure.code, column) for measure in measures for column in FIGURES if takes(measure, column) and measure.unit != "%"]
    typed = data.draw(st.dictionaries(st.sampled_from(open_cells), TYPED, min_size=1))
    form = web_form(empty.catalog, empty.catalog.root, OFFICE, NOVEMBER, {cell: text for cell, (text, *_) in typed.items()})

    once = read(empty, form)

    assert {cell: (value.number, value.state, value.qualifier) for cell, value in once.items()} == {cell: tuple(rest) for cell, (_, *rest) in typed.items()}
    assert read(empty, replace(form, cells={cell: text_of(value) for cell, value in once.items()})) == once


def test_the_same_form_is_the_same_workbook(empty):
    assert workbook_of(empty.catalog, of_coal(empty)) == workbook_of(empty.catalog, of_coal(empty))


def test_days_and_remarks_are_typed_too(empty):
    """A day of the whole sheet, one of a row, in either spelling; one that is none is a fault at its cell."""
    form = of_coal(empty)
    days = {WHOLE_SHEET: "2023-11-28", ("coal_samples_passed", FormColumn.AS_OF): "2023/11/25", ("coal_samples_failed", FormColumn.REMARK): "退回 2 批"}
    checked = check_form(empty, replace(form, cells={**form.cells, **days}))
    as_of = {reading.measure: reading.as_of for reading in checked.prepared.report.readings if reading.column is Column.YTD}
    assert (as_of["coal_samples_taken"], as_of["coal_samples_passed"]) == (date(2023, 11, 28), date(2023, 11, 25))
    assert checked.prepared.report.remarks == {"coal_samples_failed": "退回 2 批"}
    wrong = check_form(empty, replace(form, cells={**form.cells, WHOLE_SHEET: "十一月底"}))
    assert WHOLE_SHEET in [cell for cell, _ in wrong.findings]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({("nonsense", YTD): "1"}, "这张表的数据项和打开时不一样了"),
        ({("coal_samples_pending", MONTH): "1"}, "这张表的数据项和打开时不一样了"),
        ({("coal_samples_passed", YTD): "4" * 61}, "「商品煤合格批次」的本年累计超过 60 个字"),
        ({("coal_samples_passed", YTD): "4\x00"}, "「商品煤合格批次」的本年累计里有不能保存的字符"),
        ({("coal_samples_passed", YTD): "\ud800"}, "不能保存的字符"),
    ],
)
def test_what_is_no_cell_or_no_text_is_refused(empty, cells, sentence):
    with pytest.raises(RequestError, match=sentence):
        web_form(empty.catalog, empty.catalog.root, OFFICE, NOVEMBER, cells)


def test_a_finding_stands_at_the_cell_that_it_is_about(empty):
    """A text that is no figure, in the row where it was typed; nobody is told to upload what was not uploaded."""
    checked = check_form(empty, of_coal(empty, passed="很多"))
    assert checked.prepared.status is Outcome.REJECTED
    assert ("coal_samples_passed", YTD) in [cell for cell, finding in checked.findings if finding.code == "not-a-number"]
    assert not [finding for _, finding in checked.findings if "上传" in finding.remedy]
    cells = template_cells(empty.catalog.office_measures(OFFICE))
    assert (cells["F11"], cells["C3"], cells.get("A1")) == (("coal_samples_passed", YTD), WHOLE_SHEET, None)


def test_a_form_is_sent_like_a_file_and_its_cells_are_those_of_the_sheet(empty):
    """The file says that it was filled in on a page, and is the workbook that can be opened again."""
    [stored] = submit_form(empty, of_coal(empty), "王统计", "", "")
    assert (stored.file, stored.by, stored.note) == ("网页填报_2023-11_质量监管科月报表.xlsx", "王统计", "")
    [source] = [cell for cell in empty.store.sources(["coal_samples_passed"], NOVEMBER) if cell.column is Column.YTD]
    assert (source.value, Place(source.sheet, source.cell), source.raw) == (Value.of(44), Place("质量监管科月报表", "F11"), "44")
    assert prepare(empty, [replace(coal(empty), name="again.xlsx", data=empty.store.original(stored.sha256))])[0].status is Outcome.UNCHANGED
    with pytest.raises(RequestError, match="完全相同，不再重复入库"):
        submit_form(empty, of_coal(empty), "王统计", "", "")


def test_what_has_to_be_confirmed_has_to_have_been_seen(empty):
    """A 说明 to other findings than those that stand there now confirms nothing."""
    form = of_coal(empty, tested="54")
    checked = check_form(empty, form)
    assert checked.prepared.status is Outcome.NEEDS_CONFIRMATION
    for by, note, seen, sentence in (
        ("", "3 批次在检", checked.digest, "请先写明报送人"),
        ("王统计", "3 批次在检", "", "核对意见和刚才看到的不一样了"),
        ("王统计", " ", checked.digest, "请先写明说明再入库"),
    ):
        with pytest.raises(RequestError, match=sentence):
            submit_form(empty, form, by, note, seen)
    assert empty.store.submissions() == []
    [stored] = submit_form(empty, form, "王统计", "3 批次在检", checked.digest)
    assert stored.note == "3 批次在检"


def test_what_somebody_else_sent_meanwhile_is_not_written_over_unseen(empty):
    """Two have the sheet open: the second sees the figures of the first before hers take their place."""
    form = of_coal(empty)
    seen = check_form(empty, form).digest
    submit_form(empty, of_coal(empty, passed="43", failed="8"), "李统计", "", "")
    with pytest.raises(RequestError, match="有人刚报过这张表，没有入库"):
        submit_form(empty, form, "王统计", "", seen)
    [stored] = empty.store.current_submissions()
    assert stored.by == "李统计"
    checked = check_form(empty, form)
    assert {(change.measure, change.old, change.new) for change in checked.prepared.changes} >= {("coal_samples_passed", Value.of(43), Value.of(44))}
    submit_form(empty, form, "王统计", "核对过", checked.digest)
    assert [submission.by for submission in empty.store.current_submissions()] == ["王统计"]


def test_a_draft_is_of_an_account_an_office_and_a_month(empty):
    """What was typed last counts; others do not see it; once it is sent, or all is deleted, there is none."""
    mine, root = empty.of(FILER), empty.catalog.root
    keep_form(mine, of_coal(empty, passed="4"))
    keep_form(mine, of_coal(empty))
    assert kept_form(mine, root, OFFICE, NOVEMBER) == of_coal(empty)
    assert len(list(empty.store.drafts.of("wang")._folder.rglob("*-*"))) == 1  # the one before is gone
    assert kept_form(mine, root, OFFICE, NOVEMBER.plus(1)) is None
    assert kept_form(empty, root, OFFICE, NOVEMBER) is None
    assert form_sheet(mine, root, OFFICE, NOVEMBER).origin is FormOrigin.DRAFT
    submit_form(mine, of_coal(empty), "", "", "")
    assert kept_form(mine, root, OFFICE, NOVEMBER) is None
    keep_form(mine, of_coal(empty, passed="45"))
    keep_form(mine, web_form(empty.catalog, root, OFFICE, NOVEMBER, {}))
    assert kept_form(mine, root, OFFICE, NOVEMBER) is None


def test_a_draft_outlives_a_change_of_the_catalogue(empty):
    """What was typed into the rows that are left is still there, and how much is not is known."""
    keep_form(empty, of_coal(empty))
    ended = empty.catalog.measures["coal_samples_pending"].model_copy(update={"last": NOVEMBER.plus(-1)})
    later = replace(empty, catalog=replace(empty.catalog, measures={**empty.catalog.measures, ended.code: ended}))

    draft = kept_form(later, empty.catalog.root, OFFICE, NOVEMBER)

    assert draft is not None
    assert (draft.gone, {code: text for (code, _), text in draft.cells.items()}) == (
        1,
        {f"coal_samples_{name}": text for name, text in COAL.items() if name != "pending"},
    )


def test_a_draft_that_cannot_be_kept_is_said(empty, monkeypatch):
    def full(*_: object) -> None:
        raise StoreError("磁盘已满")

    monkeypatch.setattr(Drafts, "keep", full)
    with pytest.raises(StoreError, match="草稿没有存下"):
        keep_form(empty, of_coal(empty))


def test_an_office_fills_in_its_own_sheet_alone(empty):
    """Whoever names another one in a request."""
    other, form, root = empty.of(OTHER), of_coal(empty), empty.catalog.root
    for act in (
        lambda: form_sheet(other, root, OFFICE, NOVEMBER),
        lambda: keep_form(other, form),
        lambda: check_form(other, form),
        lambda: submit_form(other, form, "", "", ""),
    ):
        with pytest.raises(DeniedError, match="不能报送报表：这是质量监管科的"):
            act()


def test_a_locked_month_takes_no_form(empty):
    lock(empty, NOVEMBER, "李主任", "已上会")
    assert form_sheet(empty, empty.catalog.root, OFFICE, NOVEMBER).lock is not None
    with pytest.raises(RequestError, match="有必须修改的问题，没有入库"):
        submit_form(empty, of_coal(empty), "王统计", "", "")


def test_a_form_of_two_steps_waits_like_a_file(empty, monkeypatch):
    monkeypatch.setenv("KPI_TWO_STEPS", "yes")
    [referred] = submit_form(empty.of(FILER), of_coal(empty), "", "", "")
    assert (referred.seq, bool(referred.referral), empty.store.submissions()) == (0, True, [])


def test_a_sheet_is_opened_with_what_is_on_file_and_shows_what_was_before(empty):
    """The month before and the same month last year stand beside; what is on file is typed as it was stated."""
    files = [
        coal(empty, NOVEMBER.plus(-12), passed=40, tested=47),
        coal(empty, NOVEMBER.plus(-1), passed="约40", tested=47),
        coal(empty, passed="43余", tested=50),
    ]
    accept(empty, prepare(empty, files), "王统计", "核对过")
    sheet = form_sheet(empty, empty.catalog.root, OFFICE, NOVEMBER)
    assert (sheet.origin, sheet.form.cells["coal_samples_passed", YTD], sheet.form.cells["coal_samples_tested", YTD]) == (FormOrigin.ON_FILE, "≥43", "50")
    [row] = [row for row in sheet.rows if row.measure.code == "coal_samples_passed"]
    assert row.last_month is not None
    assert row.last_year is not None
    assert (row.last_month.value, row.last_year.value) == (Value.of(40, Qualifier.ABOUT), Value.of(40))
    assert [row.measure for row in sheet.rows] == list(empty.catalog.office_measures(OFFICE))
    assert form_sheet(empty, empty.catalog.root, OFFICE, NOVEMBER.plus(1)).origin is FormOrigin.BLANK
    assert sheet.on_file is not None
    assert not check_form(empty, form_on_file(empty, sheet.on_file)).prepared.changes
    assert PRIOR not in {column for _, column in sheet.form.cells}


def test_a_form_of_one_of_several_organisations_is_stored_as_its_own(province):
    """Its name stands in the sheet, so that the file says the same wherever it is dropped again."""
    org, other = province.catalog.leaves(province.catalog.root)[:2]
    office = next(iter(province.catalog.offices))
    measure = province.catalog.office_measures(office)[0]
    form = web_form(province.catalog, org, office, NOVEMBER, {(measure.code, YTD): "12"})
    keep_form(province, form)
    assert kept_form(province, other, office, NOVEMBER) is None
    checked = check_form(province, form)
    [stored] = submit_form(province, form, "王统计", "核对过", checked.digest)
    assert (stored.org, stored.office, province.store.stated(office, NOVEMBER, org)[measure.code, Column.YTD]) == (org, office, Value.of(12))
