"""`onrecord schema`: print the JSON Schema of a record."""

import json

import click

__all__ = ["schema"]


@click.command(short_help="Print the JSON Schema of a record.")
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) that every line of `onrecord read --json` satisfies."""
    from onrecord.schema import record_schema

    click.echo(json.dumps(record_schema(), indent=2))
