"""The settings of the environment, all read alike: blanks around a value do not count, and one of blanks alone is not set."""

import os
import re
from collections.abc import Mapping

from kpi.errors import RequestError


def setting(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """What a setting says; empty where it is not set."""
    return environment.get(name, "").strip()


def whole_number(name: str, usual: int, most: int, environment: Mapping[str, str] = os.environ) -> int:
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
