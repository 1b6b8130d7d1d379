"""What a speaker does by saying something: denies, accuses, promises, warns.

The cue decides first (`denied`, `issued a warning`). A neutral cue (`said`) leaves it to what is
said: who is the subject, what is negated, promised, demanded or judged. docs/codebook-acts.md
decides each act with examples.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.act_rules import Saying, is_no_comment, judge_content
from onrecord.reading.statements.clause import find_clauses, is_negated
from onrecord.reading.statements.cue import Cue, read_cue
from onrecord.record import Act, EventType

__all__ = ["FoundAct", "classify_act", "classify_question"]


_NO_COMMENT = "011"


class FoundAct(Struct, frozen=True):
    """An act with its codes.

    Attributes:
        act: What is done.
        plover: PLOVER type, or None where PLOVER has none.
        cameo: CAMEO code, or None.
        cue: How the cue was read.
        object: Whether the person governed by the cue is spoken to or about.
        found_by: `cue:deny`, `content:reject`.
    """

    act: Act
    plover: EventType | None
    cameo: str | None
    cue: Cue
    object: Literal["addressee", "about"] | None
    found_by: str


def classify_act(
    document: Document,
    cue: tuple[int, ...],
    content: tuple[int, ...],
    *,
    is_own: Callable[[Token], bool] = lambda token: token.lower in {"i", "we"},
    is_actor: Callable[[Token], bool] = lambda token: token.pos in {"PROPN", "PRON"},
    is_quoted: bool = False,
) -> FoundAct:
    """Classify what is done by saying the content with the cue.

    Args:
        document: The document.
        cue: Token indices of the cue.
        content: Token indices of the content.
        is_own: Tells whether a subject is the speaker or the speaker's side.
        is_actor: Tells whether a subject is somebody who can act.
        is_quoted: Whether the content is in the speaker's own words.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Kyiv denied that it had attacked."))
        >>> classify_act(document, (1,), (2, 3, 4, 5)).act
        'deny'
    """
    read = read_cue(document, cue, frozenset(content))
    clauses = find_clauses(document, content, is_own=is_own, is_actor=is_actor)
    saying = Saying(document, content, clauses, is_quoted)
    act = "deny" if _has_seen_none(document, (*cue, *content[:2])) else _act_of_cue(read, saying)
    if act is not None and (act != "state" or _is_plain(read)):
        return _coded(act, read, f"cue:{act}")
    if is_no_comment(saying):
        return FoundAct("state", None, _NO_COMMENT, read, None, "content:no comment")
    judged = judge_content(saying)
    return _coded(judged or "state", read, f"content:{judged}" if judged else "cue:state")


def classify_question(
    document: Document, cue: tuple[int, ...], content: tuple[int, ...]
) -> FoundAct | None:
    """Return the act of a turn of one who asks (`QUESTION:`), for whom one question is enough."""
    if not any(document.tokens[index].text.startswith("?") for index in content):
        return None
    return _coded("ask", read_cue(document, cue, frozenset(content)), "form:question")


def _has_seen_none(document: Document, words: tuple[int, ...]) -> bool:
    """Tell whether a cue or how a content begins says that there is no evidence: `no signs`."""
    lexicon = load_reporting()
    for noun in (document.tokens[index] for index in words):
        verb = document.head(noun)
        is_seen = noun.dep == "dobj" and lexicon.is_a("seeing", verb.lemma)
        if is_seen and lexicon.is_a("unseen", noun.lemma) and is_negated(document, verb):
            return True
    return False


def _is_plain(cue: Cue) -> bool:
    """Tell whether a cue states whatever its content: `declined to comment`, `the poll showed`."""
    if cue.entry is None or cue.word is None:
        return False
    is_finding = load_reporting().is_a("finding", cue.entry.words[0])
    return cue.entry.act == "state" and (cue.entry.cameo is not None or is_finding)


def _coded(act: Act, cue: Cue, found_by: str) -> FoundAct:
    code = load_reporting().codes[act]
    entry = cue.entry
    cameo = (entry.cameo if entry is not None and entry.act == act else None) or code.cameo
    plover = None if cameo.startswith("01") else code.plover
    return FoundAct(act, plover, cameo, cue, entry.object if entry else None, found_by)


def _act_of_cue(cue: Cue, saying: Saying) -> Act | None:
    if cue.entry is None:
        return None
    act = cue.entry.act
    if cue.negated and cue.entry.negated is not None:
        return cue.entry.negated
    if act == "deny" and (_is_refused(saying) or _is_not_done(cue, saying)):
        return "reject" if _is_refused(saying) else "state"
    if act == "promise" and any(_is_hostile(saying.document, each) for each in saying.content):
        return "threaten"
    return act


def _is_not_done(cue: Cue, saying: Saying) -> bool:
    """Tell whether the denying is only called for or possible: `should refute it`."""
    verb = cue.light or cue.word
    if verb is None:
        return False
    modals = saying.document.children(verb.index, "aux")
    return any(each.tag == "MD" and each.lower not in {"will", "'ll"} for each in modals)


def _is_refused(saying: Saying) -> bool:
    """Tell whether a thing is denied to somebody, and no fact: `denied the request`."""
    inside = frozenset(saying.content)
    tops = (saying.document.tokens[i] for i in saying.content)
    return any(
        top.head not in inside and load_reporting().is_a("refusable", top.lemma) for top in tops
    )


def _is_hostile(document: Document, index: int) -> bool:
    token = document.tokens[index]
    return token.pos == "VERB" and load_reporting().is_a("hostile", token.lemma)
