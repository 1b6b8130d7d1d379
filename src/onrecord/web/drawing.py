"""Pictures as SVG: a timeline in lanes, and a curve of cooperation and conflict."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.store.answers import Moment

__all__ = ["Curve", "Dot", "Lanes", "curve_of", "lanes_of"]

WIDTH, LANE, LEFT = 960, 34, 170
_MOST_LANES = 12
_CURVE = 140


@dataclass(frozen=True, slots=True)
class Dot:
    """A moment in its lane.

    Attributes:
        x: From the left.
        y: From the top.
        moment: What it stands for.
    """

    x: float
    y: float
    moment: Moment


@dataclass(frozen=True, slots=True)
class Lanes:
    """A timeline: one lane an actor.

    Attributes:
        names: Of the lanes, each with its height from the top.
        dots: Statements and events.
        ticks: Days, each with its place from the left.
        height: Of the picture.
    """

    names: tuple[tuple[str, float], ...]
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[str, float], ...]
    height: float


def lanes_of(moments: Sequence[Moment]) -> Lanes:
    """Return the lanes of those who say or do most."""
    dated = [each for each in moments if each.day and each.who]
    counts: dict[str, int] = defaultdict(int)
    for each in dated:
        counts[each.who[0]] += 1
    names = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST_LANES]
    lanes = {name: LANE * (place + 1) for place, name in enumerate(names)}
    scale = _scale([_ordinal(each) for each in dated])
    stacked: dict[tuple[str, int], int] = defaultdict(int)
    dots = []
    for each in dated:
        if each.who[0] in lanes:
            key = each.who[0], _ordinal(each)
            dots.append(Dot(
                scale(_ordinal(each)), lanes[each.who[0]] - 5 * min(stacked[key], 4), each
            ))  # fmt: skip
            stacked[key] += 1
    height = LANE * (len(names) + 1) + 20
    places = tuple((name, lanes[name]) for name in names)
    return Lanes(places, tuple(dots), _ticks([_ordinal(each) for each in dated]), height)


def _ordinal(moment: Moment) -> int:
    return dt.date.fromisoformat(moment.day or "2000-01-01").toordinal()


class _Scale:
    """From days to places on the picture."""

    def __init__(self, first: int, last: int) -> None:
        self._first, self._days = first, max(last - first, 1)

    def __call__(self, day: int) -> float:
        """Return the place of a day."""
        return round(LEFT + (WIDTH - LEFT - 20) * (day - self._first) / self._days, 1)


def _scale(days: Sequence[int]) -> _Scale:
    return _Scale(min(days, default=0), max(days, default=1))


def _ticks(days: Sequence[int]) -> tuple[tuple[str, float], ...]:
    """Return at most eight days, evenly spread."""
    if not days:
        return ()
    first, last, scale = min(days), max(days), _scale(days)
    step = max((last - first) // 7, 1)
    chosen = range(first, last + 1, step)
    return tuple(
        (dt.date.fromordinal(day).isoformat(), scale(day))
        for day in chosen
        if scale(day) <= WIDTH - 40
    )


@dataclass(frozen=True, slots=True)
class Curve:
    """Goldstein values by day or month, each event once.

    Attributes:
        points: Of the line, as SVG writes them.
        dots: Label, place from the left and from the top, mean value and number of events.
        ticks: Days, each with its place from the left.
        zero: Height of the line of 0.
        height: Of the picture.
    """

    points: str
    dots: tuple[tuple[str, float, float, float, int], ...]
    ticks: tuple[tuple[str, float], ...]
    zero: float
    height: float


def curve_of(moments: Sequence[Moment]) -> Curve | None:
    """Return the curve of the events, or None if there are fewer than two days."""
    values: dict[str, list[float]] = defaultdict(list)
    for each in moments:
        if each.goldstein is not None and each.day:
            values[each.day].append(each.goldstein)
    if len(values) < 2:
        return None
    days = {day: dt.date.fromisoformat(day).toordinal() for day in values}
    scale = _scale(list(days.values()))
    dots = tuple(
        (day, scale(days[day]), _height(mean), round(mean, 2), len(values[day]))
        for day in sorted(values)
        for mean in [sum(values[day]) / len(values[day])]
    )
    points = " ".join(f"{x},{y}" for _, x, y, _, _ in dots)
    return Curve(points, dots, _ticks(list(days.values())), _height(0.0), _CURVE + 30)


def _height(value: float) -> float:
    return round(_CURVE / 2 - _CURVE / 2 * value / 10 + 8, 1)
