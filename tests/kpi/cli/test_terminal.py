"""Commands print text as it stands: no markup, no emoji, no sign that steers a terminal."""

import pytest
from rich.table import Table

from kpi.cli import app as commands
from kpi.cli import options
from kpi.cli.terminal import Terminal

MARK = "[red]红[/red] [link=http://a.cn]点[/link] :smile: \x1b[31m\x9b2J\x07\u202e"
SEEN = "[red]红[/red] [link=http://a.cn]点[/link] :smile: �[31m�2J��"


@pytest.mark.parametrize("stderr", [False, True])
def test_what_people_wrote_is_printed_as_they_wrote_it(capsys, stderr):
    """In a line and in the cells, the head and the title of a table."""
    terminal = Terminal(stderr=stderr)
    terminal.print(MARK, soft_wrap=True)
    table = Table(title=MARK)
    table.add_column(MARK, no_wrap=True)
    table.add_row(MARK)
    terminal.print(table, width=200)
    told = capsys.readouterr()
    assert (told.err if stderr else told.out).count(SEEN) == 4
    assert "\x1b" not in told.err + told.out


def test_a_terminal_too_narrow_for_the_columns_gets_a_line_for_each_row(capsys):
    """Ten columns in 80 cells were folded sign by sign; what fits stays a table."""
    heads = ["部分", "数据项", "月份", "栏目", "原文", "文件", "单元格", "报送人", "时间"]
    row = ["分子", "食品监督抽检合格批次", "2023-11", "本月数", "97", "2023-11_食品科月报表.xlsx", "月报表!C5", "王统计", ""]
    wide = Table(*heads, title="来源")
    wide.add_row(*row)
    Terminal().show(wide)
    narrow = Table(*heads[:3], title="来源")
    narrow.add_row(*row[:3])
    Terminal().show(narrow)
    lines = capsys.readouterr().out.splitlines()
    line = "部分：分子；数据项：食品监督抽检合格批次；月份：2023-11；栏目：本月数；原文：97；文件：2023-11_食品科月报表.xlsx；单元格：月报表!C5；报送人：王统计"
    assert lines[:2] == ["来源", line]
    assert [word in "".join(lines[2:]) for word in ("┏", "食品监督抽检合格批次")] == [True, True]


def test_every_command_prints_through_it():
    assert isinstance(options.console.terminal, Terminal)
    assert isinstance(options.errors.terminal, Terminal)
    assert (options.console.terminal.stderr, options.errors.terminal.stderr) == (False, True)


def test_a_file_that_is_missing_is_named_as_it_was_typed(tmp_path, capsys):
    assert commands.main(["ingest", f"[b]{tmp_path.name}[/b]\x1b[2J.xlsx", "--data", str(tmp_path)]) == 2
    assert f"找不到「[b]{tmp_path.name}[/b]�[2J.xlsx」" in capsys.readouterr().err.replace("\n", "")
