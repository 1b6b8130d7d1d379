"""`onrecord correct`: confirm, correct or reject a finding."""

import click

from onrecord.cli.shown import store_option

__all__ = ["correct"]


@click.command(short_help="Confirm, correct or reject a finding of a store.")
@click.argument("finding", metavar="ID")
@store_option
@click.option("--confirm", "action", flag_value="confirm", help="It is right.")
@click.option("--reject", "action", flag_value="reject", help="It is no finding.")
@click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="What is right: act=deny, speakers='Sergey Lavrov; Maria Zakharova', content=120-164.",
)
@click.option("--by", required=True, envvar="ONRECORD_EDITOR", metavar="NAME", help="Who says so.")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def correct(
    finding: str, store: str, action: str | None, changes: tuple[str, ...], by: str, reason: str
) -> None:
    """Say what is right about a finding; it holds when the article is read anew, too.

    A statement (12/s3) has act, speakers, addressees, about, source, cue, content, mode, hedged;
    an event (12/e1) type, mode, cameo, status, actors, recipients; a dispute (12/d1) kind; an
    actor (12/a2) name, kind, country, sector, title, unnamed. A dispute with another article
    (12/x1) can be confirmed or rejected.

    \b
    Examples:
      onrecord correct 12/s3 --confirm --by 'A. Editor'
      onrecord correct 12/s3 --set act=deny --set 'speakers=Sergey Lavrov' --by 'A. Editor'
      onrecord correct 12/e1 --reject --by 'A. Editor' --reason 'a hypothetical'
    """
    from onrecord.cli.shown import opened

    fields = dict(_change(each) for each in changes)
    if (action is None) == (not fields):
        raise click.UsageError("one of --confirm, --reject and --set would be right")
    with opened(store) as archive:
        archive.correct(finding, action or "correct", by=by, reason=reason, **fields)
    click.echo(f"{finding}: {action or ', '.join(changes)}", err=True)


def _change(written: str) -> tuple[str, str]:
    field, equals, value = written.partition("=")
    if not equals:
        raise click.BadParameter(f"{written!r} sets nothing; act=deny would be right")
    return field.strip(), value.strip()
