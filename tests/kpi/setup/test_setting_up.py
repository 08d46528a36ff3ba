"""A setup as it goes on: what is kept, what is asked, what later sheets change."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog.measure import UnstatedFigure
from kpi.errors import RequestError
from kpi.setup.proposal import Certainty
from kpi.setup.setting_up import SettingUp, setting_up
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import ProposalVerdict, is_certain
from tests import blank
from tests.kpi.setup.own_sheets import every_sheet, sheet

RATE, TESTED = "rate/shipinke/食品抽检合格率", "measure/shipinke/食品抽检批次"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[LiveBureau]:
    """A bureau with nothing stored, its audit left out."""
    with open_bureau(blank.copied(tmp_path / "data")) as opened:
        yield opened


def begun(bureau: LiveBureau, sheets: list[tuple[str, bytes]] | None = None) -> SettingUp:
    """The setup of a bureau with sheets surveyed."""
    setup = setting_up(bureau)
    assert setup.put(bureau, every_sheet() if sheets is None else sheets) == []
    setup.look(bureau)
    return setup


def without_unit(month: int) -> tuple[str, bytes]:
    """A sheet of 食品科 that does not say what its lots are counted in."""
    name, data = sheet("食品科", month)
    book = load_workbook(BytesIO(data))
    page = book["月报表"]
    page.delete_cols(2)
    written = BytesIO()
    book.save(written)
    return f"无单位{name}", written.getvalue()


def test_it_is_there_after_a_restart(bureau: LiveBureau, tmp_path: Path) -> None:
    """Sheets, answers and changes are as they were; nobody reads a name or a figure in the folder."""
    setup = begun(bureau)
    setup.accept_certain(bureau)
    setup.accept(bureau, TESTED, {"name": "抽检批次", "unit": "批次"})
    setup.refuse(bureau, ["measure/guanggaoke/监测广告"])
    state, files = setup.state, setup.files
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data" / "setup").rglob("*") if path.is_file())
    assert not any(word.encode() in kept for word in ("食品", "广告", "青山县"))
    bureau.close()

    with open_bureau(tmp_path / "data") as again:
        setup = setting_up(again)
        assert (setup.state, setup.files, setup.unsurveyed) == (state, files, False)
        answer = setup.draft.answers[TESTED]
        assert (answer.verdict, dict(answer.changes)) == (ProposalVerdict.CHANGED, {"name": "抽检批次"})
        setup.look(again)  # its sheets are read again, and say the same
        assert setup.state == state
        setup.discard(again)
        assert not (tmp_path / "data" / "setup").exists()
        assert not setup.begun


def test_a_bad_sheet_spoils_no_other(bureau: LiveBureau) -> None:
    """It is named with what to do; taken away, it is forgotten, and what it would have said of the others was never asked."""
    setup = begun(bureau, [*every_sheet(), ("纪要.docx", b"PK\x03\x04broken"), ("空表.csv", "只有,字\n没有,数\n".encode())])

    assert len(setup.unread) == 2
    assert [sentence.partition("：")[0] for sentence in setup.unread] == ["「空表.csv」", "「纪要.docx」"]
    assert len(setup.draft.proposed.offices) == 2

    setup.remove(bureau, [file.key for file in setup.files if file.key in setup.state.unread])
    setup.look(bureau)
    assert setup.unread == ()
    assert len(setup.files) == 6


def test_a_sheet_is_taken_once(bureau: LiveBureau) -> None:
    """The same one under another name is told; another one under the same name counts beside it."""
    sheets = every_sheet()
    setup = begun(bureau, sheets)
    name, data = sheets[3]
    other = sheet("广告科", 1, changed={"监测广告": 311})

    assert setup.put(bureau, [("又一份.xlsx", data)]) == [f"「又一份.xlsx」：这一份和放着的「{name}」内容完全相同，不用重复放入。"]
    assert setup.put(bureau, [other]) == [f"「{name}」和先前放入的同名、内容不同，两份都用；旧的不要了，请移除。"]
    assert len(setup.files) == 7


def test_nothing_uncertain_is_accepted_with_all(bureau: LiveBureau) -> None:
    """Without units nobody knows what is counted, and one month proves no parts of a rate: both stay questions."""
    setup = begun(bureau, [without_unit(1), sheet("广告科", 1)])
    uncertain = {proposal.key for proposal in setup.draft.proposed.everything if not is_certain(proposal)}

    accepted = setup.accept_certain(bureau)

    assert accepted == len(setup.draft.answers) > 0
    assert {proposal.key for proposal in setup.draft.open} == uncertain
    rates = [rate for rate in setup.draft.proposed.rates if rate.certainty is not Certainty.PROVED]
    assert rates
    assert not {rate.key for rate in rates} & set(setup.draft.answers)
    assert setup.accept_certain(bureau) == 0


def test_some_are_accepted_and_an_answer_is_taken_back(bureau: LiveBureau) -> None:
    """Only those of one office; then one of them is open again."""
    setup = begun(bureau)
    own = [measure for measure in setup.draft.proposed.measures if measure.office == "guanggaoke"]

    assert setup.accept_certain(bureau, own) == 2
    setup.reopen(bureau, own[0].key)
    assert [*setup.draft.answers] == [own[1].key]


def test_later_sheets_keep_answers_and_ask_again_what_they_change(bureau: LiveBureau) -> None:
    """A third month in which another denominator fits leaves the offices as they were answered; the rate is a question again."""
    setup = begun(bureau, [sheet("食品科", 1), sheet("食品科", 2)])
    setup.accept_certain(bureau)
    setup.accept(bureau, "office/食品科", {"due_day": "8"})
    setup.accept(bureau, RATE, {"numerator": "shipinchoujianhegepici", "denominator": "shipinchoujianpici"})
    before = dict(setup.draft.answers)
    name, data = sheet("食品科", 3)
    book = load_workbook(BytesIO(data))
    book["月报表"]["D7"] = 71.5  # what no two figures give
    written = BytesIO()
    book.save(written)

    assert setup.put(bureau, [(name, written.getvalue())]) == []
    setup.look(bureau)

    assert setup.draft.answers["office/食品科"].changes == {"due_day": "8"}
    assert {key: answer for key, answer in before.items() if key != RATE} == {key: answer for key, answer in setup.draft.answers.items() if key != RATE}
    assert setup.state.asked_anew == (RATE not in setup.draft.answers)


def test_one_day_for_all_offices(bureau: LiveBureau) -> None:
    """It is accepted with them; a day that no month has is refused."""
    setup = begun(bureau)
    setup.due_day(bureau, "8")

    assert {key: dict(answer.changes) for key, answer in setup.draft.answers.items()} == {"office/广告科": {"due_day": "8"}, "office/食品科": {"due_day": "8"}}
    with pytest.raises(RequestError, match="应报日写一个整数，1 到 28；现在写的是「31」"):
        setup.due_day(bureau, "31")


def test_what_the_sheets_leave_out_is_told_once(bureau: LiveBureau) -> None:
    """Which figure it is where no word says so, and that the name of the file says the month; both stand in the catalogue."""
    setup = begun(bureau)
    setup.accept(bureau, "office/食品科", {"month_in_name": "True"})
    setup.accept(bureau, TESTED, {"unstated": "month"})
    catalog = catalog_of_draft(setup.draft, "青山县市场监管局", date(2026, 1, 1))

    assert [office.month_in_name for office in catalog.offices.values()] == [True]
    assert [measure.unstated for measure in catalog.measures.values()] == [UnstatedFigure.MONTH]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"decimals": "两位"}, "小数位写一个整数，0 到 6"),
        ({"name": " "}, "请写明名称"),
        ({"kind": "both"}, "性质从所列的几种里选"),
        ({"unstated": "week"}, "没写本月或累计时从所列的几种里选"),
        ({"code": "食品"}, "代码只用小写字母、数字和下划线"),
        ({"code": "jianceguanggao"}, "代码「jianceguanggao」已经是「监测广告」的"),
    ],
)
def test_a_field_that_no_catalogue_takes_is_refused(bureau: LiveBureau, wanted: dict[str, str], sentence: str) -> None:
    """What is wrong and what it takes, and nothing is answered."""
    setup = begun(bureau)

    with pytest.raises(RequestError, match=sentence):
        setup.accept(bureau, TESTED, wanted)
    with pytest.raises(RequestError, match="分子、分母从建议里的数据项中选"):
        setup.accept(bureau, RATE, {"numerator": "nobody", "denominator": "shipinchoujianpici"})
    assert not setup.draft.answers


def test_who_may_not_define_sets_nothing_up(bureau: LiveBureau) -> None:
    """A reviewer takes sheets in, an administrator sets up."""
    reviewer = bureau.of(Caller("li", "李审核", AccountRole.REVIEWER))
    setup = setting_up(reviewer)

    with pytest.raises(DeniedError):
        setup.put(reviewer, every_sheet())
    with pytest.raises(DeniedError):
        setup.discard(reviewer)
    assert not setup.begun


def test_a_chosen_formula_follows_the_codes_of_its_measures(bureau: LiveBureau) -> None:
    """Sheets read before the others take the plain codes; a formula that was chosen still means the measures it was chosen of."""
    name, data = sheet("食品科", 1)
    setup = begun(bureau, [(f"后/{name}", data)])
    setup.accept(bureau, RATE, {"numerator": "shipinchoujianbuhegepici", "denominator": "shipinchoujianpici"})
    book = load_workbook(BytesIO(data))
    page = book["月报表"]
    page["A1"], page["A2"] = "青山县市场监管局抽检科月报表", "填报单位：抽检科"
    written = BytesIO()
    book.save(written)

    assert setup.put(bureau, [(f"先/{name}", written.getvalue())]) == []
    setup.look(bureau)

    codes = {measure.key: measure.code for measure in setup.draft.proposed.measures}
    assert codes[TESTED] == "shipinchoujianpici_2"
    assert dict(setup.draft.answers[RATE].changes) == {"numerator": "shipinchoujianbuhegepici_2", "denominator": "shipinchoujianpici_2"}
