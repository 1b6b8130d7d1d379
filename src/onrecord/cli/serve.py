"""`onrecord serve`: the record in a browser."""

import click

from onrecord.cli.shown import STORE

__all__ = ["serve"]


@click.command(short_help="Open the record in a browser.")
@click.argument("store", metavar="[STORE]", envvar="ONRECORD_STORE", default=STORE)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port."
)
@click.option("--edit", is_flag=True, help="Let people correct findings and take in articles.")
@click.option(
    "--token",
    envvar="ONRECORD_TOKEN",
    metavar="TOKEN",
    help="What visitors must show; one is made where other machines can connect.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name under which other machines call this server.",
)
@click.option("--allow-private", is_flag=True, help="Take in pages of private addresses too.")
def serve(  # noqa: PLR0917 (click passes them by name)
    store: str,
    host: str,
    port: int,
    edit: bool,
    token: str | None,
    names: tuple[str, ...],
    allow_private: bool,
) -> None:
    """Show a store in a browser, on this machine only unless --host says otherwise.

    It needs the extra `web`: pip install 'onrecord[web]'.

    \b
    Examples:
      onrecord serve
      onrecord serve news.db --edit
      onrecord serve news.db --host 0.0.0.0 --name desk.example.org
    """
    import secrets

    from onrecord.cli.shown import opened
    from onrecord.errors import StoreError

    try:
        import uvicorn

        from onrecord.web.app import create_app
        from onrecord.web.security import LOCAL, Access
    except ModuleNotFoundError as error:
        raise StoreError(f"the pages need {error.name}: pip install 'onrecord[web]'") from None
    local = host in LOCAL
    token = token or (None if local else secrets.token_urlsafe(24))
    access = Access(token=token, hosts=LOCAL | {host, *names})
    with opened(store) as archive:
        app = create_app(archive, edit=edit, allow_private=allow_private, access=access)
        shown = names[0] if names else host
        where = f"http://{shown}:{port}/" + (f"?token={token}" if token else "")
        click.echo(f"the record of {store} is at {where} (Ctrl+C ends it)", err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
