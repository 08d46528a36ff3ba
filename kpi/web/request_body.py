"""The body of a request, read no further than it may be long."""

from collections.abc import AsyncGenerator

from starlette.requests import Request


class TooLargeError(Exception):
    """A body is larger than it may be; the rest of it is not read."""


async def weighed(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """
    The body of a request as it comes.

    Args:
        request: The request.
        most: How many bytes it may have.

    Raises:
        TooLargeError: It has more.

    """
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise TooLargeError
        yield chunk
