"""Write docs/reference.md from the docstrings of the public names.

    python release/reference.py [--check]

With --check nothing is written; the exit code is 1 if the page is not what would be written.
"""

import argparse
import inspect
import sys
from pathlib import Path

import onrecord
import onrecord.scale

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"
HEAD = """# Reference

The public names with their docstrings, as `release/reference.py` finds them; [python.md](python.md)
shows how they go together, and [record.md](record.md) has each field of a record.
"""


SECTIONS = {"Args:", "Attributes:", "Returns:", "Raises:", "Yields:", "Example:"}


def signature(value):
    """Return the arguments that a function takes, without what only types need."""
    try:
        return str(inspect.signature(value)).replace("onrecord.", "").replace("'", "")
    except (TypeError, ValueError):
        return ""


def entry(name, value, level):
    """Return the part of the page about one name."""
    told = inspect.getdoc(value) or ""
    kind = "class " if inspect.isclass(value) else ""
    lines = [f"{'#' * level} `{kind}{name}{'' if kind else signature(value)}`", "", *body(told)]
    return "\n".join(lines).rstrip() + "\n"


def body(told):
    """Yield a docstring's lines as Markdown, its sections as lists."""
    section = ""
    for line in told.splitlines():
        bare = line.strip()
        if bare in SECTIONS:
            section = bare
            yield f"**{bare.removesuffix(':')}**\n"
        elif section in {"", "Example:"} or not line.startswith("    "):
            yield line
        elif line[4:5] == " ":
            yield f"  {bare}"
        else:
            name, colon, rest = bare.partition(": ")
            yield f"- `{name}`: {rest}" if colon and section != "Returns:" else f"- {bare}"


def is_own(owner, name):
    """Tell whether a class defines a public method itself, with a docstring."""
    value = inspect.getattr_static(owner, name)
    return not name.startswith("_") and inspect.isfunction(value) and inspect.getdoc(value)


def page():
    """Return the whole page."""
    parts = [HEAD]
    for name in sorted(onrecord.__all__, key=str.lower):
        value = getattr(onrecord, name)
        if not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        parts.append(entry(name, value, 2))
        if inspect.isclass(value):
            methods = [each for each in vars(value) if is_own(value, each)]
            parts += [entry(f"{name}.{each}", getattr(value, each), 3) for each in methods]
    parts.append(entry("scale.read", onrecord.scale.read, 2))
    return "\n".join(parts)


def main():
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        sys.exit(PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
