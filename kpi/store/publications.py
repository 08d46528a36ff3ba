"""The publications of a data folder: those that are on record, and one more."""

from kpi.errors import OutdatedError, StoreError, cause
from kpi.store.folder import DataFolder, sync_folders
from kpi.store.publication import Publication

_WHAT = "公开记录"


class Publications:
    """The folder ``published`` of a data folder; any thread may ask."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._published = folder.root / "published"

    def all(self) -> list[Publication]:
        """
        Every publication, the first one first.

        Raises:
            StoreError: A file is damaged.

        """
        every = []
        for name, data in self.files().items():
            try:
                every.append(Publication.parse(data))
            except ValueError:
                raise StoreError(f"{_WHAT}「{name}」不是本系统写的；请从备份恢复 published 文件夹。") from None
        return sorted(every, key=lambda publication: publication.at)

    def keep(self, publication: Publication, known: int) -> None:
        """
        Keep a publication; one that tells the same as another is kept once.

        Args:
            publication: The publication.
            known: How many there were when it was written.

        Raises:
            OutdatedError: There are more since, so that it may tell what they hide.
            StoreError: The disk refuses, or as `all`.

        """
        every = self.all()
        if any(publication.tells_the_same(other) for other in every):
            return
        if len(every) != known:
            raise OutdatedError(f"「{publication.title}」写好以后又公开了别的材料，两份相减可能推算出不公开的数；请刷新页面，重新写一次。")
        self._folder.require_space()
        try:
            self._published.mkdir(exist_ok=True)
            self._folder.put(self._published / publication.name, publication.data)
            sync_folders({self._folder.root, self._published})
        except OSError as error:
            raise StoreError(f"{_WHAT}未能写入数据目录「{self._folder.root}」（{cause(error)}），公开版没有写出；请检查磁盘后再试。") from None

    def faults(self) -> list[str]:
        """What is wrong with them, in sentences."""
        try:
            self.all()
        except StoreError as error:
            return [str(error)]
        return []

    def files(self) -> dict[str, bytes]:
        """
        The bytes of every publication by its name below the data folder.

        Raises:
            StoreError: One cannot be read, or its content no longer fits its name.

        """
        try:
            paths = sorted(self._published.glob("*.json"))
        except OSError as error:
            raise StoreError(f"{_WHAT} published 文件夹读不出（{cause(error)}）；请检查磁盘和权限。") from None
        return {f"{self._published.name}/{path.name}": self._folder.read(path, _WHAT) for path in paths}
