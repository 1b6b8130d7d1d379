"""The table and the picture of `peers.py`: figures in, Markdown and SVG out."""

import math
from dataclasses import dataclass
from html import escape

# One person against another, on 20 articles of the corpus's held-back part (the bench's PEERS.md).
HUMAN = ("79.6", "69.1", "75.3", "97.7", "67.0", "89.5")
HUMAN_END_TO_END = 75.3

COLUMNS = (
    "system",
    "found",
    "exact content",
    "end to end",
    "direct",
    "indirect",
    "mixed",
    "quoted only",
    "words a CPU-second",
)


@dataclass(frozen=True)
class Figures:
    """What one system reached: F1 scores in per cent; `gave_up` counts texts it did not read."""

    name: str
    kind: str  # "onrecord", "peer" or "baseline"
    found: float
    exact: float
    end_to_end: float
    direct: float
    indirect: float
    mixed: float
    quoted: float
    words_a_second: float
    gave_up: int = 0

    @property
    def scores(self):
        kinds = (self.direct, self.indirect, self.mixed)
        return (self.found, self.exact, self.end_to_end, *kinds, self.quoted)


@dataclass(frozen=True)
class NotRun:
    """A system that could not be installed or run, and why."""

    name: str
    reason: str


def table(figures, not_run, heading):
    """Return the Markdown: the heading, a row for each system, what it gave up on, who is missing.

    Example:
        >>> print(table([], [NotRun("x 1", "no wheel")], "Measured today.").splitlines()[-1])
        - x 1 was not run: no wheel
    """
    rows = [COLUMNS, ("---",) * len(COLUMNS), *map(row, figures)]
    rows.append(("one person against another, 20 held-back articles", *HUMAN, "", ""))
    notes = [f"- {each.name}: {each.gave_up:,} given up" for each in figures if each.gave_up]
    notes += [f"- {each.name} was not run: {escape(each.reason)}" for each in not_run]
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([heading, "", *lines, *([""] if notes else []), *notes]) + "\n"


def row(each):
    name = f"**{each.name}**" if each.kind == "onrecord" else each.name
    return (name, *(f"{score:.1f}" for score in each.scores), rounded(each.words_a_second))


def rounded(number):
    """Write a speed with the two digits that can be relied on.

    Example:
        >>> rounded(9127.3)
        '9,100'
    """
    return f"{float(f'{number:.2g}'):,.0f}"


# The picture. Its colours are read on light and on dark ground; a page that shows the SVG in its
# own markup lends it its own colour.
WIDTH, HEIGHT = 760, 470
LEFT, RIGHT, TOP, BOTTOM = 62, 30, 30, 104
LETTER, LINE = 7.2, 17  # a letter's usual width, and a line's height
STYLE = """
  svg { color: #57606a }
  @media (prefers-color-scheme: dark) { svg { color: #aab2bb } }
  text { font: 13px system-ui, sans-serif; fill: currentColor }
  .axis, .grid, .human { stroke: currentColor; fill: none }
  .grid { opacity: .18 }
  .human { stroke-dasharray: 6 5; opacity: .75 }
  .peer { fill: currentColor }
  .baseline { fill: none; stroke: currentColor; stroke-width: 1.6 }
  .onrecord { fill: #2f81c4 }
  text.onrecord { font-weight: 600 }
  .small { font-size: 12px }
"""


@dataclass(frozen=True)
class Scale:
    """Where a speed (logarithmic) and a score stand in the picture."""

    slowest: float
    fastest: float
    best: float

    def x(self, speed):
        part = math.log(speed / self.slowest) / math.log(self.fastest / self.slowest)
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def y(self, score):
        return HEIGHT - BOTTOM - score / self.best * (HEIGHT - TOP - BOTTOM)


@dataclass(frozen=True)
class Box:
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other):
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def is_inside(self):
        across = self.left > LEFT and self.right < WIDTH
        return across and self.top > TOP - LINE and self.bottom < HEIGHT - BOTTOM


def picture(figures, caption):
    """Return the SVG: a dot for each system, words a CPU-second across, end to end upwards."""
    speeds = [each.words_a_second for each in figures]
    best = max([HUMAN_END_TO_END, *(each.end_to_end for each in figures)])
    scale = Scale(*speed_range(speeds), best=20 * math.ceil(best / 20))
    parts = [*axes(scale), *human_line(scale), *dots(figures, scale), *captions(caption)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title">\n'
        '<title id="title">Who said what: end to end F1 by words a CPU-second</title>\n'
        f"<style>{STYLE}</style>"
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def speed_range(speeds):
    """Return the nearest of 1, 2, 5, 10, 20 ... below the slowest and above the fastest.

    Example:
        >>> speed_range([4100, 30000])
        (2000, 50000)
    """
    below = [step for step in steps() if step < min(speeds, default=1000) / 1.1]
    above = [step for step in steps() if step > max(speeds, default=1000) * 1.1]
    return below[-1], above[0]


def steps():
    return [digit * 10**power for power in range(10) for digit in (1, 2, 5)]


def axes(scale):
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for score in range(0, scale.best + 1, 20):
        y = scale.y(score)
        yield line("grid" if score else "axis", (LEFT, y), (right, y))
        yield words(str(score), LEFT - 9, y + 4.5, anchor="end")
    is_wide = scale.fastest >= 100 * scale.slowest  # room for the powers of ten only
    for speed in (step for step in steps() if scale.slowest <= step <= scale.fastest):
        x = scale.x(speed)
        yield line("axis", (x, bottom), (x, bottom + 5))
        if not is_wide or str(speed).startswith("1"):
            yield words(short(speed), x, bottom + 21, anchor="middle")
    yield words("end to end, F1", LEFT - 26, TOP - 12)
    yield words("words a CPU-second, logarithmic", (LEFT + right) / 2, bottom + 44, anchor="middle")


def short(speed):
    return f"{speed // 10**6} million" if speed >= 10**6 else f"{speed:,}"


HUMAN_WORDS = f"one person against another, {HUMAN_END_TO_END}"


def human_line(scale):
    y = scale.y(HUMAN_END_TO_END)
    yield line("human", (LEFT, y), (WIDTH - RIGHT, y))
    yield words(HUMAN_WORDS, WIDTH - RIGHT, y - 6, anchor="end", kind="small")


def dots(figures, scale):
    places = [(scale.x(each.words_a_second), scale.y(each.end_to_end)) for each in figures]
    y = scale.y(HUMAN_END_TO_END)
    taken = [Box(LEFT, y - 2, WIDTH, y + 2)]
    taken.append(Box(WIDTH - RIGHT - LETTER * len(HUMAN_WORDS), y - LINE, WIDTH, y))
    taken += [Box(x - 6, y - 6, x + 6, y + 6) for x, y in places]
    for each, (x, y) in zip(figures, places, strict=True):
        at, anchor, box = label_place(each.name, x, y, taken)
        taken.append(box)
        yield f'<circle class="{each.kind}" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
        yield words(each.name, *at, anchor=anchor, kind=each.kind * (each.kind == "onrecord"))


def label_place(name, x, y, taken):
    """Return where a name is written, how it is anchored and the box it takes.

    It stands right of its dot, else left, below, above, or in the next rows where nothing else is.
    """
    wide, half = LETTER * len(name), LINE / 2
    options = [("start", x + 10, y), ("end", x - 10, y)]
    for row in (19, -19, 36, -36):
        options += [("middle", x, y + row), ("start", x + 10, y + row), ("end", x - 10, y + row)]
    boxes = []
    for anchor, at, middle in options:
        left = at - {"start": 0, "end": wide, "middle": wide / 2}[anchor]
        boxes.append(Box(left, middle - half, left + wide, middle + half))
    inside = [number for number, box in enumerate(boxes) if box.is_inside()]
    free = [number for number in inside if not any(map(boxes[number].meets, taken))]
    chosen = (free or inside or [0])[0]
    anchor, at, middle = options[chosen]
    return (at, middle + 4.5), anchor, boxes[chosen]


def captions(caption):
    for number, told in enumerate(caption):
        yield words(told, LEFT, HEIGHT - 34 + 17 * number, kind="small")


def line(kind, start, end):
    (x, y), (to_x, to_y) = start, end
    return f'<line class="{kind}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'


def words(told, x, y, *, anchor="start", kind=""):
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(told)}</text>'
