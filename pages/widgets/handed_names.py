"""
What a message of the page library hands out (下载地址、页面会话): the addresses of files and the names of visits in it.

Asked are the fields that the library fills in itself.  What a person has typed stands in others, so nobody gets a file by writing its
address into a field that a page shows again.
"""

import re
from collections.abc import Iterator

from google.protobuf.message import DecodeError, Message  # type: ignore[import-untyped]  # ships no stubs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_NAMES = re.compile(r"/media/([0-9a-f]{32,}\.[0-9A-Za-z]+)|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_HANDING = {("Initialize", "session_id"), ("DownloadButton", "url"), ("DeferredFileResponsePayload", "url"), ("FileURLs", "upload_url"), ("Image", "url")}


def handed_names(data: bytes) -> set[str]:
    """The names in a message of the library; none in what is no message."""
    try:
        message = ForwardMsg.FromString(data)
    except DecodeError:
        return set()
    return {media or visit for text in _handing(message) for media, visit in _NAMES.findall(text)}


def _handing(message: Message) -> Iterator[str]:
    """The texts of the fields that hand something out."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            for inner in (value,) if isinstance(value, Message) else value.values() if hasattr(value, "values") else value:
                if isinstance(inner, Message):
                    yield from _handing(inner)
        elif (message.DESCRIPTOR.name, field.name) in _HANDING:
            yield str(value)
