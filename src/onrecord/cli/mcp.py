"""`onrecord mcp`: tools for assistants."""

import click

from onrecord.cli.shown import store_option

__all__ = ["mcp"]


@click.command(short_help="Serve a store to assistants (Model Context Protocol).")
@store_option
def mcp(store: str) -> None:
    """Answer an assistant's questions over standard input and output.

    Its tools ask what the command line asks and change nothing. It needs the extra `mcp`:
    pip install 'onrecord[mcp]'.

    \b
    Example, in an assistant's settings:
      {"command": "onrecord", "args": ["mcp", "--store", "/home/me/news.db"]}
    """
    from onrecord.cli.shown import opened
    from onrecord.errors import StoreError

    try:
        from onrecord.programs.mcp import make_server

        with opened(store) as archive:
            make_server(archive).run("stdio")
    except ModuleNotFoundError as error:
        raise StoreError(f"it needs {error.name}: pip install 'onrecord[mcp]'") from None
