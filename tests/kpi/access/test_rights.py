"""Who may do what: each use case with each role, each organisation and each office, checked where it is done and not only on a page."""

import shutil
from collections.abc import Callable
from datetime import date, datetime

import pytest

from kpi.access.audit import Audit, Audited
from kpi.access.caller import WITHOUT_LOGIN, Caller, DeniedError
from kpi.access.roles import RIGHTS, AccountRole, Right
from kpi.bureau import LiveBureau
from kpi.errors import KpiError
from kpi.filing import completeness, intake, submissions
from kpi.meeting import as_known, editions, follow_up_acts, follow_up_opening, follow_ups, meeting_notes
from kpi.meeting.follow_up_opening import Assignment
from kpi.meeting.occasion import Occasion
from kpi.papers.checking.paper_check import check_paper
from kpi.papers.past.proposed_figures import proposed_figures
from kpi.papers.reading.plain_text import text_document
from kpi.papers.writing.paper_figures import paper_figures
from kpi.papers.writing.summary_writing import write_summary
from kpi.papers.writing.superior_form import filled_form
from kpi.papers.writing.template_filling import fill_template
from kpi.period import Month
from kpi.review import board, ranking, relation_results, series, source, status_course
from kpi.store.meeting_note import NoteKind
from tests import blank
from tests.kpi.province import report, write_catalog

NOVEMBER = Month(2023, 11)
DAY = date(2023, 12, 6)
AT = datetime.fromisoformat("2023-12-06T09:00:00")
OCCASION = Occasion("别人的名字", at=AT)
GIVEN = Assignment("food", "张三", date(2024, 3, 31))
PAPER = text_document("截至2023年11月30日，食品抽检400批次，食品抽检合格390批次。", "总结.txt")
UseCase = Callable[[LiveBureau], object]
READS: dict[str, UseCase] = {
    "board": lambda bureau: board.board(bureau, NOVEMBER, org="donghu"),
    "missed": lambda bureau: board.missed(bureau, NOVEMBER, org="donghu"),
    "everything": lambda bureau: board.everything(bureau, NOVEMBER, org="donghu"),
    "series": lambda bureau: series.series(bureau, "food_pass_rate", NOVEMBER, NOVEMBER, org="donghu"),
    "source": lambda bureau: source.source(bureau, "food_pass_rate", NOVEMBER, org="donghu"),
    "relations": lambda bureau: relation_results.relations(bureau, NOVEMBER, "donghu"),
    "statuses": lambda bureau: status_course.statuses_of_months(bureau, "donghu", NOVEMBER),
    "completeness": lambda bureau: completeness.completeness(bureau, NOVEMBER, DAY, "donghu"),
    "known": lambda bureau: as_known.known(bureau, DAY, NOVEMBER, "donghu"),
    "check": lambda bureau: check_paper(bureau, PAPER, NOVEMBER, "donghu"),
    "summary": lambda bureau: write_summary(bureau, NOVEMBER, org="donghu"),
    "slides and report": lambda bureau: paper_figures(bureau, NOVEMBER, "donghu"),
    "template": lambda bureau: fill_template(bureau, b"", "模板.docx", NOVEMBER, org="donghu"),
    "form": lambda bureau: filled_form(bureau, "上级的表.xlsx", b"", NOVEMBER, "donghu"),
}
ACTS: dict[str, tuple[Right, UseCase]] = {
    "withdraw": (Right.ACCEPT, lambda bureau: submissions.withdraw(bureau, 1, "别人的名字", "报错")),
    "lock": (Right.CLOSE, lambda bureau: submissions.lock(bureau, NOVEMBER, "别人的名字", "定稿", org="donghu")),
    "unlock": (Right.CLOSE, lambda bureau: submissions.unlock(bureau, NOVEMBER, "别人的名字", "更正", org="donghu")),
    "freeze": (Right.MEET, lambda bureau: editions.freeze(bureau, NOVEMBER, "别人的名字", org="donghu")),
    "keep_note": (Right.MEET, lambda bureau: meeting_notes.keep_note(bureau, NoteKind.DECISION, "整改", NOVEMBER, OCCASION, "donghu")),
    "open_on_problem": (Right.MEET, lambda bureau: follow_up_opening.open_on_problem(bureau, "整改 2 项", NOVEMBER, GIVEN, OCCASION, "donghu")),
    "add_progress": (Right.MEET, lambda bureau: follow_up_acts.add_progress(bureau, 3, "办了", OCCASION)),
    "figures of an old paper": (Right.SUBMIT, lambda bureau: proposed_figures(bureau, PAPER, None, "donghu")),
    "sign": (Right.SIGN, lambda bureau: follow_up_acts.sign(bureau, 3, "办好了", OCCASION)),
}
LISTS: dict[str, UseCase] = {
    "history": lambda bureau: submissions.history(bureau),
    "editions": lambda bureau: editions.editions(bureau),
    "notes": lambda bureau: meeting_notes.notes(bureau),
    "follow_ups": lambda bureau: follow_ups.follow_ups(bureau, date(2023, 12, 31)),
}


def caller(role: AccountRole, org: str = "", office: str = "") -> Caller:
    return Caller("zhang.san", "张三", role, org, office)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """东湖 and 港口 have reported; 东湖 has a follow-up, a note and an edition."""
    folder = tmp_path_factory.mktemp("reported")
    with blank.opened(folder / "data", write_catalog(folder / "catalog")) as opened:
        opened.store.commit([report(org, "food", "2023-11", food_tested="40 400", food_passed="39 390", food_shops="– 500") for org in ("donghu", "gangkou")])
        follow_up_opening.open_on_problem(opened, "整改", NOVEMBER, GIVEN, Occasion("李主任", at=AT), "donghu")
        meeting_notes.keep_note(opened, NoteKind.MINUTE, "开会", NOVEMBER, Occasion("李主任", at=AT), "donghu")
        editions.freeze(opened, NOVEMBER, "李主任", org="donghu")
    return folder


@pytest.fixture
def bureau(tmp_path, reported):
    """A copy of it."""
    folder = shutil.copytree(reported, tmp_path / "own")
    with blank.opened(folder / "data", folder / "catalog") as opened:
        yield opened


def refused(act: UseCase, bureau: LiveBureau) -> bool:
    """Whether a use case is refused because of who asks, or as if there were no such thing; any other refusal is of what is asked for."""
    try:
        act(bureau)
    except DeniedError:
        return True
    except KpiError as fault:
        return str(fault).startswith("没有第 3 号督办")
    return False


@pytest.mark.parametrize("name", READS)
def test_figures_are_for_those_who_may_read_the_organisation(bureau, name):
    act = READS[name]
    for role in AccountRole:
        assert refused(act, bureau.of(caller(role))) is (Right.READ not in RIGHTS[role]), role
    for org, sees in {"qinglan": True, "jiangcheng": True, "donghu": True, "nanhu": False, "haizhou": False, "gangkou": False}.items():
        assert refused(act, bureau.of(caller(AccountRole.LEADER, org))) is not sees, org
    assert not refused(act, bureau.of(WITHOUT_LOGIN))


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_for_the_roles_that_have_its_right(bureau, name):
    right, act = ACTS[name]
    for role in AccountRole:
        office = "food" if role is AccountRole.FILER else ""
        assert refused(act, bureau.of(caller(role, "gangkou", office))), (role, "another organisation")
    for role in AccountRole:
        assert refused(act, bureau.of(caller(role, "donghu"))) is (right not in RIGHTS[role]), role


@pytest.mark.parametrize("name", LISTS)
def test_what_lists_several_leaves_out_what_is_of_others(bureau, name):
    act = LISTS[name]
    assert len(act(bureau.of(caller(AccountRole.LEADER, "donghu")))) == 1
    assert len(act(bureau.of(caller(AccountRole.LEADER, "jiangcheng")))) == 1
    assert len(act(bureau.of(caller(AccountRole.LEADER, "nanhu")))) == 0
    assert len(act(bureau.of(caller(AccountRole.ADMINISTRATOR)))) == 0


def test_a_rank_is_for_those_who_may_read_the_node(bureau):
    rank: UseCase = lambda bureau: ranking.rank(bureau, "food_pass_rate", NOVEMBER, "jiangcheng")  # noqa: E731
    assert not refused(rank, bureau.of(caller(AccountRole.LEADER, "jiangcheng")))
    assert refused(rank, bureau.of(caller(AccountRole.LEADER, "donghu")))


def test_an_original_is_for_its_office_and_for_who_reads_all(bureau):
    submission = bureau.store.submission(1)
    for own, sees in {
        caller(AccountRole.LEADER): True,
        caller(AccountRole.FILER, "donghu", "food"): True,
        caller(AccountRole.FILER, "donghu", "credit"): False,
        caller(AccountRole.FILER, "gangkou", "food"): False,
        caller(AccountRole.ADMINISTRATOR): False,
        caller(AccountRole.AUDITOR): False,
    }.items():
        assert refused(lambda asked: submissions.require_original(asked, submission), bureau.of(own)) is not sees, own


def test_a_sheet_is_submitted_by_its_own_office_or_who_reviews(bureau, monkeypatch):
    class Read:
        org, office, period = "donghu", "credit", NOVEMBER

    class Ready:
        report, status, mates, key, at = Read(), None, {}, 1, 0
        file, data = "一.xlsx", b""

    def submit(asked: LiveBureau) -> object:
        return intake.accept(asked, [Ready()], "别人的名字")

    monkeypatch.setattr(intake, "_require_notes", lambda *_: (_ for _ in ()).throw(KpiError("到这里为止")))
    for own, may in {
        caller(AccountRole.FILER, "donghu", "credit"): True,
        caller(AccountRole.FILER, "donghu", "food"): False,
        caller(AccountRole.FILER, "nanhu", "credit"): False,
        caller(AccountRole.REVIEWER, "jiangcheng"): True,
        caller(AccountRole.REVIEWER, "haizhou"): False,
        caller(AccountRole.LEADER): False,
        caller(AccountRole.ADMINISTRATOR): False,
        caller(AccountRole.AUDITOR): False,
        WITHOUT_LOGIN: True,
    }.items():
        assert refused(submit, bureau.of(own)) is not may, own


def test_who_is_logged_in_signs_whatever_was_typed(bureau):
    mine = bureau.of(caller(AccountRole.REVIEWER))
    assert submissions.withdraw(mine, 1, "别人的名字", "报错").decision.by == "张三"
    assert editions.freeze(mine, NOVEMBER, "", org="gangkou").edition.by == "张三"
    assert meeting_notes.keep_note(mine, NoteKind.MINUTE, "开会", NOVEMBER, Occasion("", at=AT), "donghu").by == "张三"
    assert submissions.lock(bureau, NOVEMBER, "王统计", "定稿", org="donghu").by == "王统计"


def test_what_changes_something_is_in_the_audit(bureau, tmp_path):
    audit = Audit(tmp_path / "data")
    mine = LiveBureau(bureau.catalog, bureau.store, bureau.pasts, caller(AccountRole.REVIEWER), parser=bureau.parser, audit=audit)
    submissions.withdraw(mine, 1, "", "报错")
    submissions.lock(mine, NOVEMBER, "", "定稿", org="gangkou")
    meeting_notes.keep_note(mine, NoteKind.MINUTE, "开会", NOVEMBER, Occasion("", at=AT), "donghu")
    follow_up_acts.add_progress(mine, 3, "办了", Occasion("", at=AT))
    said = [(entry.what.value, entry.account, entry.about) for entry in audit.entries()]
    assert said == [
        ("撤回", "zhang.san", "第 1 号 东湖区市场监管局食品科 2023 年 11 月"),
        ("锁定或解锁期间", "zhang.san", "锁定 港口区市场监管局 2023 年 11 月"),
        ("会议和督办", "zhang.san", "会议记录第 8 号"),
        ("会议和督办", "zhang.san", "第 3 号督办 进展"),
    ]


def test_all_of_a_long_list_is_in_the_audit(tmp_path):
    """Sixty reports of one click: none of them is cut off."""
    audit = Audit(tmp_path)
    items = [f"第 {number} 号 某某区市场监督管理局信用监督管理科 2023 年 11 月" for number in range(1, 61)]
    audit.note(Audited.SUBMIT, WITHOUT_LOGIN, "；".join(items))
    audit.note(Audited.ACCOUNT, WITHOUT_LOGIN, "长" * 2000, before={"角色": "领导"}, after={"角色": "审核员"})
    *reports, account = audit.entries()
    assert [item for entry in reports for item in entry.about.split("；")] == items
    assert len(reports) > 1
    assert (len(account.about), account.before, account.after) == (500, "角色：领导", "角色：审核员")


def test_what_was_done_stands_although_the_audit_cannot_be_written(bureau, tmp_path, monkeypatch, caplog):
    """The log of the data has it with its signature; nobody is told that it was not done."""
    audit = Audit(tmp_path / "data")
    mine = LiveBureau(bureau.catalog, bureau.store, bureau.pasts, caller(AccountRole.REVIEWER), parser=bureau.parser, audit=audit)

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("kpi.access.journal._write", full)
    withdrawal = submissions.withdraw(mine, 1, "", "报错")
    assert bureau.store.decisions(NOVEMBER)[-1] == withdrawal.decision
    assert list(audit.entries()) == []
    assert "审计记录" in caplog.text
    assert "磁盘已满" in caplog.text


def test_a_refusal_names_who_may_and_what_the_account_is(bureau):
    with pytest.raises(DeniedError, match=r"^账号「张三」是领导，不能锁定期间；这件事由审核员做，角色不对的请管理员改。$"):
        submissions.lock(bureau.of(caller(AccountRole.LEADER)), NOVEMBER, "", "定稿", org="donghu")
    with pytest.raises(DeniedError, match=r"^账号「张三」属于南湖区市场监管局，不能看数：东湖区市场监管局不在它下面。$"):
        board.board(bureau.of(caller(AccountRole.LEADER, "nanhu")), NOVEMBER, org="donghu")
