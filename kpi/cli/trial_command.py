"""A changed catalogue, tried on what is stored: ``try``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kpi.cli.options import AsJson, CatalogDir, Data, console, errors, org_of, path_of
from kpi.cli.printing import print_document
from kpi.documents.trial_documents import trial_document
from kpi.errors import RequestError
from kpi.period import Span
from kpi.setup.trial import CatalogTrial, try_catalog
from kpi.store.submission import Submission


def try_out(
    folder: Annotated[Path, typer.Argument(parser=path_of, metavar="文件夹", help="改过的指标目录")],
    span: Annotated[Span, typer.Option(help="口径：本年累计、当月、当季、半年、全年")] = Span.YTD,
    org: Annotated[str | None, typer.Option("--org", help="哪个机构的看板（代码、名称或别名）；不写则是最上级的")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """试用改过的指标目录：把存着的原件照它再读一遍，列出看板上会变的每个数；什么都不改，看板开着也可以。"""
    if not folder.is_dir():
        raise RequestError(f"没有文件夹「{folder}」；请写改过的指标目录所在的文件夹。")
    with errors.working("照改过的目录再读") as working:
        trial = try_catalog(folder, data, catalog, span, lambda bureau: org_of(bureau.catalog, org), lambda done, total: working(f"{done}/{total}"))
    if as_json:
        print_document(trial_document(trial))
        return
    for line in _lines(trial):
        console.print(line, soft_wrap=True)


def _lines(trial: CatalogTrial) -> Iterator[str]:
    """A trial in sentences."""
    retaken = trial.retaken
    carried = f"，{len(retaken.carried)} 份台账没有留原件，沿用当时计出的数" if retaken.carried else ""
    yield f"照改过的目录又读了 {len(retaken.taken)} 份报送{carried}；比较了 {trial.months} 个月的看板，{len(trial.changes)} 个月里有 {trial.figures} 个数会变。"
    if retaken.refused:
        yield f"有 {len(retaken.refused)} 份照改过的目录收不下，它们的数在下面算作没有报："
        yield from (f"  {_called(trial, refused.submission)}：{refused.why}" for refused in retaken.refused)
    for change in trial.changes:
        yield f"{change.period.chinese}："
        yield from (f"  {drift.words}" for drift in change.drifts)
    yield "什么都没有改；确认无误后，把改过的目录换上（环境变量 KPI_CATALOG 或程序的 data/catalog），重新启动看板。"


def _called(trial: CatalogTrial, submission: Submission) -> str:
    """A submission in a sentence: ``第 12 号（食品科 2023 年 11 月，表.xlsx）``."""
    return f"第 {submission.seq} 号（{trial.catalog.called(submission.office, submission.org)} {submission.period.chinese}，{submission.file}）"
