"""The files of ``deploy/`` are of this program: what they name is there, and what they start runs."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.pages.serving import free_port

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]
SETTING = re.compile(r"\bKPI_[A-Z_]+\b")
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
STOPS_WITHIN = 60  # seconds that whoever stops it waits before it is killed


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8-sig")


def settings_of_the_code() -> set[str]:
    return {name for path in [ROOT / "app.py", *(ROOT / "kpi").rglob("*.py")] for name in SETTING.findall(path.read_text("utf-8"))}


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each with what follows it."""
    whole = re.sub(r"\\\n", " ", text_of("Dockerfile"))
    return [tuple(line.split(None, 1)) for line in whole.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path):
    """Also in lines that are switched off: somebody will switch them on."""
    assert set(SETTING.findall(path.read_text("utf-8-sig"))) - settings_of_the_code() == set()


def test_every_setting_of_the_code_is_described_for_who_runs_it():
    described = {name for path in (ROOT / "docs").glob("*.md") for name in SETTING.findall(path.read_text("utf-8"))}
    assert settings_of_the_code() - described == set()


def test_nothing_secret_is_in_the_files():
    for path in FILES:
        assert not re.search(r"(?i)(secret|password|token)\s*[=:]\s*\S", re.sub(r"KPI_OIDC_SECRET_FILE=/\S+", "", path.read_text("utf-8-sig"))), path


def test_ports_and_limits_are_those_of_the_program(instructions):
    """The page takes files of so many MB; a form wraps them in some thousand bytes more."""
    port, megabytes = CONFIG["port"], CONFIG["maxUploadSize"]
    assert f"client_max_body_size {megabytes + 1}m;" in text_of("nginx.conf")
    assert f"server 127.0.0.1:{port};" in text_of("nginx.conf")
    assert f"STREAMLIT_SERVER_PORT={port}\n" in text_of("kpi.env")
    assert ("EXPOSE", str(port)) in instructions
    assert f"127.0.0.1:{port}/healthz" in dict(instructions)["HEALTHCHECK"]
    assert f"TimeoutStopSec={STOPS_WITHIN}\n" in text_of("kpi.service")


def test_settings_stand_one_a_line_as_all_three_readers_take_them():
    lines = [line.removeprefix("#") for line in text_of("kpi.env").splitlines() if re.match(r"#?[A-Z]", line)]
    assert len(lines) > 10
    for line in lines:
        assert re.fullmatch(r"[A-Z_]+=[^\"'#\s]+", line), line


def test_the_image_holds_what_is_named_and_runs_as_nobody_special(instructions):
    sources = [word for name, words in instructions if name == "COPY" and not words.startswith("--from") for word in words.split()[:-1]]
    assert sources == ["requirements.txt", "app.py", "LICENSE", ".streamlit", "data", "kpi", "pages"]
    assert all((ROOT / source).exists() for source in sources)
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert set(allowed) == set(sources)
    assert [words for name, words in instructions if name == "FROM"] == ["python:3.11-slim AS build", "python:3.11-slim"]
    assert dict(instructions)["USER"] == "10001"


def test_the_composition_is_closed_and_names_what_is_there():
    whole = yaml.safe_load(text_of("compose.yaml"))
    service = whole["services"]["kpi"]
    context = (DEPLOY / service["build"]["context"]).resolve()
    assert context == ROOT
    assert (context / service["build"]["dockerfile"]).exists()
    assert (DEPLOY / service["env_file"]).exists()
    assert service["ports"] == [f"127.0.0.1:{CONFIG['port']}:{CONFIG['port']}"]  # other machines come by https alone
    assert (service["read_only"], service["cap_drop"], service["security_opt"], service["user"]) == (True, ["ALL"], ["no-new-privileges:true"], "10001")
    assert [volume.split(":")[0] for volume in service["volumes"]] == list(whole["volumes"])
    assert service["networks"] == list(whole["networks"])
    [subnet] = whole["networks"]["inside"]["ipam"]["config"]
    assert service["environment"]["KPI_PROXY"] == subnet["gateway"]
    assert service["stop_grace_period"] == f"{STOPS_WITHIN}s"
    assert "useradd --system --uid 10001" in text_of("Dockerfile")


def test_what_the_image_holds_is_enough_to_run(instructions, tmp_path):
    """The tree that the Dockerfile copies, with its settings: it refuses without an account, and answers its own health check with one."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for name, words in instructions:
        if name == "COPY" and not words.startswith("--from"):
            for source in words.split()[:-1]:
                place = ROOT / source
                shutil.copytree(place, tree / source, ignore=shutil.ignore_patterns("__pycache__")) if place.is_dir() else shutil.copy(place, tree / source)
    port = str(free_port())
    given = dict(pair.split("=", 1) for pair in dict(instructions)["ENV"].split())
    environment = {"PATH": os.environ["PATH"], **given, "KPI_DATA": str(tmp_path / "data"), "STREAMLIT_SERVER_PORT": port}
    [refused, made] = (
        subprocess.run([sys.executable, *command], cwd=tree, env=environment, input=words, capture_output=True, text=True, check=False, timeout=120)
        for command, words in (
            (["app.py"], ""),
            (["-m", "kpi", "account", "add", "admin1", "--name", "王管理", "--role", "管理员", "--password-stdin", "--json"], "Good-pass-9\n"),
        )
    )
    assert (refused.returncode, "没有设账号，看板不能用 0.0.0.0 打开" in refused.stderr) == (1, True)
    assert json.loads(made.stdout)["account"] == "admin1"
    [check] = re.findall(r'"-c", "([^"]+)"', dict(instructions)["HEALTHCHECK"])
    with subprocess.Popen([sys.executable, "app.py"], cwd=tree, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert "看板已经打开" in process.stdout.readline()
        subprocess.run([sys.executable, "-c", check.replace(str(CONFIG["port"]), port)], check=True, timeout=60)
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOPS_WITHIN) == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
def test_the_unit_is_sound_and_closed(tmp_path):
    """Exposure as systemd counts it: 10 is open, below 2 is well closed."""
    unit = tmp_path / "kpi.service"
    here = {"/opt/kpi/.venv/bin/python": sys.executable, "/opt/kpi": str(ROOT), "User=kpi": "User=root", "Group=kpi": "Group=root"}
    text = text_of("kpi.service")
    for name, place in here.items():
        text = text.replace(name, place)
    unit.write_text(text, "utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "RuntimeDirectory=" in text  # beside PrivateTmp, else commands do not find the server
    counted = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit], capture_output=True, text=True, check=False)
    assert counted.returncode == 0, counted.stdout.splitlines()[-1]


@pytest.mark.parametrize("path", sorted((DEPLOY / "windows").glob("*.ps1")), ids=lambda path: path.name)
def test_scripts_for_windows_are_written_as_it_reads_them(path):
    """Without the mark at its head PowerShell 5.1 takes Chinese for the code page of the machine."""
    script = path.read_bytes()
    assert script.startswith(b"\xef\xbb\xbf")
    assert script.count(b"\n") == script.count(b"\r\n") > 10
    for name in re.findall(r"Join-Path \$(?:Root|Here) '([^']+)'", script.decode("utf-8-sig")):
        assert name.startswith(".venv") or (DEPLOY / "windows" / name).exists() or name == "kpi.env", name
