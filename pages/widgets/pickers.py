"""What to look at: month, office, indicator. Every choice lives in the address, so a link opens the same view."""

from datetime import date

import streamlit as st

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure
from kpi.period import Month
from pages.widgets import pasts, session
from pages.widgets.choice import choice, nearest_month, refuse

_BUREAU = "全局"


def period() -> Month:
    """The month to look at; the latest one until somebody chooses."""
    choices = [str(month) for month in reversed(session.periods())]
    return Month.parse(choice("期间", choices, "period", 140, near=nearest_month))


def org() -> str:
    """The organisation to look at, with those below it; the root, without asking, where there is but one."""
    catalog = session.bureau().catalog
    if not catalog.branched:
        return catalog.root
    names = {org.name: code for code, org in catalog.orgs.items()}
    return names[choice("单位", list(names), "org", 220)]


def choose(org: str) -> None:
    """Turn the picker to an organisation; a link could not, for the choice already made would stand."""
    st.session_state["org"] = session.bureau().catalog.orgs[org].name


def reporting() -> str:
    """One organisation that reports; the only one, without asking, where there is but one."""
    catalog = session.bureau().catalog
    names = {catalog.orgs[code].name: code for code in catalog.leaves(catalog.root)}
    if not catalog.branched:
        return catalog.root
    return names[choice("单位", list(names), "unit", 220)]


def day(month: Month) -> date:
    """The day as known on which to look; the last one of the month until somebody chooses, and that of another month with it."""
    default = pasts.default_day(month)
    if "day" in st.session_state and st.session_state["day"] == st.session_state.get("day_unchosen"):
        st.session_state["day"] = default
    st.session_state["day_unchosen"] = default
    asked = None if "day" in st.session_state else st.query_params.get("day")
    chosen = st.date_input("按哪一天所知", value=default, key="day", bind="query-params", format="YYYY-MM-DD", width=150) or default
    if asked is not None and asked != chosen.isoformat():
        refuse("日子", asked, f"「{chosen.isoformat()}」")
    return chosen


def choose_day(day: date) -> None:
    """Turn the picker to a day."""
    st.session_state["day"] = day


def office() -> str | None:
    """The office to look at; None for the whole bureau."""
    names = {office.name: code for code, office in session.bureau().catalog.offices.items()}
    return names.get(choice("科室", [_BUREAU, *names], "office", 200))


def code() -> str:
    """One indicator or measure, grouped by office in the list."""
    labels = session.kept(_labels)
    names = list(labels.values())
    codes = dict(zip(names, labels, strict=True))
    first = next((i.code for i in session.bureau().catalog.indicators.values() if i.headline), next(iter(labels)))
    return codes[choice("指标或数据项", names, "code", 460, names.index(labels[first]))]


def indicator() -> str:
    """One indicator, grouped by office in the list; a headline one until somebody chooses."""
    indicators = session.bureau().catalog.indicators
    codes = {label: code for code, label in session.kept(_labels).items() if code in indicators}
    first = next((place for place, code in enumerate(codes.values()) if indicators[code].headline), 0)
    return codes[choice("指标", list(codes), "ranked", 460, first)]


def address(code: str, period: Month, org: str | None = None) -> dict[str, str]:
    """The query of a link that opens 趋势 on a figure."""
    return {"code": session.kept(_labels)[code]} | view(period, org)


def view(period: Month, org: str | None = None, office: str | None = None) -> dict[str, str]:
    """The query of a link that opens a page on a month, an organisation where there are several, and an office."""
    catalog = session.bureau().catalog
    whose = {"org": catalog.orgs[org].name} if catalog.branched and org else {}
    return {"period": str(period)} | whose | ({"office": catalog.offices[office].name} if office else {})


def _labels() -> dict[str, str]:
    """Every code with the label it has in the list and in the address, each label once."""
    catalog = session.bureau().catalog
    labels: dict[str, str] = {}
    for office in sorted(catalog.offices.values(), key=lambda office: office.order):
        own = [i for i in catalog.indicators.values() if i.office == office.code]
        typed = [m for m in catalog.measures.values() if m.office == office.code and m.code not in catalog.indicators]
        entries: list[Indicator | Measure] = [*own, *typed]
        for entry in entries:
            label = f"{office.name} · {entry.name}" + ("" if entry in own else "（数据项）")
            labels[entry.code] = label if label not in labels.values() else f"{label}〔{entry.code}〕"
    return labels
