"""``backup`` and ``restore`` as scripts use them: beside a running server, JSON, exit codes, sentences."""

import json
from pathlib import Path

import pytest

from kpi.bureau import open_bureau
from kpi.cli.app import main


def test_a_running_bureau_is_backed_up_tried_and_restored(demo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All 437 sheets of the demonstration, while the bureau is open; the board of the restored folder is the same."""

    def run(*arguments: str, code: int = 0) -> dict:
        assert main([*arguments, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    with open_bureau(demo_copy):
        made = run("backup", str(tmp_path / "b.tar"), "--data", str(demo_copy))
    assert (made["submissions"], made["log"]["last"], made["editions"], made["lacks"], made["secret"]) == (437, 437, 0, [], (demo_copy / "secret").exists())
    assert (made["size"], Path(made["file"])) == ((tmp_path / "b.tar").stat().st_size, tmp_path / "b.tar")

    target = ["--data", str(tmp_path / "restored")]
    planned = run("restore", str(tmp_path / "b.tar"), "--dry-run", *target)
    assert (planned["restored"], planned["submissions"], planned["log"], planned["version"]) == (None, 437, made["log"], made["version"])
    assert not (tmp_path / "restored").exists()

    restored = run("restore", str(tmp_path / "b.tar"), *target)["restored"]
    assert (restored["submissions"], restored["counts_equal"], restored["files_equal"], restored["faults"]) == (437, True, made["files"], [])
    board = ["board", "--period", "2023-11"]
    assert run(*board, *target) == run(*board, "--data", str(demo_copy))

    assert main(["restore", str(tmp_path / "b.tar"), *target]) == 1
    assert "恢复只写进不存在的或空的文件夹" in capsys.readouterr().err


def test_what_is_printed(demo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was kept up to which number, that the file is to be guarded like the folder, and what a dry run would do."""
    gone = next((demo_copy / "uploads").iterdir())
    gone.unlink()

    assert main(["backup", str(tmp_path / "b.tar"), "--data", str(demo_copy)]) == 1
    out = capsys.readouterr().out
    assert "到日志第 437 号，437 份报送、0 个会议版、0 件督办" in out
    assert "与数据目录一样保管" in out
    assert f"请处理：备份时数据目录里就缺的：原始文件「uploads/{gone.name}」不存在或无法读取" in out

    assert main(["restore", str(tmp_path / "b.tar"), "--dry-run", "--data", str(tmp_path / "new")]) == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("备份完好。将恢复到", "由版本 0.1.0 备份，到日志第 437 号", gone.name, "只是检查，什么都没有写。"))

    (tmp_path / "b.tar").write_bytes((tmp_path / "b.tar").read_bytes()[:1_000_000])
    assert main(["restore", str(tmp_path / "b.tar"), "--dry-run", "--data", str(tmp_path / "new")]) == 1
    assert "断了或乱了，它和它以后的文件都读不出；请换另一份备份。" in capsys.readouterr().err
