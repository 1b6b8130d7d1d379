"""Bars and lines as SVG, read on light and on dark ground: figures in, a picture out."""

import math
from dataclasses import dataclass
from html import escape

from attribution.peers_report import rounded, words

WIDTH, LEFT, RIGHT, TOP = 760, 170, 70, 44
ROW, HEIGHT, BOTTOM = 26, 360, 56
STYLE = """
  svg { color: #57606a }
  @media (prefers-color-scheme: dark) { svg { color: #aab2bb } }
  text { font: 13px system-ui, sans-serif; fill: currentColor }
  .title { font-weight: 600 }
  .grid { stroke: currentColor; opacity: .18 }
  .bar, .dot { fill: #2f81c4 }
  .line { stroke: #2f81c4; stroke-width: 2; fill: none }
  .other { fill: currentColor }
"""


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, how long it is, and whether it is another system's."""

    name: str
    size: float
    is_other: bool = False


def bars(title, rows, unit=""):
    """Return horizontal bars, one below another, each with its figure.

    Example:
        >>> bars("Speed", [Bar("ours", 7000.0), Bar("theirs", 5000.0, True)]).count("<rect")
        2
    """
    most = max((each.size for each in rows), default=1) or 1
    parts = [words(title, 12, 22, kind="title")]
    for number, each in enumerate(rows):
        y, long = TOP + number * ROW, each.size / most * (WIDTH - LEFT - RIGHT)
        kind = "other" if each.is_other else "bar"
        parts += [
            words(each.name, LEFT - 10, y + 14, anchor="end"),
            f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{long:.1f}" height="{ROW - 8}"/>',
            words(f"{figure(each.size)}{unit}", LEFT + long + 6, y + 14),
        ]
    return drawn(title, parts, TOP + len(rows) * ROW + 12)


def curve(title, points, across, upwards):
    """Return a line through points (x, y), both axes from zero, with what they are of.

    Example:
        >>> curve("Memory", [(1000, 330), (2000, 335)], "articles", "MB").count("<circle")
        2
    """
    right, top = (round_up(max(each[side] for each in points)) for side in (0, 1))
    wide, high = WIDTH - LEFT / 2 - RIGHT, HEIGHT - TOP - BOTTOM
    places = [(LEFT / 2 + x / right * wide, HEIGHT - BOTTOM - y / top * high) for x, y in points]
    parts = [words(title, 12, 22, kind="title")]
    for step in range(5):
        y = HEIGHT - BOTTOM - step / 4 * high
        x = LEFT / 2 + step / 4 * wide
        parts += [
            f'<line class="grid" x1="{LEFT / 2}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>',
            words(figure(top * step / 4), LEFT / 2 - 8, y + 4, anchor="end"),
            words(figure(right * step / 4), x, HEIGHT - BOTTOM + 20, anchor="middle"),
        ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts.append(f'<polyline class="line" points="{path}"/>')
    parts += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in places]
    parts += [
        words(across, WIDTH - RIGHT, HEIGHT - 12, anchor="end"),
        words(upwards, LEFT / 2, TOP - 8, anchor="end"),
    ]
    return drawn(title, parts, HEIGHT)


def round_up(number):
    """Return the next of 1, 2, 4, 8, 10 times a power of ten: quarters of it are short figures.

    Example:
        >>> round_up(330), round_up(9)
        (400.0, 10.0)
    """
    power = 10.0 ** math.floor(math.log10(number)) if number > 0 else 1.0
    return next(power * step for step in (1, 2, 4, 8, 10) if power * step >= number)


def figure(number):
    """Write a figure with the digits that can be relied on.

    Example:
        >>> figure(7364.2), figure(0.62)
        ('7,400', '0.62')
    """
    return rounded(number) if number >= 10 else f"{number:.2g}"


def drawn(title, parts, height):
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="{escape(title)}">'
        f"<style>{STYLE}</style>"
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"
