"""网页填报：不用文件，在网页上填一个科室一个月的报表；表格由页面自己的脚本带着，见 kpi/web/grid.js。"""

from pages.widgets import frame

frame.fragment(frame.opened(frame.view()))
