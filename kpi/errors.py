"""
What can go wrong, said to the person who can mend it.

Every error that may reach a page or the command line derives from `KpiError` and carries one Chinese
sentence that names the thing and the way out.  Anything else is a defect of ours.
"""

import errno
import traceback

_CAUSES = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已有同名的",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被占用",
    errno.ENAMETOOLONG: "路径太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.EAGAIN: "系统资源不足",
}


class KpiError(Exception):
    """An expected fault whose message is one Chinese sentence for the user."""


class CatalogError(KpiError):
    """The catalogue is broken; ``faults`` lists every fault found, not only the first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(f"指标目录有 {len(faults)} 处错误：\n" + "\n".join(faults))


class WorkbookError(KpiError):
    """A file cannot be read as an office sheet; nothing of it is stored."""


class PasswordNeeded(WorkbookError):  # noqa: N818 - it asks rather than complains
    """A file opens with a password only; ``wrong`` when the one given is not it."""

    def __init__(self, message: str, *, wrong: bool = False) -> None:
        self.wrong = wrong
        super().__init__(message)


class UnstartedError(WorkbookError):
    """The machine, not the file, stopped the reading: the program that reads files could not be started."""


class RecordError(WorkbookError):
    """What is on file, not the file that was sent, stopped its reading: it is missing or damaged."""


class UnforeseenError(WorkbookError):
    """A defect of ours, which stands in the log, stopped the reading or checking of a file."""


class StoreError(KpiError):
    """The store cannot be opened, read or written; what was there before still stands."""


class RequestError(KpiError):
    """A question names something that does not exist: an indicator, an office, a period."""


class OutdatedError(RequestError):
    """What a file was compared with has changed since; it has to be read again."""


def cause(error: OSError) -> str:
    """Why the operating system refused, in words for who runs the bureau; its number where there are none."""
    return _CAUSES.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统没有说明原因")


def trace(error: BaseException) -> str:
    """
    Where a defect of ours happened, for the log of the server.

    It says the kind of each error and the lines of code, never the message: that may quote what stood in somebody's file.
    """
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(type(cause).__name__)
        lines += (line.rstrip() for line in traceback.format_tb(cause.__traceback__))
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
