"""The catalogue with targets that a table proposes: those that nothing is asked about, beside or in place of what stands there."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.catalog.model import Catalog
from kpi.catalog.target import Target
from kpi.errors import RequestError
from kpi.setup.target_proposal import TargetProposal

_SHOWN = 5


def with_targets(catalog: Catalog, proposals: Sequence[TargetProposal], *, replacing: bool = False) -> Catalog:
    """
    The catalogue with some targets.

    Args:
        catalog: The catalogue as it is.
        proposals: The targets, as `TargetProposals.ready` names them or somebody has chosen them.
        replacing: Whether they may stand in for other targets of the same indicator, year, office and organisation.

    Returns:
        The catalogue, unchecked: whoever writes it or puts it in force has it checked.

    Raises:
        RequestError: There is another target already, and it may not be replaced.

    """
    others = [proposal for proposal in proposals if proposal.replaced and _differs(proposal.target, proposal.replaced)]
    if others and not replacing:
        names = "、".join(f"「{proposal.name}」" for proposal in others[:_SHOWN]) + ("等" if len(others) > _SHOWN else "")
        raise RequestError(f"指标目录里已有 {len(others)} 个不同的目标：{names}；要换成表上的请加 --replace，年中调整的用 --from 写明从哪一天起执行。")
    targets = {key: list(own) for key, own in catalog.targets.items()}
    for proposal in proposals:
        own = targets.setdefault((proposal.target.indicator, proposal.target.year), [])
        if proposal.replaced in own:
            own[own.index(proposal.replaced)] = _kept(proposal.target, proposal.replaced)
        else:
            own.append(proposal.target)
    kinds = {proposal.target.indicator: proposal.target.kind for proposal in proposals if proposal.sets_kind}
    return replace(
        catalog,
        targets={key: tuple(sorted(own, key=lambda target: target.first_day(catalog.year))) for key, own in targets.items()},
        indicators={
            code: indicator.model_copy(update={"target_kind": kinds[code]}) if code in kinds else indicator for code, indicator in catalog.indicators.items()
        },
    )


def _differs(target: Target, other: Target) -> bool:
    """Whether one target asks for something else than another."""
    return any(getattr(target, name) != getattr(other, name) for name in ("kind", "value", "upper", "monthly", "milestones"))


def _kept(target: Target, former: Target) -> Target:
    """A target in place of a former one: what a table never says, its points and its parts, stays."""
    return target.model_copy(update={name: getattr(former, name) for name in ("score", "parts", "tolerance")} | {"note": target.note or former.note})
