"""报表导入 piece by piece, without a browser: what is asked, kept, told, opened, removed and found again."""

import io
import threading

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from streamlit.testing.v1 import AppTest

import kpi.filing.desk
from kpi.filing.intake import accept, prepare
from kpi.period import Month
from pages.widgets import progress
from tests.kpi.filing.test_intake import coal, one, renamed
from tests.kpi.workbook.ledgers.books import food, food_rows
from tests.pages.conftest import SHELL
from tests.pages.fragments import fragments, table
from tests.pages.test_entry import EXCEL, button, opened

OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)


def drop(shell, *files: tuple[str, bytes]):
    """Drop files together."""
    shell.file_uploader[0].set_value([(name, data, EXCEL) for name, data in files]).run()
    assert not shell.exception
    assert not shell.error
    return shell


def headline(shell) -> str:
    return shell.header[0].value


def labels(shell) -> list[str]:
    return [expander.label for expander in shell.expander]


def address(shell) -> str:
    """The draft in the address; a list while several are possible."""
    draft = shell.query_params["draft"]
    return draft if isinstance(draft, str) else draft[0]


def asked(shell):
    return [choice for choice in shell.selectbox if choice.key and choice.key.startswith("answer-")]


def test_what_was_dropped_lies_below_and_the_place_to_drop_is_empty_again(bare_shell, empty):
    """So that more files can be dropped; the address leads back to them."""
    opened(bare_shell)
    drop(bare_shell, ("坏.docx", b"x"))
    assert not bare_shell.file_uploader[0].value
    drop(bare_shell, ("质量.xlsx", coal(empty).data))
    assert headline(bare_shell) == "收到 2 份：1 份可以入库，1 份需要修改。"
    assert labels(bare_shell)[:2] == ["■ 需要修改：坏.docx", "● 可以入库：质量.xlsx · 质量监管科 2023 年 11 月，5 个数"]
    draft = address(bare_shell)

    again = AppTest.from_file(str(SHELL), default_timeout=60)
    again.query_params["draft"] = draft
    opened(again)
    assert headline(again) == "收到 2 份：1 份可以入库，1 份需要修改。"
    assert any(caption.value.startswith("其中 2 份文件是先前拖入、还没有入库的") for caption in again.caption)


def test_an_address_that_leads_nowhere_says_so(bare_shell):
    bare_shell.query_params["draft"] = "0" * 32
    opened(bare_shell)
    assert "超过 7 天" in bare_shell.info[0].value
    assert "draft" not in bare_shell.query_params


def test_a_question_is_asked_once_answered_once_and_taken_back(bare_shell, empty):
    """Of two months of one layout; the answer names who gave it, next month's file asks nothing, undone it is asked again."""
    opened(bare_shell)
    drop(bare_shell, ("十月.xlsx", renamed(empty, OCTOBER).data), ("十一月.xlsx", renamed(empty, NOVEMBER, taken=90).data))
    [question] = asked(bare_shell)
    assert question.label == "「商品煤抽检/商品煤合格的批次数」这一行是哪个数据项？"
    assert question.options[:1] == ["商品煤合格批次（批次）"]
    assert "不是我们的数据" in question.options
    assert any("另有 1 处相同" in caption.value and "本年累计 44" in caption.value for caption in bare_shell.caption)

    button(bare_shell, "记住").click().run()
    assert bare_shell.warning[0].value == "还没有选任何一项。"
    asked(bare_shell)[0].set_value("coal_samples_passed")
    button(bare_shell, "记住").click().run()
    assert bare_shell.warning[0].value.startswith("请先写明报送人")

    bare_shell.text_input(key="by").set_value("王统计").run()
    asked(bare_shell)[0].set_value("coal_samples_passed")
    button(bare_shell, "记住").click().run()
    assert bare_shell.success[0].value == "记住了 1 条对应关系，文件已按它重新读取。"
    assert asked(bare_shell) == []
    assert [one.by for one in empty.store.answers_in_force()] == ["王统计"]

    drop(bare_shell, ("十二月.xlsx", renamed(empty, Month(2023, 12)).data))
    assert asked(bare_shell) == []
    assert "已记住的对应关系（1 条）" in labels(bare_shell)


@pytest.mark.parametrize("count", [1, 2])
def test_a_note_of_its_own_for_each_of_several_files(bare_shell, empty, count):
    """One note is enough for one file; of several each may have its own."""
    opened(bare_shell)
    files = [("十月.xlsx", coal(empty, OCTOBER, tested=54, pending=24).data), ("十一月.xlsx", coal(empty, tested=54, pending=24).data)]
    drop(bare_shell, *files[:count])
    assert len(bare_shell.text_area) == {1: 1, 2: 3}[count]
    bare_shell.text_input(key="by").set_value("王统计").run()
    bare_shell.text_area[0].set_value("复检中").run()
    bare_shell.text_area[-1].set_value("见附件").run()
    button(bare_shell, "入库").click().run()
    assert bare_shell.success[0].value == f"已入库 {count} 份报表，看板已经更新。报错了，在「报送记录」点开那一份撤回。"
    assert [one.note for one in empty.store.submissions()] == ["复检中", "见附件"][-count:]
    assert "draft" not in bare_shell.query_params


def test_a_locked_file_asks_for_its_password(bare_shell, empty):
    """Wrong is said to be wrong; right opens it; the session keeps neither."""
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(coal(empty).data)).encrypt("开门三次", sink)
    opened(bare_shell)
    drop(bare_shell, ("锁.xlsx", sink.getvalue()))
    assert labels(bare_shell)[0] == "◆ 需要密码：锁.xlsx"

    for word, label in (("错的错的", "◆ 需要密码：锁.xlsx"), ("开门三次", "● 可以入库，1 条提示：锁.xlsx · 质量监管科 2023 年 11 月，5 个数")):
        [field] = [one for one in bare_shell.text_input if one.key and one.key.startswith("password-")]
        field.set_value(word)
        button(bare_shell, "打开").click().run()
        assert labels(bare_shell)[0] == label
        assert word not in repr(bare_shell.session_state)


def test_a_sheet_that_says_nobody_and_no_month_is_told(bare_shell):
    """Candidates of its figures first; told for this file only."""
    opened(bare_shell)
    drop(bare_shell, ("无.csv", "项目,本年累计\n新登记市场主体,5000\n新登记企业,1300\n".encode()))
    assert labels(bare_shell)[0] == "◇ 先回答问题：无.csv"
    office, period = (next(one for one in bare_shell.selectbox if one.label == label) for label in ("科室", "期间"))
    assert office.options[0] == "登记注册科"
    office.set_value("registration")
    period.set_value("2023-11")
    button(bare_shell, "按这里选的读取").click().run()
    assert labels(bare_shell)[0] == "▲ 写明说明后可以入库：无.csv · 登记注册科 2023 年 11 月，2 个数"
    assert any("登记注册科 2023 年 11 月报表读出 2 个数" in text.value for text in bare_shell.markdown)


def test_one_file_or_all_can_be_let_go(bare_shell, empty):
    """Nothing is stored; the draft is gone with the last one."""
    opened(bare_shell)
    drop(bare_shell, ("一.xlsx", coal(empty, OCTOBER).data), ("二.xlsx", coal(empty).data), ("三.docx", b"x"))
    next(one for one in bare_shell.button if one.key and one.key.startswith("remove-")).click().run()
    assert headline(bare_shell) == "收到 2 份：1 份可以入库，1 份需要修改。"
    button(bare_shell, "确认放弃").click().run()
    assert bare_shell.success[0].value == "这一批已放弃，没有入库。"
    assert ([header.value for header in bare_shell.header], empty.store.version) == (["下载空白报表"], 0)
    assert "draft" not in bare_shell.query_params


def test_a_correction_shows_old_and_new_and_what_is_gone(shell, demo):
    """Changed figures in one table, those that become 未报 in another."""
    opened(shell)
    drop(shell, ("更正.xlsx", coal(demo, passed=45, failed=6).data))
    assert "2023 年 11 月有 34 个数这一份里没有，入库后变为未报" in labels(shell)
    changed = table(fragments(shell), "2023 年 11 月变动的数")
    [passed] = [row for row in changed if (row["数据项"], row["列"]) == ("商品煤合格批次", "本年累计")]
    assert (passed["已入库"], passed["这一份"]) == ("44 批次", "45 批次")
    assert labels(shell)[0].endswith(f"：更正.xlsx · 质量监管科 2023 年 11 月，5 个数，与已入库的有 {len(changed)} 个不同，拿掉 34 个")
    next(one for one in shell.button if one.key and one.key.startswith("remove-")).click().run()


def test_two_files_of_one_name_are_told_apart(bare_shell, empty):
    """By whose they are, of which month, and how many figures they have."""
    opened(bare_shell)
    drop(bare_shell, ("月报.xlsx", coal(empty, OCTOBER).data), ("月报.xlsx", coal(empty, tested="").data))
    assert [label.partition("：")[2] for label in labels(bare_shell)[:2]] == [
        "月报.xlsx · 质量监管科 2023 年 10 月，5 个数",
        "月报.xlsx · 质量监管科 2023 年 11 月，4 个数",
    ]


def test_what_was_just_stored_is_not_said_to_be_lost(bare_shell, empty):
    """The address still names the draft when the page is drawn the next time, and nothing is left of it: that is what was asked for."""
    opened(bare_shell)
    drop(bare_shell, ("质量.xlsx", coal(empty).data))
    draft = address(bare_shell)
    bare_shell.text_input(key="by").set_value("王统计").run()
    button(bare_shell, "入库").click().run()
    assert [success.value for success in bare_shell.success] == ["已入库 1 份报表，看板已经更新。报错了，在「报送记录」点开那一份撤回。"]
    assert not bare_shell.info

    bare_shell.query_params["draft"] = draft  # 后退
    bare_shell.run()
    assert not bare_shell.info
    assert "draft" not in bare_shell.query_params


def test_an_address_never_promises_a_ledger_that_no_draft_keeps(bare_shell, empty):
    """It may name people; after a reload there would be nothing, and that would be called stored or let go."""
    opened(bare_shell)
    ledger = food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 3))
    drop(bare_shell, (ledger.name, ledger.data))
    assert "draft" not in bare_shell.query_params
    drop(bare_shell, ("质量.xlsx", coal(empty).data))
    assert "draft" in bare_shell.query_params


def test_long_reading_shows_progress_and_can_be_stopped(bare_shell, empty, monkeypatch):
    """The first file is shown, the second left; then it is read after all."""
    from threading import Event

    parse, slow = empty.parser.read, Event()

    def slowly(data: bytes, name: str, *rest: object) -> object:
        if name.startswith("慢"):
            slow.wait()
        return parse(data, name, *rest)

    monkeypatch.setattr(empty.parser, "read", slowly)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    opened(bare_shell)
    bare_shell.file_uploader[0].set_value([("快.xlsx", coal(empty, OCTOBER, taken=70, pending=19).data, EXCEL), ("慢.xlsx", coal(empty).data, EXCEL)]).run()
    reading = bare_shell.session_state["desk"].reading()
    while reading.done < 1:
        reading.finished(0.01)
    bare_shell.run()
    assert not bare_shell.text_area
    assert button(bare_shell, "停止读取")

    button(bare_shell, "停止读取").click().run()
    assert reading.finished(60)
    bare_shell.run()
    assert bare_shell.warning[0].value == "已停止：还有 1 份没有读，「慢.xlsx」，都留在这里；已经读完的照常可以入库。"
    assert headline(bare_shell) == "收到 1 份：1 份可以入库。"

    slow.set()
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    button(bare_shell, "继续读取").click().run()
    assert headline(bare_shell) == "收到 2 份：2 份可以入库。"


def test_what_was_not_read_can_be_taken_off(bare_shell, empty, monkeypatch):
    """Somebody stopped before anything was read: the file is still there, until it is removed."""
    from threading import Event

    slow, parse = Event(), empty.parser.read

    def slowly(data, name, *rest):
        slow.wait()
        return parse(data, name, *rest)

    monkeypatch.setattr(empty.parser, "read", slowly)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    opened(bare_shell)
    bare_shell.file_uploader[0].set_value([("慢.xlsx", coal(empty).data, EXCEL)]).run()
    reading = bare_shell.session_state["desk"].reading()
    button(bare_shell, "停止读取").click().run()
    assert reading.finished(60)
    bare_shell.run()
    slow.set()
    assert bare_shell.warning[0].value == "已停止：还有 1 份没有读，「慢.xlsx」，都留在这里；没有一份读完。"
    button(bare_shell, "移除没有读的").click().run()
    assert (bare_shell.session_state["desk"].files, [*bare_shell.warning]) == ([], [])


def test_the_marked_copy_has_its_marks(bare_shell, empty):
    """At the cell of the unknown row, and the list in front."""
    opened(bare_shell)
    drop(bare_shell, ("十月.xlsx", renamed(empty, OCTOBER).data))
    [file] = bare_shell.session_state["desk"].files
    book = openpyxl.load_workbook(io.BytesIO(file.marked()))
    assert "不认识数据项「商品煤合格的批次数」" in book["质量监管科月报表"]["C11"].comment.text


def test_what_would_be_taken_away_is_the_first_line_and_needs_its_own_note(bare_shell, empty):
    """Before all else on the card; a common note does not do."""
    months = ((OCTOBER, {"taken": 70, "pending": 19}), (NOVEMBER, {}))
    for month, figures in months:
        accept(empty, [one(empty, coal(empty, month, **figures))], "王统计")
    opened(bare_shell)
    drop(bare_shell, *((f"{month}.xlsx", coal(empty, month, **figures | {"pending": ""}).data) for month, figures in months))

    first = "入库后，已入库的 1 个数会变为未报：「商品煤在检批次」。请补上这些数；确要拿掉的，请为这一份单独写明说明。"
    assert [warning.value for warning in bare_shell.warning] == [first] * 2
    assert not any("会变为未报" in text.value for text in bare_shell.markdown)  # said once
    own = [area for area in bare_shell.text_area if area.label == "这一份的说明（必须写）"]
    assert len(own) == 2
    bare_shell.text_input(key="by").input("王统计")
    next(area for area in bare_shell.text_area if area.label.startswith("共同的说明")).input("已核对")
    button(bare_shell, "入库 2 份").click().run()
    assert any("单独写明说明" in warning.value for warning in bare_shell.warning)
    assert len(empty.store.submissions()) == 2


def test_a_ledger_that_lacks_cases_is_asked_whether_it_adds(bare_shell, empty):
    """Ten batches on file, seven others dropped: said first, and once 「这些也算」 is chosen nothing more has to be confirmed; the answer is kept."""
    accept(empty, prepare(empty, [food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10))]), "王统计", "已核对")
    opened(bare_shell)
    second = food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7), "二所11月台账.xlsx")
    drop(bare_shell, (second.name, second.data))

    assert bare_shell.warning[0].value.startswith("2023 年 11 月在库 10 件：其中 10 件这份里没有，另有 7 件是新的；没有的是 A231101、")
    bare_shell.text_input(key="by").input("王统计")
    bare_shell.radio[0].set_value("adds")
    bare_shell.checkbox[0].check()
    button(bare_shell, "按这里选的读取").click().run()
    assert not bare_shell.exception
    assert not any("10 件这份里没有" in warning.value for warning in bare_shell.warning)
    button(bare_shell, "入库 1 份").click().run()

    assert empty.store.background(NOVEMBER).present["food_samples_taken"].month == 17
    [answer] = empty.store.answers_in_force()
    assert (answer.seen, answer.said) == ("二所11月台账", "adds")


def test_office_and_month_can_be_chosen_anew(bare_shell, empty):
    """A remedy says 改选: the page offers it beside every file, and none chosen lets the sheet say again."""
    opened(bare_shell)
    drop(bare_shell, ("质量.xlsx", coal(empty).data))
    choices = [choice for choice in bare_shell.selectbox if choice.placeholder == "按表上写的"]
    assert [choice.label for choice in choices] == ["科室", "期间"]
    choices[1].select(str(OCTOBER))
    button(bare_shell, "按这里选的读取").click().run()
    assert headline(bare_shell) == "收到 1 份：1 份需要修改。"


def test_a_file_with_hints_says_so_and_lies_open(bare_shell, empty):
    """So that what would be stored without 说明 is seen before it is."""
    opened(bare_shell)
    drop(bare_shell, ("质量.xlsx", coal(empty, tested="").data))
    [label] = [label for label in labels(bare_shell) if "质量" in label]
    assert label == "● 可以入库，1 条提示：质量.xlsx · 质量监管科 2023 年 11 月，4 个数"
    assert next(one for one in bare_shell.expander if one.label == label).proto.expanded


def test_the_same_file_twice_is_said(bare_shell, empty):
    """It lies there once, and that nothing was added is not left to be guessed."""
    opened(bare_shell)
    data = coal(empty).data
    drop(bare_shell, ("质量.xlsx", data))
    drop(bare_shell, ("质量.xlsx", data))
    assert headline(bare_shell) == "收到 1 份：1 份可以入库。"
    assert [warning.value for warning in bare_shell.warning] == ["「质量.xlsx」已经拖入过，内容完全相同，还没有入库；不用重复放入，就在下面。"]


def test_what_was_overtaken_is_offered_to_be_read_again(bare_shell, empty, monkeypatch):
    """Somebody else's sheet of that month is stored between the check and the click: nothing is lost, and read again it says so."""
    real = kpi.filing.desk.accept

    def overtaken(*given, **told):
        monkeypatch.setattr("kpi.filing.desk.accept", real)
        real(empty, prepare(empty, [coal(empty, taken=79, pending=28)]), "李统计", "已核对")
        return real(*given, **told)

    opened(bare_shell)
    drop(bare_shell, ("质量.xlsx", coal(empty).data))
    bare_shell.text_input[0].set_value("王统计")
    monkeypatch.setattr("kpi.filing.desk.accept", overtaken)

    button(bare_shell, "入库").click().run()

    assert bare_shell.warning[0].value == "「质量.xlsx」没有入库：读取以后，2023 年 11 月的报表又有新的报送；请重新读取，再核对一次。"
    button(bare_shell, "重新读取").click().run()
    assert not bare_shell.exception
    assert [one.by for one in empty.store.submissions()] == ["李统计"]
    button(bare_shell, "入库").click().run()
    assert [one.by for one in empty.store.submissions()] == ["李统计", "王统计"]


def test_who_waits_for_others_is_told_how_many_are_before_them(bare_shell, empty, monkeypatch):
    """The only place is taken, and a file of somebody else waits before the one that is dropped."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    queue = empty.parser.queue
    monkeypatch.setattr(queue, "places", 1)
    queue.enter("先来的")
    others = threading.Thread(target=lambda: (queue.enter("后来的"), queue.leave("后来的")), daemon=True)
    others.start()
    while not queue.waiting:
        others.join(0.01)
    opened(bare_shell)
    bare_shell.file_uploader[0].upload("质量.xlsx", coal(empty).data, EXCEL).run()
    while queue.waiting < 2:
        others.join(0.01)
    bare_shell.run()
    assert [bar.proto.text for bar in bare_shell.get("progress")] == ["等待读取，前面还有 2 份：已读 0 / 1 份"]
    queue.leave("先来的")
    others.join(60)
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    assert headline(bare_shell.run()) == "收到 1 份：1 份可以入库。"


def test_a_drop_that_is_too_large_is_refused_in_one_sentence(bare_shell, empty, monkeypatch):
    monkeypatch.setenv("KPI_DROP_FILES", "1")
    opened(bare_shell)
    drop(bare_shell, ("甲.xlsx", coal(empty).data), ("乙.xlsx", coal(empty, tested="").data))
    assert [warning.value for warning in bare_shell.warning] == ["一次放入了 2 份，最多 1 份；这一次的都没有收下，请分 2 次放入，前一次的入库以后再放下一次。"]
    assert not [button for button in bare_shell.button if button.label.startswith("入库")]
