"""The settings of the single sign-on: what is taken, and each slip said in a sentence before anything is started."""

import pytest

from kpi.errors import RequestError
from kpi.web.sign_on_settings import SignOnSettings, sign_on_settings

GIVEN = {
    "KPI_OIDC_ISSUER": "https://id.bureau.example/realms/a",
    "KPI_OIDC_CLIENT": "kpi",
    "KPI_OIDC_SECRET": "s3cret",
    "KPI_OIDC_URL": "https://kpi.bureau.example/",
}


def test_without_the_address_of_a_server_there_is_none():
    assert sign_on_settings({}) is None


def test_what_is_given_is_taken(tmp_path):
    file = tmp_path / "secret"
    file.write_text("s3cret\n", "utf-8")
    wanted = SignOnSettings("https://id.bureau.example/realms/a", "kpi", "s3cret", "https://kpi.bureau.example")
    assert sign_on_settings(GIVEN) == wanted
    assert sign_on_settings(GIVEN | {"KPI_OIDC_SECRET": "", "KPI_OIDC_SECRET_FILE": str(file)}) == wanted
    more = sign_on_settings(GIVEN | {"KPI_OIDC_NAME": "单点登录", "KPI_OIDC_ONLY": "yes"})
    assert (more.button, more.only) == ("单点登录", True)
    assert "s3cret" not in repr(more)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"KPI_OIDC_ISSUER": ""}, "写了环境变量 KPI_OIDC_CLIENT，没有写 KPI_OIDC_ISSUER"),
        ({"KPI_OIDC_ISSUER": "http://id.bureau.example"}, "以 https:// 开头"),
        ({"KPI_OIDC_ISSUER": "id.bureau.example"}, "以 https:// 开头"),
        ({"KPI_OIDC_ISSUER": "https://id.example/?a=b"}, "没有「\\?」和「#」"),
        ({"KPI_OIDC_ISSUER": "https://[broken"}, "KPI_OIDC_ISSUER 的值"),
        ({"KPI_OIDC_URL": ""}, "看板自己的地址"),
        ({"KPI_OIDC_URL": "http://kpi.bureau.example"}, "看板自己的地址"),
        ({"KPI_OIDC_CLIENT": " "}, "没有写环境变量 KPI_OIDC_CLIENT"),
        ({"KPI_OIDC_SECRET": ""}, "没有写环境变量 KPI_OIDC_SECRET_FILE"),
        ({"KPI_OIDC_SECRET_FILE": "/x"}, "只写一个"),
        ({"KPI_OIDC_SECRET": "", "KPI_OIDC_SECRET_FILE": "/no/such/file"}, "读不出"),
        ({"KPI_OIDC_SECRET": "", "KPI_OIDC_SECRET_FILE": "empty"}, "是空的"),
        ({"KPI_OIDC_SECRET": "", "KPI_OIDC_SECRET_FILE": "bytes"}, "不是文字"),
        ({"KPI_OIDC_CA": "empty"}, "证书读不出"),
        ({"KPI_OIDC_CA": "/no/such/file"}, "证书读不出"),
        ({"KPI_OIDC_ONLY": "1"}, "KPI_OIDC_ONLY 的值「1」不对"),
        ({"KPI_OIDC_NAME": "字" * 21}, "最多 20 个"),
    ],
)
def test_a_slip_is_a_sentence(tmp_path, monkeypatch, changed, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").write_bytes(b"\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RequestError, match=sentence):
        sign_on_settings(GIVEN | changed)
