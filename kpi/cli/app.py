"""
The command line: every command under its name, and the run of one.

Exit code 0: done; 1: refused, or findings that block; 2: wrong usage; 130 (`kpi.cli.start`): interrupted.  Faults are one Chinese sentence on stderr.
"""

import sys
from collections.abc import Callable, Sequence
from errno import ENOSPC
from functools import cache
from typing import Any

import typer
import typer.main

from kpi.cli import (
    account_commands,
    adoption_commands,
    backup_commands,
    catalog_commands,
    check_command,
    edition_commands,
    figure_commands,
    filing_commands,
    follow_up_commands,
    inbox_command,
    ingest_command,
    meeting_paper_commands,
    own_terminal,
    paper_commands,
    past_command,
    proof_commands,
    referral_commands,
    setup_command,
    target_commands,
    trial_command,
    upkeep_commands,
)
from kpi.cli.help_page import HelpedCommand, HelpedGroup
from kpi.cli.misuse import misuse_words
from kpi.cli.options import errors
from kpi.errors import KpiError, RequestError

app = typer.Typer(cls=HelpedGroup, add_completion=False, help="区市场监管局 KPI 看板的命令行。", rich_markup_mode=None)
accounts = typer.Typer(cls=HelpedGroup, help="账号：谁能登录看板，是什么角色；也可以在「账号」页管理。", rich_markup_mode=None)
tokens = typer.Typer(cls=HelpedGroup, help="接口令牌：别的系统凭它经接口取数。", rich_markup_mode=None)
referrals = typer.Typer(cls=HelpedGroup, help="两步审核：填报员送审的报表，由审核员审核入库或退回。", rich_markup_mode=None)
definitions = typer.Typer(cls=HelpedGroup, help="指标目录：整个写成一个工作簿，改好再读回。", rich_markup_mode=None)
goals = typer.Typer(cls=HelpedGroup, help="目标：读本局的目标任务分解表。", rich_markup_mode=None)
papers = typer.Typer(cls=HelpedGroup, help="材料：由库里的数写成的工作总结、会议材料和报表，填好的上级的表；从旧总结补录上年的数。", rich_markup_mode=None)
meetings = typer.Typer(cls=HelpedGroup, help="会议版：把一个月份的看板定稿，凭编号查看，以后变了什么、为什么。", rich_markup_mode=None)

for command in (
    ingest_command.ingest,
    inbox_command.inbox,
    figure_commands.board,
    figure_commands.missed,
    figure_commands.score,
    figure_commands.series,
    figure_commands.rank,
    proof_commands.source,
    proof_commands.relations,
    check_command.check,
    filing_commands.completeness,
    filing_commands.withdraw,
    filing_commands.lock,
    filing_commands.unlock,
    follow_up_commands.follow_ups,
    setup_command.setup,
    upkeep_commands.template,
    upkeep_commands.demo,
    upkeep_commands.verify,
    upkeep_commands.rebuild,
    backup_commands.backup,
    backup_commands.restore,
):
    app.command(cls=HelpedCommand)(command)
app.command("try", cls=HelpedCommand)(trial_command.try_out)
app.command("note-backup", cls=HelpedCommand, hidden=True)(backup_commands.note_backup)
app.add_typer(definitions, name="catalog")
definitions.command("export", cls=HelpedCommand)(catalog_commands.export_workbook)
definitions.command("import", cls=HelpedCommand)(catalog_commands.import_workbook)
definitions.command(cls=HelpedCommand)(adoption_commands.adopt)
definitions.command(cls=HelpedCommand)(adoption_commands.history)
definitions.command("return", cls=HelpedCommand)(adoption_commands.give_back)
app.add_typer(goals, name="targets")
goals.command(cls=HelpedCommand)(target_commands.read)
app.add_typer(referrals, name="referral")
referrals.command("list", cls=HelpedCommand)(referral_commands.list_referrals)
referrals.command(cls=HelpedCommand)(referral_commands.accept)
referrals.command("return", cls=HelpedCommand)(referral_commands.send_back)
app.add_typer(papers, name="paper")
papers.command(cls=HelpedCommand)(paper_commands.docx)
papers.command(cls=HelpedCommand)(meeting_paper_commands.pptx)
papers.command(cls=HelpedCommand)(meeting_paper_commands.xlsx)
papers.command(cls=HelpedCommand)(meeting_paper_commands.form)
papers.command(cls=HelpedCommand)(past_command.past)
app.add_typer(meetings, name="edition")
meetings.command(cls=HelpedCommand)(edition_commands.freeze)
app.add_typer(accounts, name="account")
accounts.command(cls=HelpedCommand)(account_commands.add)
accounts.command("list", cls=HelpedCommand)(account_commands.list_accounts)
accounts.command(cls=HelpedCommand)(account_commands.disable)
accounts.command(cls=HelpedCommand)(account_commands.enable)
accounts.command(cls=HelpedCommand)(account_commands.subject)
accounts.command(cls=HelpedCommand)(account_commands.email)
accounts.command(cls=HelpedCommand)(account_commands.reset)
app.add_typer(tokens, name="token")
tokens.command("add", cls=HelpedCommand)(account_commands.make_token)
tokens.command("list", cls=HelpedCommand)(account_commands.list_tokens)
tokens.command("revoke", cls=HelpedCommand)(account_commands.revoke_token)
meetings.command("list", cls=HelpedCommand)(edition_commands.list_editions)
meetings.command(cls=HelpedCommand)(edition_commands.show)
meetings.command(cls=HelpedCommand)(edition_commands.changes)


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command.

    Args:
        arguments: The words after ``python -m kpi``; else those of this process.

    Returns:
        The exit code: 0 done, 1 refused or findings that block, 2 wrong usage.
    """
    own_terminal.accept_every_sign()
    return run(sys.argv[1:] if arguments is None else arguments, sys.stdout.flush)


def run(given: Sequence[str], finish: Callable[[], None] = lambda: None) -> int:
    """
    Run one command at the workplace in force.

    Args:
        given: The words after ``python -m kpi``.
        finish: What remains to be done with its output.

    Returns:
        As `main`.

    """
    try:
        if unreadable := next((words for words in given if words != words.encode(errors="replace").decode()), None):
            raise RequestError(f"「{unreadable}」里有读不出的字，终端的编码与系统的不同；请把终端设为 UTF-8 再写。")
        outcome = _commands().main(list(given) or ["--help"], prog_name="python -m kpi", standalone_mode=False)
        finish()
        return outcome if isinstance(outcome, int) else 0
    except typer.TyperException as error:  # of all misuse
        errors.print(f"命令用法不对：{misuse_words(error)}；用 python -m kpi --help 查看用法。", soft_wrap=True)
        return 2
    except KpiError as error:
        errors.print(str(error), soft_wrap=True)
        return 1
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        errors.print(own_terminal.DISK_FULL, soft_wrap=True)
        return 1


@cache
def _commands() -> Any:
    """All commands, made of their functions once; a server runs them many times."""
    return typer.main.get_command(app)
