"""``--help``: what a command takes, in Chinese, in columns that stand straight under Chinese words too."""

import re

import pytest
import typer.core
from rich.cells import cell_len

from kpi.cli.app import app, main

NAMES = typer.main.get_command(app).commands
COMMANDS = [[], *([name] for name in NAMES), *([name, below] for name, group in NAMES.items() for below in getattr(group, "commands", ()))]
ENGLISH = re.compile(r"(?<![-A-Za-z_./=\[|])[A-Za-z]{2,}(?![-A-Za-z_./=|])")
KNOWN = {"python", "kpi", "KPI", "JSON", "TOML", "adds", "all", "replaces", "ytd", "sub", *(word for words in COMMANDS for word in words), "DATA", "CATALOG"}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_help_page_is_chinese_and_fits(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """No English but the names that are typed; nothing wider than a terminal; every option is listed."""
    assert main([*words, "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"用法：python -m kpi {' '.join(words)}")
    assert set(ENGLISH.findall(page)) <= KNOWN
    assert max(map(cell_len, page.splitlines())) <= 80
    command = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]
    listed = re.findall(r"^  (\S+)", page, re.MULTILINE)
    options = [name for parameter in command.params for name in parameter.opts if name.startswith("-")]
    assert [name for name in listed if name.startswith("-")] == [*options, "--help"]


def test_what_must_be_written_and_what_holds_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Beside each option; what follows stands under the column of its words."""
    main(["board", "--help"])
    lines = capsys.readouterr().out.splitlines()
    [period] = [line for line in lines if "--period" in line]
    assert period.endswith("月份，如 2023-11（必填）")
    assert "".join(lines).replace(" ", "").count("（默认ytd）") == 1
    [day, data] = [next(line for line in lines if line.startswith(start)) for start in ("  --as-of 日期", "  --data 文件夹")]
    assert cell_len(day[: day.index("按这一天")]) == cell_len(data[: data.index("数据目录")]) == cell_len(period[: period.index("月份")])
