"""The settings at the start: each wrong one is named, with what is expected, before anything is served."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kpi.errors import KpiError
from pages.widgets.start_settings import require_settings

ROOT = Path(__file__).parents[2]
SIGN_ON = {"KPI_OIDC_ISSUER": "https://sso.example", "KPI_OIDC_CLIENT": "kpi", "KPI_OIDC_SECRET": "x", "KPI_OIDC_URL": "https://kpi.example"}
MAIL = {"KPI_SMTP_HOST": "mail.example", "KPI_SMTP_FROM": "kpi@example.gov.cn"}
WRONG: list[tuple[str, str, dict[str, str]]] = [  # a setting, a value that it may not have, and what else is set
    ("KPI_ZONE", "Mars/Base", {}),
    ("KPI_ROUNDING", "up", {}),
    ("KPI_COMPLETE_ENOUGH", "2", {}),
    ("KPI_READERS", "0", {}),
    ("KPI_DROP_FILES", "many", {}),
    ("KPI_DROP_MB", "-1", {}),
    ("KPI_TWO_STEPS", "maybe", {}),
    ("KPI_VISITS", "1e3", {}),
    ("KPI_SPARE", "1.5", {}),
    ("KPI_BACKUP_AT", "25:00", {"KPI_BACKUP": "somewhere"}),
    ("KPI_BACKUP_KEEP", "x", {"KPI_BACKUP": "somewhere"}),
    ("KPI_PROXY", "nginx", {}),
    ("KPI_HOSTS", "https://kpi.example", {}),
    ("KPI_INBOX_ACCEPT", "no", {}),
    ("KPI_NOTICE_AT", "soon", {}),
    ("KPI_OIDC_ISSUER", "http://sso.example", SIGN_ON),
    ("KPI_OIDC_CLIENT", "", SIGN_ON),
    ("KPI_OIDC_SECRET_FILE", "nowhere", SIGN_ON | {"KPI_OIDC_SECRET": ""}),
    ("KPI_OIDC_SECRET", "", SIGN_ON),
    ("KPI_OIDC_URL", "kpi.example", SIGN_ON),
    ("KPI_OIDC_NAME", "x" * 21, SIGN_ON),
    ("KPI_OIDC_CA", "nowhere", SIGN_ON),
    ("KPI_OIDC_ONLY", "perhaps", SIGN_ON),
    ("KPI_SMTP_HOST", "mail example", MAIL),
    ("KPI_SMTP_FROM", "nobody", MAIL),
    ("KPI_SMTP_SECURITY", "tls", MAIL),
    ("KPI_SMTP_PORT", "0", MAIL),
    ("KPI_SMTP_PASSWORD_FILE", "nowhere", MAIL),
    ("KPI_SMTP_PASSWORD", "x", MAIL | {"KPI_SMTP_PASSWORD_FILE": "x"}),
    ("KPI_SMTP_USER", "kpi", MAIL),
    ("KPI_LEDGER_ORIGINALS", "keep", {}),
    ("KPI_LEDGER_KEY", "", {"KPI_LEDGER_ORIGINALS": "encrypt"}),
]
TAKEN = {  # settings that may be any text here: who uses them says what is wrong with it
    *("KPI_DATA", "KPI_CATALOG", "KPI_LOG"),  # paths: the folder is opened before the first visit, or the pages say why not
    *("KPI_INBOX", "KPI_BACKUP"),  # folders that may be on a share which comes later
    "KPI_TOKEN",  # of a command, not of the server
}


@pytest.mark.parametrize(("name", "value", "beside"), WRONG, ids=[name for name, *_ in WRONG])
def test_a_wrong_setting_is_named(name: str, value: str, beside: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence that says what to write; without it everything is right, or lacks what it needs."""
    for other, text in {**beside, name: value}.items():
        monkeypatch.setenv(other, text)
    with pytest.raises(KpiError) as refused:
        require_settings()
    sentence = str(refused.value)
    assert name in sentence
    assert re.search(r"；.*(请|可用|最多)", sentence)


def test_what_goes_with_the_wrong_ones_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that each row of the table is wrong for its own reason."""
    for name, text in (SIGN_ON | MAIL | {"KPI_BACKUP": "somewhere"}).items():
        monkeypatch.setenv(name, text)
    require_settings()


def test_every_setting_of_the_program_is_in_the_table() -> None:
    """A new one gets a row, or a reason why it is any text."""
    source = "".join(file.read_text("utf-8") for folder in ("kpi", "pages") for file in (ROOT / folder).rglob("*.py"))
    assert set(re.findall(r"\bKPI_[A-Z]+(?:_[A-Z]+)*\b", source)) == {name for name, *_ in WRONG} | TAKEN


def test_the_start_ends_with_the_sentence_and_no_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"KPI_DATA": str(tmp_path / "data"), "KPI_HOSTS": "https://kpi.example"}
    ended = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")
    sentence = (
        "环境变量 KPI_HOSTS 里的「https://kpi.example」不是主机名；请写浏览器里打开的名称或 IP，如 kpi.example.gov.cn，不带 http:// 和端口，多个用逗号隔开。"
    )
    assert (ended.returncode, ended.stderr.splitlines()[-1:], "Traceback" in ended.stderr) == (1, [sentence], False)
