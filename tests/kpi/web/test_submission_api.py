"""Reports sent over the interface: as ``ingest`` takes them, by who may, within limits, once."""

import errno
import json
import tempfile

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.testclient import TestClient

from kpi.access import administration
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.roles import AccountRole
from kpi.filing import drop_limits, intake
from kpi.store import clock
from kpi.web import api, submission_api
from kpi.web.gate import Gate
from kpi.web.visitor import visitor
from tests.kpi.cli.beside import typed_alone
from tests.kpi.filing.test_intake import coal, workbook
from tests.kpi.web.test_api import ADMINISTRATOR

PATH = submission_api.PATH
CERTIFICATES = {"certificates_total": "89", "certificates_qms": "38", "certificates_ems": "10"}


@pytest.fixture
def client(empty, admission):
    """``client(role)``: a system with a token of a role; without one where it is None."""
    middleware = [Middleware(Gate, admission=lambda: admission, bureau=str, first=str, home=lambda _: "/", ended=b"", handed=lambda _: ())]
    app = Starlette(routes=api.routes(lambda: empty.of(visitor())), middleware=middleware)

    def asking(role: AccountRole | None = AccountRole.REVIEWER, **more: str) -> TestClient:
        if role is None:
            return TestClient(app, base_url="http://127.0.0.1")
        wanted = ApiToken(f"system{len(list(admission.tokens))}", role, clock.today(), **more)
        secret = administration.make_token(admission, ADMINISTRATOR, empty.catalog, wanted)[1]
        return TestClient(app, base_url="http://127.0.0.1", headers={"authorization": f"Bearer {secret}"})

    return asking


def send(system: TestClient, upload, **words: str):
    """One file as the body."""
    return system.post(PATH, params={"file": upload.name, **words}, content=upload.data)


def test_a_file_is_stored_once_and_signed_with_the_name_of_the_system(client, empty):
    """The second time it is unchanged."""
    system, sheet = client(), coal(empty)
    first, again = send(system, sheet), send(system, sheet)
    assert [(answer.status_code, answer.json()["files"][0]["status"]) for answer in (first, again)] == [(200, "accepted"), (200, "unchanged")]
    assert [submission.by for submission in empty.store.submissions()] == ["接口 system0"]


def test_the_answer_is_the_document_of_the_command(client, empty, tmp_path, capsys):
    """A folder of three typed and the same three sent in a form, looked at only: word for word the same but for the submissions."""
    sheets = [coal(empty), workbook(empty, "certification", **CERTIFICATES), intake.Upload("坏.xlsx", b"oops")]
    answer = client().post(f"{PATH}?dry_run=1", files=[("file", (sheet.name, sheet.data)) for sheet in sheets])
    assert (answer.status_code, empty.store.submissions()) == (422, [])
    empty.close()
    for sheet in sheets:
        (tmp_path / sheet.name).write_bytes(sheet.data)
    code, out, _ = typed_alone(capsys, "ingest", *(str(tmp_path / sheet.name) for sheet in sheets), "--dry-run", "--json", "--data", str(tmp_path / "data"))
    assert (code, json.loads(out)) == (1, answer.json())
    assert out == f"{answer.text}\n"


def test_what_has_to_be_confirmed_is_stored_with_a_written_reason(client, empty):
    """Without one it is 422, and nothing is stored; in the form as well as in the address."""
    system, sheet = client(), coal(empty, tested=54)
    refused = send(system, sheet)
    assert (refused.status_code, refused.json()["files"][0]["status"], empty.store.submissions()) == (422, "needs-confirmation", [])
    accepted = system.post(PATH, data={"confirm": "原件如此"}, files={"file": (sheet.name, sheet.data)})
    assert (accepted.status_code, accepted.json()["files"][0]["status"]) == (200, "accepted")
    assert [submission.note for submission in empty.store.submissions()] == ["原件如此"]


def test_office_and_month_are_held_to(client, empty):
    answer = send(client(), coal(empty), office="信用科", period="2023-10")
    assert (answer.status_code, empty.store.submissions()) == (422, [])
    assert send(client(), coal(empty), office="product_quality", period="2023-11").status_code == 200


@pytest.mark.parametrize(
    ("role", "more", "status"),
    [
        (None, {}, 401),
        (AccountRole.LEADER, {}, 403),
        (AccountRole.FILER, {"office": "product_quality"}, 200),
        (AccountRole.FILER, {"office": "ip"}, 403),
        (AccountRole.REVIEWER, {}, 200),
        (AccountRole.REVIEWER, {"office": "ip"}, 403),
    ],
)
def test_who_may_send_a_report(client, empty, role, more, status):
    """The role and the office of the token hold; what is refused is stored nowhere."""
    answer = send(client(role, **more), coal(empty))
    assert (answer.status_code, len(empty.store.submissions())) == (status, 1 if status == 200 else 0)
    assert status == 200 or answer.json()["fault"]


def test_an_organisation_of_another_branch_is_refused(province, tmp_path, admission):
    """A token of 东湖 sends for it, and not for 港口."""
    middleware = [Middleware(Gate, admission=lambda: admission, bureau=str, first=str, home=lambda _: "/", ended=b"", handed=lambda _: ())]
    app = Starlette(routes=api.routes(lambda: province.of(visitor())), middleware=middleware)
    secret = administration.make_token(admission, ADMINISTRATOR, province.catalog, ApiToken("screen", AccountRole.REVIEWER, clock.today(), org="donghu"))[1]
    system = TestClient(app, base_url="http://127.0.0.1", headers={"authorization": f"Bearer {secret}"})
    sheet = workbook(province, "credit", visits=90)
    assert send(system, sheet, org="gangkou").status_code == 403
    assert send(system, sheet, org="donghu").status_code == 200
    assert [submission.org for submission in province.store.submissions()] == ["donghu"]


@pytest.mark.parametrize(("role", "status"), [(None, 401), (AccountRole.LEADER, 403)])
def test_who_may_not_send_is_refused_before_a_byte_is_read(client, monkeypatch, role, status):
    """Nobody asks for the body."""
    monkeypatch.setattr(Request, "stream", lambda _: pytest.fail("read"))
    assert client(role).post(PATH, params={"file": "a.xlsx"}, content=b"oops").status_code == status


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ({}, 400, "没有写文件名"),
        ({"file": "a.xlsx", "office": "无此科"}, 400, "无此科"),
        ({"file": "a.xlsx", "org": "无此单位"}, 400, "无此单位"),
        ({"file": "a.xlsx", "period": "2023-13"}, 400, "2023-13"),
        ({"file": "a.xlsx", "dry_run": "yes"}, 400, "dry_run「yes」不对"),
        ({"file": "a.xlsx", "cases": "both"}, 400, "cases「both」不对"),
        ({"file": "a.xlsx", "note": "x"}, 400, "不认识「note」；这里可以写 file、office、period、org、confirm、cases、dry_run。"),
        ({"file": "../../a.xlsx"}, 422, "a.xlsx"),
        ({"file": "C:\\报表\\a.xlsx"}, 422, "a.xlsx"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence(client, empty, words, status, sentence):
    answer = client().post(PATH, params=words, content=b"oops")
    assert answer.status_code == status
    assert sentence in (answer.json()["fault"] if status == 400 else answer.json()["files"][0]["file"])
    assert empty.store.submissions() == []


def test_without_a_file_nothing_is_taken(client):
    assert client().post(PATH).json()["fault"] == "没有送来文件；请把一份文件作为正文，或用 multipart/form-data 送几份。"
    assert client().post(PATH, files=[("file", ("", b""))], data={"confirm": "x"}).status_code == 400
    broken = client().post(PATH, content=b"nothing of a form", headers={"content-type": "multipart/form-data"})
    assert (broken.status_code, "表单读不出" in broken.json()["fault"]) == (400, True)


def test_limits_of_a_drop_hold(client, monkeypatch):
    """So many files, so many megabytes, whether the length is told or not; all or nothing."""
    monkeypatch.setenv(drop_limits.SIZE_SETTING, "1")
    monkeypatch.setenv(drop_limits.FILES_SETTING, "2")
    system, large = client(), b"x" * 1_000_001
    assert "最多 1 MB" in system.post(PATH, params={"file": "a.xlsx"}, content=large).json()["fault"]
    told = system.post(PATH, params={"file": "a.xlsx"}, content=large * 3)
    assert (told.status_code, told.json()["fault"]) == (413, "送来的超过 1 MB，一份都没有收下；请分几次送。")
    untold = system.post(PATH, params={"file": "a.xlsx"}, content=iter([large, large, large]))
    assert (untold.status_code, untold.json()) == (413, told.json())
    in_a_form = system.post(PATH, files={"file": ("a.xlsx", large * 3)})
    assert (in_a_form.status_code, in_a_form.json()) == (413, told.json())
    three = system.post(PATH, files=[("file", (f"{number}.xlsx", b"x")) for number in range(3)])
    assert (three.status_code, "超过 2 份" in three.json()["fault"]) == (400, True)


def test_a_full_temporary_disk_is_a_sentence(client, empty, monkeypatch):
    """Of a form what is larger than a megabyte lies there until all of it has come: 507, nothing is stored, and the next is taken."""

    def refuse(_: object, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    system, sheet = client(), coal(empty)
    with monkeypatch.context() as full:
        full.setattr(tempfile.SpooledTemporaryFile, "write", refuse)
        answer = system.post(PATH, files={"file": (sheet.name, sheet.data)})
    sentence = "服务器的临时文件夹放不下送来的文件（磁盘已满），一份都没有收下；请管理员腾出磁盘空间，再重送。"
    assert (answer.status_code, answer.json(), empty.store.submissions()) == (507, {"fault": sentence}, [])
    assert system.post(PATH, files={"file": (sheet.name, sheet.data)}).status_code == 200


@pytest.mark.parametrize("kind", ["application/octet-stream", "multipart/form-data; boundary=x"])
def test_who_vanishes_in_the_middle_leaves_nothing(client, empty, kind):
    """The half of a file is stored nowhere, and the turn is free again."""
    system, sheet = client(), coal(empty)
    head = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n' if "form" in kind else b""

    async def cut_off(scope, receive, send):
        arriving = iter([{"type": "http.request", "body": head + sheet.data, "more_body": True}, {"type": "http.disconnect"}])

        async def received():
            return next(arriving)

        await system.app(scope, received, send)

    vanishing = TestClient(cut_off, base_url="http://127.0.0.1", headers=system.headers)
    for _ in range(2 * submission_api._AT_ONCE):
        answer = vanishing.post(PATH, params={"file": "a.xlsx"}, headers={"content-type": kind})
        assert (answer.status_code, answer.json()) == (400, {"fault": "文件没有送完，一份都没有收下。"})
    assert empty.store.submissions() == []


def test_another_method_is_named(client):
    for method in ("GET", "PUT", "DELETE"):
        answer = client().request(method, PATH)
        assert (answer.status_code, answer.headers["allow"], answer.json()) == (405, "POST", {"fault": "报送用 POST。"})


def test_without_accounts_there_is_no_interface_to_send_to(empty, tmp_path):
    """A page of this machine could otherwise send for everybody."""
    none = Admission(tmp_path / "data")
    middleware = [Middleware(Gate, admission=lambda: none, bureau=str, first=str, home=lambda _: "/", ended=b"", handed=lambda _: ())]
    app = Starlette(routes=api.routes(lambda: empty.of(visitor())), middleware=middleware)
    base = "http://127.0.0.1"
    answer = TestClient(app, base_url=base, headers={"origin": base}).post(PATH, params={"file": "a.xlsx"}, content=b"oops")
    assert (answer.status_code, "接口报送要有令牌" in answer.json()["fault"]) == (401, True)
    none.close()


def test_the_files_of_a_system_take_turns_with_those_of_others(client, empty, monkeypatch):
    """They wait in the queue under the name of the token, as those of a desk do under that of the visitor."""
    entered = []
    enter = empty.parser.queue.enter
    monkeypatch.setattr(empty.parser.queue, "enter", lambda visitor: entered.append(visitor) or enter(visitor))
    assert send(client(), coal(empty)).status_code == 200
    assert entered == ["api:system0"]


def test_the_description_has_the_address(client):
    document = client().get("/api/v1/openapi.json").json()
    post = document["paths"][PATH]["post"]
    assert {parameter["name"] for parameter in post["parameters"]} == {"file", "office", "period", "org", "confirm", "cases", "dry_run"}
    assert set(post["requestBody"]["content"]) == {"application/octet-stream", "multipart/form-data"}
    assert {"200", "401", "403", "413", "422", "429"} <= set(post["responses"])
