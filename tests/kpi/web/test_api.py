"""The interface: the documents of the command line, for who has a token, and told once that nothing has changed."""

import json
from datetime import date, timedelta

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from kpi.access import administration
from kpi.access.admission import Admission
from kpi.access.api_tokens import LONGEST_DAYS, ApiToken, ApiTokens
from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import Bureau, LiveBureau
from kpi.cli.app import main
from kpi.errors import RequestError
from kpi.store import clock
from kpi.web import api, gate, submission_api
from kpi.web.gate import Gate
from kpi.web.visitor import visitor
from tests import blank
from tests.kpi.province import report, write_catalog

ADMINISTRATOR = Caller("admin1", "王管理", AccountRole.ADMINISTRATOR)
MONTH = "period=2023-11"
QUESTIONS = {
    f"board?{MONTH}&org=donghu": ("board", "--period", "2023-11", "--org", "donghu"),
    f"board?{MONTH}&span=month&office=credit": ("board", "--period", "2023-11", "--span", "month", "--office", "credit"),
    f"board?{MONTH}&as_of=2023-12-01": ("board", "--period", "2023-11", "--as-of", "2023-12-01"),
    f"missed?{MONTH}": ("missed", "--period", "2023-11"),
    "series?indicator=visits&from=2023-10&to=2023-11&org=donghu": ("series", "visits", "--from", "2023-10", "--to", "2023-11", "--org", "donghu"),
    f"source?indicator=food_pass_rate&{MONTH}": ("source", "food_pass_rate", "--period", "2023-11"),
    f"completeness?{MONTH}": ("completeness", "--period", "2023-11"),
    f"relations?{MONTH}&org=donghu": ("relations", "--period", "2023-11", "--org", "donghu"),
}


def fill(bureau: LiveBureau) -> None:
    """Two bureaus have reported, one of them below its target."""
    for org, passed in (("donghu", "380"), ("gangkou", "400")):
        food = report(org, "food", "2023-11", food_tested="40 400", food_passed=f"39 {passed}", food_shops="– 500")
        bureau.store.commit([food, report(org, "credit", "2023-11", visits="90 700", entities="– 9000")])


@pytest.fixture
def bureau(tmp_path):
    with blank.opened(tmp_path / "data", write_catalog(tmp_path / "catalog")) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def client(bureau, admission):
    """``client(token)``: who asks with a token; without one where it is empty."""

    def asking() -> Bureau:
        return bureau.of(visitor())

    middleware = [Middleware(Gate, admission=lambda: admission, bureau=str, first=str, home=lambda _: "/", ended=b"", handed=lambda _: ())]
    app = Starlette(routes=api.routes(asking), middleware=middleware)
    return lambda token: TestClient(app, base_url="http://127.0.0.1", headers={"authorization": f"Bearer {token}"} if token else {})


def token(admission: Admission, bureau: LiveBureau, name: str = "screen", **more: object) -> str:
    wanted = ApiToken(name, **{"role": AccountRole.LEADER, "until": clock.today(), **more})
    return administration.make_token(admission, ADMINISTRATOR, bureau.catalog, wanted)[1]


def test_an_answer_is_the_document_of_the_command(tmp_path, admission, capsys):
    """Each question asked over HTTP and typed, of the same folder."""
    asked = {}
    with blank.opened(tmp_path / "data", write_catalog(tmp_path / "catalog")) as bureau:
        fill(bureau)
        middleware = [Middleware(Gate, admission=lambda: admission, bureau=str, first=str, home=lambda _: "/", ended=b"", handed=lambda _: ())]
        app = Starlette(routes=api.routes(lambda: bureau.of(visitor())), middleware=middleware)
        client = TestClient(app, base_url="http://127.0.0.1", headers={"authorization": f"Bearer {token(admission, bureau)}"})
        for question in QUESTIONS:
            answer = client.get(f"/api/v1/{question}")
            assert answer.status_code == 200, answer.text
            asked[question] = answer.json()
    for question, words in QUESTIONS.items():
        assert main([*words, "--data", str(tmp_path / "data"), "--catalog", str(tmp_path / "catalog"), "--json"]) == 0
        assert asked[question] == json.loads(capsys.readouterr().out), question


def test_who_asks_again_is_told_that_nothing_has_changed(client, admission, bureau):
    asking = client(token(admission, bureau))
    first = asking.get(f"/api/v1/board?{MONTH}")
    again = asking.get(f"/api/v1/board?{MONTH}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert asking.get(f"/api/v1/board?{MONTH}&org=donghu", headers={"if-none-match": first.headers["etag"]}).status_code == 200
    bureau.store.commit([report("nanhu", "credit", "2023-11", visits="1 1", entities="– 1")])
    changed = asking.get(f"/api/v1/board?{MONTH}", headers={"if-none-match": first.headers["etag"]})
    assert (changed.status_code, changed.headers["etag"] != first.headers["etag"]) == (200, True)


def test_a_token_sees_its_organisation_and_no_other(client, admission, bureau):
    """And another one's answer is not its own, whatever tag it shows."""
    own, every = client(token(admission, bureau, org="donghu")), client(token(admission, bureau, "all"))
    assert own.get(f"/api/v1/board?{MONTH}").json()["org"] == "donghu"
    assert own.get(f"/api/v1/board?{MONTH}&org=donghu").status_code == 200
    refused = own.get(f"/api/v1/board?{MONTH}&org=gangkou")
    assert (refused.status_code, "不在它下面" in refused.json()["fault"]) == (403, True)
    tag = every.get(f"/api/v1/board?{MONTH}").headers["etag"]
    assert own.get(f"/api/v1/board?{MONTH}", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("board", "没有写 period；请在网址里写上，如 period=2023-11。"),
        ("board?period=2023-13", "2023-13"),
        ("board?period=2023-11&span=week", "span「week」不对"),
        ("board?period=2023-11&office=nobody", "nobody"),
        ("board?period=2023-11&org=nowhere", "nowhere"),
        ("board?period=2023-11&month=1", "不认识「month」；这里可以写 period、span、office、org、as_of。"),
        ("board?period=2023-11&as_of=yesterday", "yesterday"),
        ("series?indicator=nothing&from=2023-10&to=2023-11", "nothing"),
        ("series?indicator=visits&from=2023-11&to=2023-10", "请对调"),
        ("source?period=2023-11", "没有写 indicator"),
        ("relations?period=2023-11&org=qinglan", "自己不报数"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(client, admission, bureau, question, sentence):
    answer = client(token(admission, bureau)).get(f"/api/v1/{question}")
    assert answer.status_code == 400
    assert sentence in answer.json()["fault"]


def test_without_a_token_that_holds_nothing_is_answered(client, admission, bureau, monkeypatch):
    made = token(admission, bureau)
    for wrong in ("", "wrong", made[:-1], f"{made}x"):
        answer = client(wrong).get(f"/api/v1/board?{MONTH}")
        assert (answer.status_code, answer.headers["www-authenticate"], "没有令牌" in answer.json()["fault"]) == (401, "Bearer", True)
    assert client("").get(f"/api/v1/board?{MONTH}", headers={"authorization": f"Basic {made}"}).status_code == 401
    assert client(made).get(f"/api/v1/board?{MONTH}").status_code == 200
    monkeypatch.setattr(clock, "today", lambda: date.today() + timedelta(2))  # noqa: DTZ011 - a day after any wall's today
    assert client(made).get(f"/api/v1/board?{MONTH}").status_code == 401


def test_a_revoked_token_opens_nothing_at_once(client, admission, bureau):
    made = token(admission, bureau)
    administration.revoke_token(admission, ADMINISTRATOR, bureau.catalog, "Screen ")
    assert client(made).get(f"/api/v1/board?{MONTH}").status_code == 401
    assert [entry.about for entry in admission.audit.entries()] == ["接口令牌 screen", "接口令牌 screen"]


def test_a_token_is_not_in_the_files_and_lasts(admission, bureau, tmp_path):
    made = token(admission, bureau)
    assert not any(made.encode() in path.read_bytes() for path in (tmp_path / "data" / "access").iterdir())
    assert ApiTokens(tmp_path / "data").caller(made, "10.0.0.1") == Caller("api:screen", "接口 screen", AccountRole.LEADER, address="10.0.0.1")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"name": "大屏"}, "不能用"),
        ({"role": AccountRole.ADMINISTRATOR}, "接口只给"),
        ({"role": AccountRole.FILER}, "填报员要写明是哪个科室的"),
        ({"until": date(2020, 1, 1)}, "到期日要在今天"),
        ({"until": date(2999, 1, 1)}, f"{LONGEST_DAYS} 天以内"),
        ({"org": "nowhere"}, "没有单位「nowhere」"),
    ],
)
def test_a_token_that_cannot_be_is_refused(admission, bureau, more, why):
    with pytest.raises(RequestError, match=why):
        token(admission, bureau, **more)


def test_a_token_that_asks_too_often_waits(client, admission, bureau, monkeypatch):
    monkeypatch.setattr(gate, "_MOST_A_MINUTE", 3)
    asking = client(token(admission, bureau))
    answers = [asking.get(f"/api/v1/completeness?{MONTH}") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 61
    assert client(token(admission, bureau, "other")).get(f"/api/v1/completeness?{MONTH}").status_code == 200


def test_the_description_names_every_question_and_word(client, admission, bureau):
    document = client(token(admission, bureau)).get("/api/v1/openapi.json").json()
    assert list(document["paths"]) == [*(f"/api/v1/{name}" for name in api.QUESTIONS), submission_api.PATH]
    words = {parameter["name"]: parameter["required"] for parameter in document["paths"]["/api/v1/series"]["get"]["parameters"]}
    assert words == {"indicator": True, "from": True, "to": True, "span": False, "org": False, "as_of": False}
    assert client(token(admission, bureau, "other")).get("/api/v1/nothing").status_code == 404
