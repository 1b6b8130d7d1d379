"""How a command ends that leaves nothing behind."""

__all__ = ["Done"]


class Done(SystemExit):
    """The command has written all it has to write, and nothing else is at work in the process.

    The process may then end without taking everything apart that it holds, which takes as long as
    reading a page.

    Args:
        exit_code: Of the process.
    """

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code
