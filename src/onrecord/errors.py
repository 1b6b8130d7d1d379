"""Errors that OnRecord raises on purpose.

OnrecordError
├── InputError        an article could not be taken in: what was wrong, and what would be right
│   ├── EmptyInput        nothing in it
│   ├── NotText           binary, or in an encoding that cannot be told
│   ├── TooLarge          longer than the limit in the settings
│   └── FetchError        a URL could not be fetched
├── ModelError        a network's file is missing, altered, or of another version
├── KnowledgeError    a knowledge file is malformed
├── PipelineError     a stage needs what no earlier stage gives
└── StoreError        a store could not be opened, read or written
    └── NotFound          what was asked for by its id or name is not in the store
"""

__all__ = [
    "EmptyInput",
    "FetchError",
    "InputError",
    "KnowledgeError",
    "ModelError",
    "NotFound",
    "NotText",
    "OnrecordError",
    "PipelineError",
    "StoreError",
    "TooLarge",
]


class OnrecordError(Exception):
    """Base of every error that OnRecord raises on purpose."""


class InputError(OnrecordError):
    """An article could not be taken in."""


class EmptyInput(InputError):  # noqa: N818 (named after the finding, as in the exit-code table)
    """There is no text in the input."""


class NotText(InputError):  # noqa: N818
    """The input is binary, or its encoding cannot be told."""


class TooLarge(InputError):  # noqa: N818
    """The input is longer than the limit in the settings."""


class FetchError(InputError):
    """A URL could not be fetched.

    Attributes:
        status: HTTP status of the server's answer, if there was one.
        retry_after: What the server says of when to try again, as it says it.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class ModelError(OnrecordError):
    """A network's file is missing, altered, or of another version."""


class KnowledgeError(OnrecordError):
    """A knowledge file is malformed."""


class PipelineError(OnrecordError):
    """A stage needs what no earlier stage gives."""


class StoreError(OnrecordError):
    """A store could not be opened, read or written."""


class NotFound(StoreError):  # noqa: N818
    """What was asked for by its id or name is not in the store."""
