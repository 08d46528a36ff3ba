"""Words of a sheet on a page: shown as they stand, whatever signs they hold."""

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#~$:|])")
_LIST = re.compile(r"^(\s*\d*)([-+.)])")  # at the beginning they make a list


def plain(text: str) -> str:
    """A text whose signs are not taken for Markdown."""
    return _LIST.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text.replace("\n", " ")))
