"""审计记录：整页读出来看，不留着：每次登录都多一条。"""

from pages.widgets import frame

frame.fragment(frame.opened(frame.view()))
