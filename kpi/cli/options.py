"""What commands share: their options, what is meant by them, and where they print."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kpi.catalog.model import Catalog
from kpi.cli.printing import Printer
from kpi.cli.workplace import workplace
from kpi.review.known_nouns import known_office, known_org

console = Printer()
errors = Printer(stderr=True)


def path_of(text: str) -> Path:
    """
    A file or folder as it was typed; nothing typed is none, and not the folder one happens to be in.

    Raises:
        BadParameter: Nothing was typed.

    """
    if not text.strip():
        raise typer.BadParameter("是空的")
    return Path(text)


Data = Annotated[Path | None, typer.Option("--data", parser=path_of, metavar="文件夹", help="数据目录；不写则用环境变量 KPI_DATA，再不然用程序自己的目录")]
CatalogDir = Annotated[
    Path | None, typer.Option("--catalog", parser=path_of, metavar="文件夹", help="指标目录；不写则用环境变量 KPI_CATALOG，再不然用程序自带的")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档")]
Period = Annotated[str, typer.Option("--period", help="月份，如 2023-11")]
WrittenReason = Annotated[str, typer.Option("--reason", help="理由，一直留在记录里")]
OneOffice = Annotated[str | None, typer.Option("--office", help="只对这个科室（代码或名称）；不写则全部科室")]
OrgBelow = Annotated[str | None, typer.Option("--org", help="只看这个机构及其下级（代码、名称或别名）；不写则全部")]
FiguresOfOrg = Annotated[str | None, typer.Option("--org", help="哪个机构的数（代码、名称或别名）；上级机构的由下级汇总，不写则是最上级的")]
OneOrg = Annotated[str | None, typer.Option("--org", help="只对这个单位（代码、名称或别名）；不写则全部单位")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="按这一天所知，如 2023-12-05；机构、口径和目标仍用现在的指标目录")]
"""Options that commands share."""


def org_of(catalog: Catalog, text: str | None) -> str | None:
    """The organisation of ``--org``; None when it was not given."""
    return None if text is None else known_org(catalog, text)


def office_of(catalog: Catalog, text: str | None) -> str | None:
    """The office of ``--office``; None when it was not given."""
    return None if text is None else known_office(catalog, text)


def user() -> str:
    """Who typed the command, as the operating system knows them."""
    return workplace().user


def table_of(title: str, *headers: str) -> Table:
    """An empty table with these columns."""
    table = Table(title=title, title_justify="left")
    for header in headers:
        table.add_column(header)
    return table
