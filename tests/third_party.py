"""
``python -m tests.third_party``: write THIRD_PARTY.md, the libraries that the dashboard runs on, from what is installed.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "THIRD_PARTY.md"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_LONGEST = 60  # characters; longer is the text of a licence, not its name
_NAMED = {  # whose own data do not name it in a word
    "chinesecalendar": "MIT",
    "colorama": "BSD-3-Clause",
    "psutil": "BSD-3-Clause",
}
HEAD = """# 用到的库和许可证

看板运行用到的库（`requirements.txt`），版本和许可证取自各库自己的说明，由 `python -m tests.third_party` 写成。
都随 pip 安装，源代码里没有抄进它们的代码；网页上用的 Streamlit 前端和 plotly.js 在各自的库里，许可证相同。

| 库 | 版本 | 许可证 |
|---|---|---|
"""


def pins(file: Path) -> Mapping[str, str]:
    """The release of each library of a file of requirements, by its name in small letters with hyphens."""
    return {normal(name): release for name, release in _PIN.findall(file.read_text("utf-8"))}


def normal(name: str) -> str:
    """The name of a library as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """The licence of a library, as its own data name it; empty where they do not."""
    if name in _NAMED:
        return _NAMED[name]
    try:
        data = metadata(name)
    except PackageNotFoundError:
        return ""
    said = data.get("License-Expression") or data.get("License") or ""
    if said and len(said) <= _LONGEST and "\n" not in said:
        return str(said)
    classes = [line.rpartition(" :: ")[2] for line in data.get_all("Classifier") or () if line.startswith("License ::")]
    return "、".join(classes)


def rows() -> Iterator[str]:
    """The lines of the table."""
    for name, release in sorted(pins(ROOT / "requirements.txt").items()):
        yield f"| {name} | {release} | {licence(name)} |\n"


def text() -> str:
    """The whole file."""
    return HEAD + "".join(rows())


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
