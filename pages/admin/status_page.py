"""运行：数据、磁盘、备份、打开的页面、读取队列、内存和最近的错误。"""

from pages.widgets import frame

frame.fragment(frame.opened(frame.view()))
