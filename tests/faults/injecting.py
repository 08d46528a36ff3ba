"""
Words of people that would be something else: a formula, SQL, markup, a path, a line of a log, a header.

``python -m tests.faults.injecting DATA CATALOG MARK`` fills a data folder in which every word that somebody wrote, every name of the
catalogue and the name of a file has the mark in it, serves it, and looks at all that the product gives out: every page and its
run, every workbook, the wall, the interface, the originals, the log.  It prints what it looked at and what was wrong, as JSON.
"""

import asyncio
import io
import json
import logging
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kpi.bureau import LiveBureau, rebuild_store
from kpi.filing.intake import Upload, accept, prepare
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.web.recent_faults import recent_faults
from kpi.workbook.personal.masking import mask
from kpi.workbook.report import Column
from kpi.workbook.writing.marked_copy import mark as marked_copy
from kpi.workbook.writing.template import Filling, write_template
from tests.faults.asking import Answer, Asked, answer_to, application, in_a_process, page_run
from tests.faults.fuzzing import forged_lines, prepare_accounts
from tests.faults.surviving import Survival
from tests.marked import MARK, marked_catalog, marked_folder

_NOVEMBER = Month(2023, 11)
MARKS = {
    "a formula": "=1+1",
    "a command": "=cmd|' /C calc'!A0",
    "a link": '=HYPERLINK(""http://a.cn"")'.replace('""', "'"),
    "a sign before a formula": "@SUM(1,1)",
    "a number that is none": "-1+1|x",
    "SQL": "'; drop table figure; -- ' or '1'='1",
    "markup": MARK,
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "a path": "../../etc/passwd",
    "a placeholder": "$1 $period %s {0} {{7*7}} ${x}",
}
_FIGURES = {"taken": (10, 80), "tested": (10, 80), "passed": (9, 72)}  # of a month and of the year until then
_FORMULA = re.compile(rb"<f[ >].*?</f>|<formula1?>.*?</formula1?>", re.DOTALL)
_OWN = re.compile(
    rb"<(f|formula1?)[^>]*>(IF|SUM|ROUND|AND|OR|ISNUMBER|COUNTIF|TODAY|DATE|LEN|\$?[A-Z]{1,3}\$?\d|'[^']*'!\$?[A-Z]|[A-Z][a-z]?!|\"|-?\d|NOT|ISBLANK)"
)


def wrong_in_workbook(data: bytes, mark: str) -> str:
    """Why a workbook does more than say; empty where it does not: no formula and no link has a mark in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for name in container.namelist():
            content = container.read(name)
            if "externalLink" in name or b'TargetMode="External"' in content:
                return f"{name} leads out of the book"
            for formula in _FORMULA.findall(content):
                if escape(mark).encode() in formula or escape(mark[1:]).encode() in formula or mark.encode() in formula:
                    return f"{name}: {formula[:200]!r}"
                if not _OWN.match(formula):
                    return f"{name}: a formula that is none of ours: {formula[:200]!r}"
    return ""


def wrong_in_answer(answer: Answer, mark: str) -> str:
    """Why an answer gives a word of somebody as something else."""
    kind = answer.headers.get("content-type", "")
    if answer.status >= 500 or answer.status == 0:
        return f"status {answer.status}"
    if any(sign in value for value in answer.headers.values() for sign in "\r\n"):
        return f"headers {answer.headers}"
    if zipfile.is_zipfile(io.BytesIO(answer.body)):
        return wrong_in_workbook(answer.body, mark)
    if "html" in kind and escape(mark) != mark and mark in answer.text:
        at = answer.text.index(mark)
        return f"as it is in a document: {answer.text[max(at - 100, 0) : at + 100]!r}"
    return ""


def text_of(answer: Answer) -> str:
    """What is read in an answer; of a workbook all its parts."""
    if not zipfile.is_zipfile(io.BytesIO(answer.body)):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.body)) as container:
        return "".join(container.read(name).decode("utf-8", "replace") for name in container.namelist())


def wrong_in_run(messages: list[Any], mark: str) -> str:
    """Why a run of a page gives a word as markup: to the library's HTML unescaped, to its Markdown as it is."""
    for message in messages:
        element = message.delta.new_element
        kind = element.WhichOneof("type") if message.WhichOneof("type") == "delta" else ""
        text = {"html": element.html.body, "markdown": element.markdown.body, "alert": element.alert.body, "heading": element.heading.body}.get(kind or "", "")
        if kind == "exception":
            return f"a fault on the page: {element.exception.message}"
        if text and mark in text and (escape(mark) != mark if kind == "html" or element.markdown.allow_html else "**粗**" in mark):
            return f"{kind}: {text[max(text.index(mark) - 100, 0) :][:300]!r}"
    return ""


def workbooks(bureau: LiveBureau, mark: str) -> Iterator[tuple[str, bytes]]:
    """The workbooks that no address gives out: blank and filled forms, and marked copies of a form and of a file that is no workbook."""
    for office in bureau.catalog.offices:
        yield f"the form of {office}", write_template(bureau.catalog, office, _NOVEMBER, Filling({}))
    form = write_template(bureau.catalog, "quality", Month(2023, 12))
    findings = [Finding("parts-exceed-whole", severity, Place(sheet, "C4"), mark, mark) for severity in Severity for sheet in (mark, "质量科月报表")]
    yield "a marked copy", marked_copy(form, findings)
    yield "a list of findings", marked_copy(b"no workbook", findings)


class Look:
    """A look at all that the application gives out; ``kinds`` counts it, ``wrong`` are sentences."""

    def __init__(self, served: Any, visitors: dict[str, Sequence[tuple[str, str]]], mark: str) -> None:
        self._served, self._visitors, self._mark = served, visitors, mark
        self.kinds, self.wrong = Counter[str](), list[str]()

    def note(self, kind: str, where: str, why: str) -> None:
        """Count one thing that was looked at; a fault of ours that was logged meanwhile is one of it."""
        self.kinds[kind] += 1
        if faults := recent_faults.latest():
            why = f"{why} {faults}"
            recent_faults._kept.clear()
        if why:
            self.wrong.append(f"{kind} {where}: {why}"[:800])

    async def ask(self, kind: str, who: str, path: str, query: str = "") -> None:
        """Look at an answer."""
        answer = await answer_to(self._served, Asked("GET", path, query, self._visitors[who]))
        self.kinds["of these with the mark"] += any(word in text_of(answer) for word in (self._mark, escape(self._mark)))
        self.note(kind, f"{path}?{query}", wrong_in_answer(answer, self._mark))

    async def pages(self, code: str, follow_up: int) -> None:
        """Each page with its tables and its run, as each who may open it."""
        from pages.bodies import TABLES
        from pages.site import ADMINISTRATION, OVERVIEW, PAGES

        for page in PAGES:
            query = {"follow-ups": f"row={follow_up}", "meeting": f"edition={code}"}.get(page.path, "period=2023-11")
            for who in ("admin1", "auditor") if page.group == ADMINISTRATION else ("reviewer",):
                await self.ask("document", who, f"/{page.path}", query)
                self.note("run", page.path, wrong_in_run(await page_run(self._served, page.path, query, self._visitors[who]), self._mark))
                if page.path in TABLES:
                    await self.ask("export", who, f"/kpi/export/{page.path or OVERVIEW}", query)

    async def beside(self, code: str, numbers: Iterable[int]) -> None:
        """What is served beside the pages."""
        for number in numbers:
            await self.ask("original", "leader", f"/kpi/original/{number}")
        for query in ("period=2023-11", f"edition={code}", "period=2023-11&download"):
            await self.ask("wall", "leader", "/wall", query)
        await self.ask("search", "leader", "/kpi/search", urlencode({"find": self._mark[:3]}))
        for question in ("board", "missed", "completeness", "relations"):
            await self.ask("interface", "api", f"/api/v1/{question}", "period=2023-11")


async def inject(data: Path, catalog: Path, mark: str) -> dict[str, Any]:
    """Fill, serve, look."""
    code, follow_up = marked_folder(data, marked_catalog(catalog, mark), mark)
    visitors = prepare_accounts(data, catalog)
    async with application(data, catalog) as served:
        from pages.widgets import running

        bureau, look = running.opened(), Look(served, visitors, mark)
        _file_named(bureau, f"{mark}\r\nx-forged: 1.xlsx")
        logging.getLogger("kpi.web").warning("「%s」读不出", f"{mark}\n{{}}\n")
        await look.pages(code, follow_up)
        await look.beside(code, [submission.seq for submission in bureau.store.submissions()])
        for name, book in workbooks(bureau, mark):
            look.note("workbook", name, wrong_in_workbook(book, mark))
        look.note("store", "words", _words_kept(bureau, mark))
        look.note("store", "verified", "、".join(bureau.store.verify()))
    rebuild_store(data, catalog)
    look.note("store", "rebuilt", "" if {*data.parent.iterdir()} == {data, catalog} else "something lies beside it")
    return {"kinds": look.kinds, "wrong": look.wrong + forged_lines(data / "logs" / "server.jsonl")}


def _file_named(bureau: LiveBureau, name: str) -> None:
    """A form that came as a file of this name."""
    figures = {(measure, column): Decimal(figure) for measure, both in _FIGURES.items() for column, figure in zip(Column, both, strict=False)}
    form = write_template(bureau.catalog, "quality", Month(2023, 9), Filling(figures))
    accept(bureau, prepare(bureau, [Upload(name, form)]), "王统计", "属实")


def _words_kept(bureau: LiveBureau, mark: str) -> str:
    """Whether the store gives words back as they were written, or masked."""
    store, kept = bureau.store, {mark, mask(mark)}
    words = [edition.title for edition in store.editions()] + [note.words for note in store.meeting_notes()]
    words += [decision.reason for decision in store.decisions()] + [submission.note for submission in store.submissions() if submission.note]
    other = [word for word in words if word not in kept and word.removesuffix("改") not in kept and word != "属实"]
    return f"other words: {other}" if other else ""


def survivals(work: Path, what: str) -> Iterator[Survival]:
    """What became of one of the marks, in an empty folder."""
    work.mkdir()
    found = in_a_process(__spec__.name, str(work / "data"), str(work / "catalog"), MARKS[what])
    for kind, times in found["kinds"].items():
        yield Survival(f"{what}, {kind}", kind, times=times)
    yield from (Survival(what, "FAILED", words) for words in found["wrong"])


def main(data: Path, catalog: Path, mark: str) -> None:
    """Inject, and print what was found."""
    sys.stdout.write(f"\n{json.dumps(asyncio.run(inject(data, catalog, mark)), ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
