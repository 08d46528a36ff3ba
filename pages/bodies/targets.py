"""未达标：哪些指标没有达标，差多少，怎样补上。"""
from pages.bodies import overview
from pages.view import View


def body(view: View) -> str:
    return overview.body(view)
