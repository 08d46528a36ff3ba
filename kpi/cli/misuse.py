"""What is wrong with the words of a command, in Chinese; typer's own messages are English."""

import typer


def misuse_words(error: typer.TyperException) -> str:
    """A part of a sentence: what is lacking, unknown or not as it must be."""
    parameter = error.param if isinstance(error, typer.BadParameter) else None
    name = max(parameter.opts, key=len) if parameter else ""
    noun = (parameter.metavar if parameter else None) or name
    match type(error).__name__:  # typer exports BadParameter alone
        case "MissingParameter":
            return f"缺少 {noun or '参数'}"
        case "NoSuchOption":
            return f"没有选项 {getattr(error, 'option_name', '')}"
        case "BadParameter":
            return f"{name if name.startswith('-') else noun} 的值不对{_choices(parameter)}" if parameter else str(error).rstrip("。")
        case _:
            return "没有这个命令，或参数多了、少了"


def _choices(parameter: object) -> str:
    """What can be written instead, where that is one of a few words."""
    choices = getattr(getattr(parameter, "type_descriptor", None), "choices", None) or ()
    words = "、".join(str(getattr(choice, "value", choice)) for choice in choices)
    return f"，可以写 {words}" if words else ""
