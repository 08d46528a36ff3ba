"""FileReading that takes longer than a glance: which file, how many of how many, and a way to stop."""

from collections.abc import Callable

import streamlit as st

from kpi.filing.desk import Desk
from kpi.filing.file_reading import FileReading
from kpi.filing.two_steps import to_the_sender
from pages.widgets import running
from pages.widgets.plain import plain

PATIENCE = 0.5  # seconds that a page waits before it shows progress
_LOOK_EVERY = 0.4


def all_read(desk: Desk) -> bool:
    """Whether everything on the desk is read; until then progress is shown, and the page runs again when it is."""
    while (reading := desk.reading()) is not None:
        if not reading.finished(PATIENCE):
            _watch(reading)
            return False
    return True


def offer_rest(desk: Desk) -> None:
    """Say what was left when somebody stopped, and read it when asked."""
    if not desk.left:
        return
    names = "、".join(f"「{file.name}」" for file in desk.left[:3])
    read = to_the_sender(running.caller(), "已经读完的照常可以入库") if desk.reports else "没有一份读完"
    st.warning(
        plain(f"已停止：还有 {len(desk.left)} 份没有读，{names}{'等' if len(desk.left) > 3 else ''}，都留在这里；{read}。"), icon=":material/pause_circle:"
    )
    with st.container(horizontal=True):
        if st.button("继续读取", icon=":material/play_arrow:"):
            desk.resume()
            st.rerun()
        if st.button("移除没有读的", icon=":material/delete:"):
            for file in desk.left:
                desk.remove(file)
            st.rerun()


def counted(words: str) -> Callable[[int, int], None]:
    """A bar for work that the page itself does; it is told how many of how many are done."""
    bar = st.progress(0.0, plain(f"{words}…"))

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), plain(f"{words}：{done} / {total} 份"))

    return tell


def what_is_done(reading: FileReading) -> str:
    """What a reading is at: it waits for its turn, reads a file, or checks what it has read."""
    if ahead := reading.ahead:
        return f"等待读取，前面还有 {ahead} 份"
    return f"正在读取「{reading.now}」" if reading.now else "正在核对"


@st.fragment(run_every=_LOOK_EVERY)
def _watch(reading: FileReading) -> None:
    if reading.finished():
        st.rerun()
    st.progress(reading.done / max(reading.total, 1), plain(f"{what_is_done(reading)}：已读 {reading.done} / {reading.total} 份"))
    if st.button("停止读取", icon=":material/stop_circle:"):
        reading.stop()
        st.rerun()
