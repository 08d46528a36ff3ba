"""Two classes that are all there are: 线上 and 线下, 重大隐患 and 一般隐患."""

_CLASSES = (
    ("重大", "一般"),
    ("普通程序", "简易程序"),
    ("一般程序", "简易程序"),
    ("线上", "线下"),
    ("网上", "窗口"),
    ("网络", "实体"),
    ("男", "女"),
    ("公办", "民办"),
    ("内资", "外资"),
    ("工作日", "节假日"),
)


def are_counterparts(first: str, second: str) -> bool:
    """Whether two nouns are the same but for the class, and the two classes are all there are."""
    return any((own in first and first.replace(own, other) == second) or (other in first and first.replace(other, own) == second) for own, other in _CLASSES)
