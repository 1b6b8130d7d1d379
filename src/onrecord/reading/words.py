"""The words and marks of an article, its paragraphs and its datelines, before anything is read.

Words are cut as the Penn Treebank cuts them (`do` `n't`, `Kyiv` `'s`, `U.S.`, `Feb.`, `10` `-`
`year`), since that is what tags and governors are told of. Cutting takes linear time.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category

from msgspec import Struct

from onrecord.article import Article
from onrecord.reading.datelines import LONGEST, find_dateline
from onrecord.reading.publication import is_readable

__all__ = ["Words", "find_words", "split_paragraphs"]

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")

_ABBREVIATIONS = """
Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
Mr Mrs Ms Dr Prof Gen Sen Rep Gov Lt Col Sgt Capt Cmdr Adm Maj Cpl Pvt Rev St Jr Sr Messrs Mt Pres
Brig Supt Hon Amb
Inc Co Corp Ltd Bros vs etc Univ Dept Assn Ave Blvd
Ala Ariz Ark Calif Colo Conn Del Fla Ga Ia Ill Ind Kan Kans Ky La Mass Mich Minn Miss Mo Mont Neb
Nebr Nev Okla Ore Pa Penn Tenn Tex Va Wash Wis
"""
"""Words that keep their full stop: months, titles, firms, states of the U.S., as in news."""


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    known = "|".join(sorted(_ABBREVIATIONS.split(), key=len, reverse=True))
    letter = r"[^\W\d_]"
    # Most words are nothing but letters and stand first, so that no other way is tried for them.
    short = r"s|re|ve|ll|d|m"
    return re.compile(
        rf"""(?=\S)(?:
        (?![Cc]annot\b){letter}++(?=[\s,])
        | (?:https?://|www\.)[^\s<>"“”]*[\w/]
        | (?<![\w.])(?:{known})\.(?!\w)
        | (?<![\w.])(?:{letter}\.)+{letter}\.(?:[-–](?={letter})\w+)?(?!\w)
        | [Cc]an(?=not\b)
        | @\w+
        | [a-z]\w*(?:\.\w+)+/[\w/?=&.-]*\w
        | (?:US|C|A|HK|NZ)\$
        | (?!n['’]t\b)\w(?:(?!n['’]t\b)\w
            | (?<=\d)[,:/.](?=\d)
            | \.(?=\w)(?!(?<=[a-z]\.)[A-Z])
            | [&@](?=\w)
            | ['’](?=\w)(?!(?i:{short}|t)\b)
            | (?<!\d)-(?=\d)
          )*(?:(?<![A-Z][A-Z])(?<=[A-Z])\.(?!\w))?
        | n['’]t\b
        | ['’](?:{short})\b
        | \.{{2,}} | -{{2,}} | ``|''
        | [^\s{{}}]
        )""",
        re.VERBOSE,
    )


class Words(Struct, frozen=True):
    """The n words and marks of a text; braces, which a rewriting machine leaves, are none.

    Attributes:
        starts: Offsets of their first characters.
        ends: Offsets after their last characters.
        opens: Whether a sentence must begin here: a paragraph begins or a dateline is over.
        marks: Whether they are punctuation; `%` and `&` are words.
        paragraphs: Character ranges (start, end) of the lines that hold more than white space.
        datelines: Character ranges of what opens a paragraph in `MOSCOW (Agency) - `.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    opens: tuple[bool, ...]
    marks: tuple[bool, ...]
    paragraphs: tuple[tuple[int, int], ...]
    datelines: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.starts)


def find_words(article: Article) -> Words:
    """Cut the article into words; one that is not in English gets none.

    Example:
        >>> text = "Kyiv's envoy didn't go to the U.S. on Feb. 3."
        >>> words = find_words(Article(text))
        >>> [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)][:9]
        ['Kyiv', "'s", 'envoy', 'did', "n't", 'go', 'to', 'the', 'U.S.']
    """
    text, paragraphs = article.text, split_paragraphs(article.text)
    spans = [each.span() for each in _word().finditer(text)] if is_readable(article) else []
    starts = tuple([start for start, _ in spans])
    datelines = tuple(_datelines(text, paragraphs)) if spans else ()
    edges = [start for start, _ in paragraphs] + [end for _, end in datelines]
    first = {bisect_left(starts, edge) for edge in edges}
    return Words(
        starts,
        tuple([end for _, end in spans]),
        tuple([index in first for index in range(len(spans))]),
        tuple([_is_mark(text[start:end]) for start, end in spans]),
        paragraphs,
        datelines,
    )


def _is_mark(word: str) -> bool:
    if word[0].isalnum() or word[0] in "%&":
        return False
    return all(category(each)[0] == "P" for each in word)


def split_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return the character ranges of the lines that hold more than white space.

    Example:
        >>> split_paragraphs("One.\n\n  Two.\n")
        ((0, 4), (8, 12))
    """
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            found.append((start, end))
    return tuple(found)


def _datelines(text: str, paragraphs: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    for start, end in paragraphs:
        length = find_dateline(text[start : min(end, start + 2 * LONGEST)])
        if length:
            yield start, start + length
