"""What a command says before real sheets come beside the demonstration."""

from kpi.bureau import Bureau
from kpi.cli.options import errors


def warn_of_the_demonstration(bureau: Bureau, act: str) -> None:
    """Print a warning where the demonstration is all there is; ``act`` is what is about to be done: 收, 审核."""
    if bureau.store.demonstration().unmixed:
        errors.print(f"数据目录里是演示数据（虚构），入库的报表和它混在一起；要分开，请先运行 python -m kpi demo --end，再{act}。", soft_wrap=True)
