"""Other indicators or organisations beside the one of the page (一起看): which the address asks for, and which can still be chosen."""

from dataclasses import dataclass

from kpi.present.html.trend_plot import TrendPlot
from kpi.review.series import Series
from kpi.review.side_by_side import SideBySide, side_by_side
from pages.bodies import trend_plots
from pages.choices import CHOICES, Option
from pages.view import View
from pages.widgets import session

KEY = "with"  # of the address: codes of indicators and measures, of organisations with a sign before them
ORG = "@"
MOST = len(trend_plots.OTHERS)
_LONGEST = 40  # signs of what an address asks for that a sentence repeats


@dataclass(frozen=True, slots=True)
class LinesBeside:
    """The lines of the picture, the page's own first; none where nothing else is asked for."""

    lines: tuple[Series, ...]
    names: tuple[str, ...]
    figures: SideBySide | None
    more: tuple[Option, ...]  # what can be added: the word that the address would have then
    taken: tuple[tuple[str, str], ...]  # what is there, and the address without it
    notes: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether there is room for no other line."""
        return len(self.lines) >= MOST


def beside(view: View) -> LinesBeside:
    """What an address asks for beside the page's own figure."""
    options = _options(view)
    asked = [word for word in dict.fromkeys(view.get(KEY).split(",")) if word]
    known = [word for word in asked if word in options][: MOST - 1]
    notes = [f"地址里要一起看的「{word[:_LONGEST]}」，这里没有。" for word in asked if word not in options]
    if len(known) < len([word for word in asked if word in options]):
        notes.append(f"一张图最多 {MOST} 条线，只画前 {MOST} 条。")
    lines = [_series(view, word) for word in ["", *known]] if known else []
    figures = side_by_side(lines) if lines else None
    if figures is not None and figures.indexed:
        notes.append(
            f"单位不同，各以 {figures.base.chinese}的数为 100 来比；线的高低只说各自比那个月多了还是少了，括号里是数本身。"
            if figures.base
            else "单位不同，又没有一个月份各项都有大于 0 的数，不能放在一起比。"
        )
    codes = any(not word.startswith(ORG) for word in known)
    own = session.bureau().catalog.indicator_or_measure(view.get("code")).name
    first = own if codes or not known else session.bureau().catalog.orgs[view.org].name
    return LinesBeside(
        lines=tuple(lines),
        names=(first, *(_name(view, word, codes=codes) for word in known)) if lines else (),
        figures=figures,
        more=tuple(Option(",".join([*known, value]), option.label, option.heading) for value, option in options.items() if value not in known),
        taken=tuple((options[word].label, view.link(**{KEY: ",".join(other for other in known if other != word) or None})) for word in known),
        notes=tuple(notes),
    )


def plot(view: View, chosen: LinesBeside) -> TrendPlot:
    """The picture of all lines."""
    figures = chosen.figures or SideBySide((), indexed=False, base=None)
    return trend_plots.plot_beside(view, chosen.lines, chosen.names, figures)


def _options(view: View) -> dict[str, Option]:
    """Everything that can be put beside the figure: other organisations of the same figure first, then figures of the same unit, then all others."""
    catalog = session.bureau().catalog
    unit = catalog.indicator_or_measure(view.get("code")).unit
    orgs = [Option(f"{ORG}{code}", org.name, "单位") for code, org in catalog.orgs.items() if code != view.org] if catalog.branched else []
    codes = [option for option in CHOICES["code"].options(view.values) if option.value != view.get("code")]
    alike = [Option(option.value, option.label, f"单位相同（{unit}）") for option in codes if catalog.indicator_or_measure(option.value).unit == unit]
    same = {option.value for option in alike}
    others = [Option(option.value, option.label, f"{option.heading}（单位不同）") for option in codes if option.value not in same]
    return {option.value: option for option in (*orgs, *alike, *others)}


def _series(view: View, word: str) -> Series:
    shown = trend_plots.window(view).shown
    code, org = (view.get("code"), word.removeprefix(ORG)) if word.startswith(ORG) else (word or view.get("code"), view.org)
    return session.series(code, shown[0], shown[-1], view.span, org)


def _name(view: View, word: str, *, codes: bool) -> str:
    """The name of a line: of an organisation alone where only organisations are compared."""
    catalog = session.bureau().catalog
    if not word.startswith(ORG):
        return catalog.indicator_or_measure(word).name
    org = catalog.orgs[word.removeprefix(ORG)].name
    return f"{org}{catalog.indicator_or_measure(view.get('code')).name}" if codes else org
