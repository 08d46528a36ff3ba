"""The pages over the demo bureau, without a browser."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.bureau import Bureau
from pages.widgets import session, warmth

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


@pytest.fixture
def shell(demo: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The shell over the demo, for tests that only look."""
    return _over(demo, monkeypatch)


@pytest.fixture
def bare_shell(empty: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The shell over an empty store: the first start."""
    return _over(empty, monkeypatch)


def _over(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(session, "bureau", lambda: bureau)
    monkeypatch.setattr(warmth, "keep_ready", lambda: None)  # a thread would outlive the bureau of the test
    st.cache_resource.clear()
    return AppTest.from_file(str(SHELL), default_timeout=60)
