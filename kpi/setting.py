"""The settings of the environment, all read alike: blanks around a value do not count, and one of blanks alone is not set."""

import os
from collections.abc import Mapping


def setting(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """What a setting says; empty where it is not set."""
    return environment.get(name, "").strip()
