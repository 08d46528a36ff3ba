"""What a message of the page library hands out, and that what people have typed is none of it."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.widgets.handed_names import handed_names

FILE = "0f" * 28 + ".xlsx"
VISIT = "01234567-89ab-cdef-0123-456789abcdef"


def message(**fields: str) -> ForwardMsg:
    """A message with texts in some of its fields, each by its path."""
    made = ForwardMsg()
    for path, text in fields.items():
        place, *names, last = (made, *path.split("__"))
        for name in names:
            place = getattr(place, name)
        setattr(place, last, text)
    return made


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("new_session__initialize__session_id", VISIT, {VISIT}),
        ("delta__new_element__download_button__url", f"/media/{FILE}", {FILE}),
        ("backend_operation_response__deferred_file__url", f"/media/{FILE}", {FILE}),
        ("delta__new_element__markdown__body", f"/media/{FILE} {VISIT}", set()),
        ("delta__new_element__text_input__default", f"/media/{FILE}", set()),
        ("delta__new_element__text_input__value", VISIT, set()),
        ("delta__new_element__download_button__label", f"/media/{FILE}", set()),
        ("delta__new_element__link_button__url", f"/media/{FILE}", set()),
        ("new_session__page_script_hash", VISIT, set()),
    ],
)
def test_handed_out_is_what_the_library_fills_in(path, text, names):
    assert handed_names(message(**{path: text}).SerializeToString()) == names


def test_the_places_for_uploads_name_the_visit():
    made = ForwardMsg()
    made.file_urls_response.file_urls.add(file_id="1", upload_url=f"/_stcore/upload_file/{VISIT}/1")
    assert handed_names(made.SerializeToString()) == {VISIT}


def test_what_is_no_message_hands_out_nothing():
    assert handed_names(b"\xff\xff") == set()
