"""Find the expressions of time and say what dates they mean.

`time_grammar` reads them off the text; here each is placed in the calendar: relative to the day of
publication, to the narrative's own date (`the following day`), and by the tense of its verb.
"""

import datetime as dt
from bisect import bisect_right
from functools import partial
from sys import maxsize

from onrecord.reading.document import Document
from onrecord.reading.times.context import Context
from onrecord.reading.times.grammar import Expression, read_expressions
from onrecord.reading.times.value import Value
from onrecord.record import Time

__all__ = ["find_times"]

_SAME_SPEECH = 1000
"""Characters within which a day named before a quotation is taken for the day it was said."""


def find_times(document: Document) -> tuple[Time, ...]:
    """Find every expression of time with the date it means.

    Example:
        >>> import datetime as dt
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> article = Article("Putin spoke on Tuesday.", published=dt.date(2022, 2, 2))
        >>> [(time.text, time.date) for time in find_times(analyse(article))]
        [('Tuesday', '2022-02-01')]
    """
    context = Context(document)
    expressions = tuple(each for each in read_expressions(document.text) if context.is_time(each))
    values: list[Value | None] = []
    days = []
    for expression in expressions:
        value = expression.meaning.resolve(context.anchor(expression))
        context.follow(expression, value)
        values.append(value)
        said_on = context.said_on(expression, value)
        if said_on:
            days.append((expression.start, said_on))
    for number, expression in enumerate(expressions):
        if context.is_deictic(expression):
            spoken = _day_of_speaking(document, expression, days)
            values[number] = expression.meaning.resolve(context.anchor(expression, spoken))
    return tuple(map(partial(_time, document), expressions, values))


def _day_of_speaking(
    document: Document, expression: Expression, days: list[tuple[int, dt.date]]
) -> dt.date | None:
    """Return the day on which a quotation was said: named behind it in its paragraph, or before."""
    number = bisect_right(document.paragraphs, (expression.start, maxsize)) - 1
    end = document.paragraphs[number][1] if number >= 0 else expression.end
    behind = bisect_right(days, (expression.start, dt.date.max))
    if behind < len(days) and days[behind][0] < end:
        return days[behind][1]
    if behind and expression.start - days[behind - 1][0] < _SAME_SPEECH:
        return days[behind - 1][1]
    return None


def _time(document: Document, expression: Expression, value: Value | None) -> Time:
    span = document.article.span(expression.start, expression.end)
    rule = f"rule:time:{expression.rule.replace(' ', '-')}"
    if value is None:
        return Time(None, "vague", span.text, span, rule)
    return Time(value.iso, value.grain, span.text, span, rule)
