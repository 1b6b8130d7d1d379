"""`onrecord copies`: ask a store which articles are copies of which."""

from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import printing, store_option

if TYPE_CHECKING:
    from onrecord.copies.side_by_side import Row

__all__ = ["copies"]

COLUMNS = ("id", "copy_of", "kind", "day", "outlet", "source", "share", "kept", "why")


@click.command(short_help="Ask a store which articles are copies of which.")
@click.argument("article", metavar="[ID]", type=click.IntRange(min=1), required=False)
@store_option
@click.option(
    "--beside",
    metavar="ID",
    type=click.IntRange(min=1),
    help="Show the sentences of article ID beside those of another.",
)
@click.option("--swaps", is_flag=True, help="List what copies put for which wording.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most groups."
)
@printing
def copies(  # noqa: PLR0917 (click passes them by name)
    article: int | None,
    store: str,
    beside: int | None,
    swaps: bool,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show groups of copies, each with its probable original first, and what speaks for it.

    With the ID of an article, only its group, and reports of others that quote the same words.

    \b
    Examples:
      onrecord copies
      onrecord copies 12
      onrecord copies 12 --beside 7
      onrecord copies --swaps --csv
    """
    from onrecord.cli.shown import opened, show

    if beside is not None:
        if article is None:
            raise click.UsageError("--beside needs two articles: onrecord copies 12 --beside 7")
        _show_beside(store, article, beside, as_json=as_json)
        return
    with opened(store) as archive:
        if swaps:
            columns = ("put", "original", "copies", "article")
            show(archive.swaps(limit=limit), columns, as_json=as_json, as_csv=as_csv)
            return
        show(archive.copies(article, limit=limit), COLUMNS, as_json=as_json, as_csv=as_csv)


def _show_beside(store: str, article: int, other: int, *, as_json: bool) -> None:
    from onrecord.cli.shown import opened
    from onrecord.copies.side_by_side import side_by_side

    with opened(store) as archive:
        texts = [archive.record(each).article.text for each in (article, other)]
    found = side_by_side(*texts)
    if as_json:
        _print_json(found)
    else:
        _print_table(found, (str(article), str(other)))


def _print_json(rows: "tuple[Row, ...]") -> None:
    import json
    from dataclasses import asdict

    for row in rows:
        click.echo(json.dumps(asdict(row), ensure_ascii=False))


def _print_table(rows: "tuple[Row, ...]", heads: tuple[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from onrecord.export.wording import clean

    table = Table(box=None, header_style="bold", expand=True, padding=(0, 2, 1, 0))
    for head in heads:
        table.add_column(head, ratio=1, overflow="fold")
    for row in rows:
        cells = []
        for side in (row.one, row.other):
            cell = Text()
            for piece in side or ():
                cell.append(clean(piece.text), style="" if piece.same else "bold red")
            cells.append(cell)
        table.add_row(*cells)
    Console(highlight=False).print(table)
