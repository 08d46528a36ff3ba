"""Where the data folder lies, without anything that takes long to load: a command beside a running server asks no more."""

from pathlib import Path

from kpi.setting import setting

DEFAULT_DATA = Path(__file__).resolve().parent.parent / "var"


def data_folder(data: Path | None = None) -> Path:
    """Where the data folder lies: as given, else ``KPI_DATA``, else ``var`` beside the project."""
    return data or Path(setting("KPI_DATA") or DEFAULT_DATA)
