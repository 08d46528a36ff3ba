"""
What a data folder lacks, in words: numbers of the log without a text, batches and editions that no entry names.

Opening and `verify` say the same sentences, each time, until somebody does what they ask.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.errors import KpiError, StoreError
from kpi.finding import few
from kpi.period import Month
from kpi.store.batch import Batch
from kpi.store.demonstration import last_end
from kpi.store.edition import Edition, code_of
from kpi.store.folder import DataFolder
from kpi.store.log_chain import WrittenEntry
from kpi.store.log_entry import read_entry
from kpi.store.log_numbers import spelled
from kpi.store.log_reading import LogState
from kpi.store.signature import signature

_DIGITS = 8  # of a digest, by which a file is found
LEFT_OUT = "没有计入（是更正或撤回的，先前那一份报送又算数；是锁定的，那个月又能改），其余数据照常"
"""What it means that an entry of which nobody knows what it was is in no figure."""


def lacking(folder: DataFolder, catalog: Catalog, state: LogState) -> list[str]:
    """
    The sentences about all that is lacking.

    Args:
        folder: The data folder.
        catalog: The catalogue in force, for the names of offices.
        state: What is believed of the log.

    """
    sentences = [_stray(folder, name, was) for name, was in folder.strays()]
    sentences += [f"日志目录里的「{name}」不是日志，没有读；请移到别处。" for name in state.on_disk.strays]
    chain = state.chain
    if chain.lost:
        known = unlisted(folder, catalog, state)
        perhaps = f"没有登入日志的批次有{known}，可能就是它们；" if known else ""
        sentences.append(f"日志{spelled(chain.lost)}{LEFT_OUT}：登记文件{damaged(state)}，别处没有原文；{perhaps}请从备份恢复上述登记文件，再启动。")
    if chain.doubted:
        sentences.append(f"日志第 1—{chain.doubted} 号中有登记文件在封存后被改动过，看不出是哪一个；请从备份恢复 log 目录，再启动。")
    sentences += _lost_editions(folder, state)
    if not chain.lost:
        sentences += _unlisted_batches(folder, catalog, state) + _unlisted_editions(folder, state)
    return sentences


def damaged(state: LogState) -> str:
    """The files of the numbers that are lost, by what has become of them: ``「log/00000001.json」（第 1—4 号）被改动过，「log/00000007.json」（第 7 号）…``."""
    on_disk = state.on_disk
    begun = {*on_disk.files, *on_disk.broken, *(file.number for file in state.chain.files)}
    runs: list[list[int]] = []
    for number in state.chain.lost:
        if runs and runs[-1][-1] == number - 1 and number not in begun:
            runs[-1].append(number)
        else:
            runs.append([number])
    fates: dict[str, list[str]] = {}
    for run in runs:
        fate = "被改动过" if run[0] in on_disk.files else "读不出" if run[0] in on_disk.broken else "缺失"
        fates.setdefault(fate, []).append(f"「log/{run[0]:08d}.json」{'起' if fate == '缺失' and run[1:] else ''}（{spelled(run)}）")
    return "，".join(few(files, "个") + fate for fate, files in fates.items())


def unlisted(folder: DataFolder, catalog: Catalog, state: LogState) -> str:
    """The batches that are in no figure, each by file, office and month; empty when there are none."""
    return few([called for called, _ in _batches(folder, catalog, state)], "份")


def whose(catalog: Catalog, office: str, period: str, org: str) -> str:
    """Whose sheet of which month, in words; codes where the catalogue does not know them."""
    month = period
    with suppress(KpiError):
        month = Month.parse(period).chinese
    return f"{catalog.called(office, org) if office in catalog.offices else office} {month}"


def _stray(folder: DataFolder, name: str, was: str) -> str:
    """The sentence about what opening moved out of the way: its name now, and the one it had in the place of a file of the log or of the head."""
    where = "" if was == "head.json" else "日志目录里的"
    if (folder.root / name).is_dir():
        what, way_out = "是文件夹，不是登记文件，没有读", "请核对里面有没有要用的文件，不要了就移出数据目录"
    else:
        what, way_out = "接不上前后的记录，没有计入", "请核对它是从哪里来的，不要了就移出数据目录，是放错了的备份就从备份恢复 log 目录和 head.json"
    return f"{where}「{was}」{what}；启动时已移为数据目录下的「{name}」，{way_out}。做完以前每次启动和核对都会提示。"


def _unlisted_batches(folder: DataFolder, catalog: Catalog, state: LogState) -> list[str]:
    """The sentence about batches that no entry names: log and database may both be of an older backup, or a crash left them."""
    unlisted_batches = _batches(folder, catalog, state)
    if not unlisted_batches:
        return []
    files = few([f"「{_short(path)}」" for _, path in unlisted_batches], "个")
    return [
        f"批次{few([called for called, _ in unlisted_batches], '份')}没有登入日志，没有计入；当时提示过已入库的，请从备份恢复 log 目录和 head.json，再启动；"
        f"没有提示过的（入库中途断电留下的），请重新报送同一个文件，或把{files}移出数据目录。做完以前每次启动和核对都会提示。"
    ]


def _unlisted_editions(folder: DataFolder, state: LogState) -> list[str]:
    """The sentence about frozen figures that no entry names."""
    listed = {written.get("figures") for written in _entries(state)}
    paths = sorted(path for path in folder.editions() if path.stem not in listed)
    if not paths:
        return []
    codes = few([code_of(path.parent.name, path.stem) for path in paths], "个")
    files = few([f"「{_short(path.relative_to(folder.root).as_posix())}」" for path in paths], "个")
    return [
        f"会议版 {codes} 没有登入日志，没有列出；当时给出过编号的，请从备份恢复 log 目录和 head.json，再启动；"
        f"没有给出过的（定稿中途断电留下的），请重新定稿，或把{files}移出数据目录。做完以前每次启动和核对都会提示。"
    ]


def _lost_editions(folder: DataFolder, state: LogState) -> list[str]:
    """The sentences about editions on record whose figures are gone, each with what is left of it."""
    sentences = []
    begin = last_end(state.chain.files)
    for number, written in (numbered for file in state.chain.files for numbered in file.numbered() if numbered[0] > begin):
        with suppress(ValueError):
            edition = read_entry(number, written)
            if not isinstance(edition, Edition):
                continue
            try:
                folder.read(folder.edition(str(edition.period), edition.figures), "定稿文件")
            except StoreError as error:
                occasion = f"{edition.title}，" if edition.title else ""
                sentences.append(
                    f"第 {number} 号会议版 {edition.code}（{occasion}{signature(edition.by, edition.at)} 定稿）看不到会上的数：{error}"
                    f"留下的是编号、会议、定稿人、时间，数算到日志第 {edition.known} 号。没有备份的，在「会议版」页按日志重算；"
                    "早先版本定稿的、指标目录改过的算不回原样，用「当时所知」看定稿那天的数。"
                )
    return sentences


def _batches(folder: DataFolder, catalog: Catalog, state: LogState) -> list[tuple[str, str]]:
    """In words and as a path, each batch that no entry names and whose file was not uploads in for the same office and month all the same."""
    listed = {written.get("batch") for written in _entries(state)}
    uploads = {_upload(written) for written in _entries(state) if "batch" in written}
    named = []
    for path in sorted(folder.batches().difference(listed)):
        try:
            batch = Batch.parse((folder.root / path).read_bytes())
        except (OSError, StoreError):
            named.append((f"「{path}」", path))
            continue
        if (batch.org, batch.office, str(batch.period), batch.template, batch.sha256) not in uploads:
            named.append((f"「{batch.file}」（{whose(catalog, batch.office, str(batch.period), batch.org)}）", path))
    return named


def _entries(state: LogState) -> Iterable[WrittenEntry]:
    return (written for file in state.chain.files for written in file.entries)


def _upload(written: Mapping[str, object]) -> tuple[object, ...]:
    """The file of an entry, and what it was taken in as."""
    return (written.get("org", BUREAU), *(written.get(name) for name in ("office", "period", "template", "sha256")))


def _short(path: str) -> str:
    """A path whose long name is cut to as much as finds it."""
    above, _, name = path.rpartition("/")
    stem, dot, ending = name.partition(".")
    return f"{above}/{stem[:_DIGITS]}…{dot}{ending}" if len(stem) > _DIGITS else path
