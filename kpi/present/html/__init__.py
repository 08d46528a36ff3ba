"""
Fragments of HTML and SVG (卡片、表、靶条、热力图、哑铃图、走势图): one renderer for pages, first screen, print and 大屏.

Templates escape whatever they print; a fragment takes its colours from the style sheet, which knows light, dark and paper.
"""
