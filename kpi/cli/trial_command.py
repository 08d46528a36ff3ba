"""A changed catalogue, tried on what is stored: ``try``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from kpi.catalog.folder_writing import write_folder
from kpi.cli.catalog_changing import typed_catalog
from kpi.cli.options import AsJson, CatalogDir, Data, console, errors, org_of, path_of
from kpi.cli.printing import print_document
from kpi.documents.trial_documents import trial_document
from kpi.period import Span
from kpi.setup.trial import CatalogTrial, try_catalog
from kpi.store.clock import now
from kpi.store.submission import Submission
from kpi.workbook.process.parser import Parser


def try_out(
    path: Annotated[Path, typer.Argument(parser=path_of, metavar="路径", help="改过的指标目录：文件夹，或 catalog export 写的工作簿")],
    span: Annotated[Span, typer.Option(help="口径：本年累计、当月、当季、半年、全年")] = Span.YTD,
    org: Annotated[str | None, typer.Option("--org", help="哪个机构的看板（代码、名称或别名）；不写则是最上级的")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """试用改过的指标目录：把存着的原件照它再读一遍，列出看板上会变的每个数；什么都不改，看板开着也可以。"""
    with _folder(path) as folder, errors.working("照改过的目录再读") as working:
        trial = try_catalog(folder, data, catalog, span, lambda bureau: org_of(bureau.catalog, org), lambda done, total: working(f"{done}/{total}"))
    if as_json:
        print_document(trial_document(trial))
        return
    for line in _lines(trial):
        console.print(line, soft_wrap=True)
    console.print(f"什么都没有改；确认无误后，用 catalog adopt {path} --reason 理由 让它生效，或换到 KPI_CATALOG 的文件夹再重启看板。", soft_wrap=True)


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """The changed catalogue as a folder; of a workbook one that goes again."""
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory(prefix="kpi-try-") as work:
        with Parser(places=1) as parser:
            definitions = typed_catalog(parser, path)
        write_folder(definitions, Path(work) / path.stem, now())
        yield Path(work) / path.stem


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


def _called(trial: CatalogTrial, submission: Submission) -> str:
    """A submission in a sentence: ``第 12 号（食品科 2023 年 11 月，表.xlsx）``."""
    return f"第 {submission.seq} 号（{trial.catalog.called(submission.office, submission.org)} {submission.period.chinese}，{submission.file}）"
