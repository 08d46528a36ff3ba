"""Words of a sheet on a page: shown as they stand, whatever signs they hold."""

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(text: str) -> str:
    """A text whose signs are not taken for Markdown."""
    return _SIGNS.sub(r"\\\1", text.replace("\n", " "))
