"""What a form asks the server: only from a page of ours, only for who may, and never more than a sheet."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from kpi.access.admission import Admission
from kpi.filing.form_drafts import kept_form
from kpi.web import form_requests
from kpi.web.gate import Gate
from kpi.web.visitor import visitor
from tests.kpi.filing.test_intake import NOVEMBER
from tests.kpi.filing.test_web_form import FILER, OFFICE, OTHER

BASE = "http://127.0.0.1"
CELLS = {f"coal_samples_{name} ytd": text for name, text in {"taken": "78", "tested": "54", "passed": "44", "failed": "7", "pending": "27"}.items()}
SHEET = {"org": "", "office": OFFICE, "period": "2023-11", "cells": CELLS}


@pytest.fixture
def stored() -> list[str]:
    """What was told of forms that were stored."""
    return []


@pytest.fixture
def client(empty, tmp_path, stored) -> TestClient:
    """A page of a bureau without accounts."""
    admission = Admission(tmp_path / "nowhere")
    middleware = [Middleware(Gate, admission=lambda: admission, bureau=str, first=str, home=lambda _: "/", ended=b"", handed=lambda _: ())]
    routes = form_requests.routes(lambda: empty.of(visitor()), lambda: stored.append("stored"))
    return TestClient(Starlette(routes=routes, middleware=middleware), base_url=BASE, headers={"origin": BASE})


def asked(client: TestClient, what: str, **changed: object):
    return client.post(f"{form_requests.PREFIX}/{what}", json=SHEET | changed)


def test_what_is_typed_is_kept_and_checked_and_sent(client, empty, stored):
    """Each finding with the cell it is about; the 说明 confirms those that were seen."""
    answer = asked(client, "check").json()
    assert (answer["status"], answer["takable"], bool(answer["saved"]), answer["unsaved"]) == ("needs-confirmation", True, True, "")
    at_cell = [finding for finding in answer["findings"] if finding["cell"]]
    assert {(finding["severity"], finding["word"]) for finding in at_cell} >= {("check", "请核对")}
    assert kept_form(empty, empty.catalog.root, OFFICE, NOVEMBER) is not None
    assert asked(client, "submit", by="王统计", note="3 批次在检", seen="").status_code == 400
    assert stored == []
    done = asked(client, "submit", by="王统计", note="3 批次在检", seen=answer["digest"]).json()
    assert done["done"].startswith("已入库，第 1 号报送，看板已经更新。")
    assert stored == ["stored"]
    changed = asked(client, "check", cells=CELLS | {"coal_samples_passed ytd": "47"}).json()["changes"]
    assert changed == ["商品煤合格批次 本年累计：44 批次 → 47 批次"]


def test_a_sheet_that_is_only_opened_leaves_no_draft(client, empty):
    assert asked(client, "check", opened=True).json()["saved"] == ""
    assert kept_form(empty, empty.catalog.root, OFFICE, NOVEMBER) is None
    asked(client, "check")
    assert asked(client, "discard").json() == {}
    assert kept_form(empty, empty.catalog.root, OFFICE, NOVEMBER) is None
    assert asked(client, "check", cells={}).json()["status"] == "blank"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"office": "nonsense"}, "没有这个单位或科室的报表"),
        ({"office": None}, "没有这个单位或科室的报表"),
        ({"org": "mars"}, "没有这个单位或科室的报表"),
        ({"period": "2023-13"}, "2023-13"),
        ({"cells": ["x"]}, "填的内容读不出"),
        ({"cells": {"coal_samples_taken ytd": 7}}, "填的内容读不出"),
        ({"cells": {"coal_samples_taken": "7"}}, "表上没有的格"),
        ({"cells": {"nonsense ytd": "7"}}, "数据项和打开时不一样了"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(client, changed, sentence):
    answer = asked(client, "check", **changed)
    assert answer.status_code == 400
    assert sentence in answer.json()["fault"]


def test_what_does_not_come_from_a_page_is_refused(client, empty):
    """Another page cannot post it, a form of another site cannot either, and nothing of any length is read."""
    path = f"{form_requests.PREFIX}/submit"
    assert client.post(path, json=SHEET, headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert client.post(path, content="{}", headers={"content-type": "text/plain"}).status_code == 415
    assert client.post(path, content="[", headers={"content-type": "application/json"}).status_code == 400
    assert client.post(path, content="[" * 100_000, headers={"content-type": "application/json"}).status_code == 400
    assert "太长" in client.post(path, content=b" " * 600_000, headers={"content-type": "application/json"}).json()["fault"]
    assert client.get(path).status_code == 405
    assert empty.store.submissions() == []


def test_the_form_of_another_office_is_refused(empty, stored):
    """Whoever asks; the draft of the one is not that of the other."""

    def page_of(caller):
        return TestClient(Starlette(routes=form_requests.routes(lambda: empty.of(caller), lambda: stored.append("stored"))), base_url=BASE)

    assert asked(page_of(FILER), "check").status_code == 200
    for what in ("check", "submit", "discard"):
        answer = asked(page_of(OTHER), what)
        assert (answer.status_code, "这是质量监管科的" in answer.json()["fault"]) == (403, True)
    assert kept_form(empty.of(FILER), empty.catalog.root, OFFICE, NOVEMBER) is not None
