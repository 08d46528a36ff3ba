"""The settings of the environment, all read alike: blanks around a value do not count, and one of blanks alone is not set."""

import os
import re
from collections.abc import Mapping, MutableMapping
from datetime import time
from pathlib import Path

from kpi.errors import RequestError, cause

ENVIRONMENT: MutableMapping[str, str] = os.environ
"""What this process was started with; whoever reads a setting of ours reads it by a function below."""


def setting(name: str, environment: Mapping[str, str] = ENVIRONMENT) -> str:
    """What a setting says; empty where it is not set."""
    return environment.get(name, "").strip()


def whole_number(name: str, usual: int, most: int, environment: Mapping[str, str] = ENVIRONMENT) -> int:
    """
    A setting that is a whole number from 1 on.

    Args:
        name: Of the setting.
        usual: What holds where it is not set.
        most: The largest that is taken.
        environment: Where it is read.

    Raises:
        RequestError: It is no such number.

    """
    text = setting(name, environment)
    if not text:
        return usual
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        raise RequestError(f"环境变量 {name} 的值「{text}」不对；请写 1 到 {most} 的整数，或不写，即 {usual}。")
    return int(text)


def yes_or_no(name: str, yes: str, no: str, environment: Mapping[str, str] = ENVIRONMENT) -> bool:
    """
    A setting that is yes or no; no where it is not set.

    Args:
        name: Of the setting.
        yes: What yes means, in Chinese.
        no: What no means.
        environment: Where it is read.

    Raises:
        RequestError: It is neither.

    """
    wanted = setting(name, environment).lower() or "no"
    if wanted not in ("yes", "no"):
        raise RequestError(f"环境变量 {name} 的值「{wanted[:20]}」不对；请写 yes（{yes}）或 no（{no}），不写即 no。")
    return wanted == "yes"


def time_of_day(name: str, example: str, unset: str, environment: Mapping[str, str] = ENVIRONMENT) -> time | None:
    """
    A setting that is a time of the day; None where it is not set.

    Args:
        name: Of the setting.
        example: One that could stand there.
        unset: What it means that it is not set, in Chinese.
        environment: Where it is read.

    Raises:
        RequestError: It is no time.

    """
    at = setting(name, environment)
    if not at:
        return None
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", at):
        raise RequestError(f"环境变量 {name} 的值「{at}」不是时间；请写 {example} 这样的时和分，或不写，即{unset}。")
    hour, _, minute = at.partition(":")
    return time(int(hour), int(minute))


def secret(name: str, file_name: str, what: str, environment: Mapping[str, str] = ENVIRONMENT) -> str:
    """
    A secret of the settings, in the environment or the first line of a file; empty where there is none.

    Args:
        name: Of the setting that is the secret.
        file_name: Of the setting that is the path of a file with it.
        what: What the secret is called, in Chinese.
        environment: Where both are read.

    Raises:
        RequestError: Both are set, or the file cannot be read, is no text, or is empty.

    """
    given, file = setting(name, environment), setting(file_name, environment)
    if given and file:
        raise RequestError(f"环境变量 {name} 和 {file_name} 只写一个；请留下 {file_name}。")
    if not file:
        return given
    try:
        written = Path(file).read_text("utf-8-sig").partition("\n")[0].strip()
    except OSError as error:
        raise RequestError(f"环境变量 {file_name} 写的文件读不出（{cause(error)}）；请核对路径和权限。") from None
    except ValueError:
        raise RequestError(f"环境变量 {file_name} 写的文件不是文字；请把{what}存成纯文本。") from None
    if not written:
        raise RequestError(f"环境变量 {file_name} 写的文件是空的；请把{what}存进去。")
    return written
