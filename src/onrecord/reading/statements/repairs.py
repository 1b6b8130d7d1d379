"""Put right, with the parse, what a network's attributions lack or have too much of.

A source that stands only with the first of two verbs (`claimed X and said Y`, `ended it, saying Y`)
is given to the second; the one spoken to is no part of what is said; a content broken by a dash is
made whole; `speaking at a conference` says nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.cue import cue_verb, may_be_passive, read_cue
from onrecord.reading.statements.fragments import is_fragment
from onrecord.reading.statements.parts import Parts, Range, tokens_in, with_content, without
from onrecord.reading.statements.people import spoken_to
from onrecord.reading.statements.turns import settle_turns

__all__ = ["phrase_of", "repair_parts", "subject_of_saying"]

_TALKING = frozenset({"speak", "talk", "appear", "address"})
_AT = frozenset({"at", "in", "on", "during", "to", "before", "after", "with"})
_FIRST_PERSON = frozenset({"i", "we"})
_LEADING = frozenset({"dobj", "dative", "prep", "npadvmod", "advmod", "punct"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "compound"})
_DASHES = frozenset({"—", "–", "--"})
_MODIFIERS = ("relcl", "acl", "appos", "punct")
UNSURE = 0.6
"""Below it, an attribution without source and without a word of reporting is taken for a part of
the content before it."""


def repair_parts(document: Document, found: Iterable[Parts]) -> tuple[Parts, ...]:
    """Repair all attributions of an article, given in order of the text."""
    settled = settle_turns(document, tuple(found))
    kept = [
        each
        for each in settled
        if not _is_setting(document, each) and not _is_labelled(document, each)
    ]
    joined = _join_broken(document, kept)
    whole = [_across_dashes(document, each) for each in joined]
    sourced = [_with_source(document, each) for each in whole]
    filled = [_without_lead(document, each) for each in sourced if not is_fragment(document, each)]
    by_number = {each.number: each for each in filled}
    dropped = [
        each
        for each in filled
        if _repeats(document, each, by_number) or is_fragment(document, each)
    ]
    return tuple(_with_told_noun(document, each) for each in without(filled, dropped))


# ------------------------------------------------------------------------------- the source


def _with_source(document: Document, parts: Parts) -> Parts:
    """Give a saying without source the subject of its verb."""
    if _is_spoken_to(document, parts) or _is_misread(document, parts):
        parts = replace(parts, source=(), source_tokens=())
    if parts.source or not parts.cue_tokens:
        return parts
    subject = subject_of_saying(document, parts.cue_tokens)
    if subject is None or subject.index in (*parts.content_tokens, *parts.cue_tokens):
        return parts
    source = phrase_of(document, subject)
    taken = frozenset((*parts.content_tokens, *parts.cue_tokens))
    if any(index in taken for index in document.tokens_in(*source)):
        source = (subject.start, subject.end)
    return replace(parts, source=(source,), source_tokens=tokens_in(document, (source,)))


def _is_misread(document: Document, parts: Parts) -> bool:
    """Tell whether the source is another verb's object: `massed troops near it, but denies`."""
    verb = cue_verb(document, parts.cue_tokens)
    if verb is None:
        return False
    subjects = document.children(verb.index, "nsubj")
    return any(each.index in parts.source_tokens and not _agrees(each, verb) for each in subjects)


def _is_spoken_to(document: Document, parts: Parts) -> bool:
    """Tell whether the source is rather the one accused, asked or told, in the passive."""
    words = (document.tokens[index] for index in parts.cue_tokens)
    if not parts.source_tokens or not any(may_be_passive(document, each) for each in words):
        return False
    cue = read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens))
    if not cue.is_passive or cue.word is None or cue.entry is None or cue.entry.object is None:
        return False
    subjects = spoken_to(document, cue.light or cue.word)
    phrases = [range(*document.subtree(each.index)) for each in subjects]
    return any(all(index in phrase for index in parts.source_tokens) for phrase in phrases)


def subject_of_saying(document: Document, cue: tuple[int, ...]) -> Token | None:
    """Return the subject of a cue's verb, from the verb that it hangs on if it has none itself.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Kyiv waited, saying that it had time."))
        >>> subject_of_saying(document, (3,)).text
        'Kyiv'
    """
    verb = cue_verb(document, cue)
    if verb is None or verb.pos not in {"VERB", "AUX"} or document.children(verb.index, "auxpass"):
        return None
    if verb.tag == "VBN" and verb.dep == "advcl" and not document.children(verb.index, "aux"):
        return None
    for _ in range(4):
        subject = _subject_of(document, verb)
        if subject is not None:
            return _not_relative(document, verb, subject) if subject.dep == "nsubj" else None
        above = document.head(verb)
        if verb.dep == "acl" and above.pos in {"NOUN", "PROPN", "PRON"} and verb.tag == "VBG":
            return above
        if not _is_joined(document, verb) or above.pos not in {"VERB", "AUX"}:
            break
        verb = above
    return None


def _subject_of(document: Document, verb: Token) -> Token | None:
    subjects = document.children(verb.index, "nsubj", "nsubjpass")
    agreeing = [each for each in subjects if _agrees(each, verb)]
    return agreeing[0] if agreeing else _subject_before(document, verb)


def _is_joined(document: Document, verb: Token) -> bool:
    """Tell whether a verb has its subject in common with the verb above it."""
    if verb.dep in {"conj", "advcl", "xcomp"}:
        return True
    strays = (each for each in document.children(verb.index, "nsubj") if not _agrees(each, verb))
    return verb.dep == "ccomp" and any(strays)


def _agrees(subject: Token, verb: Token) -> bool:
    """Tell whether a subject can be that of a verb: `troops denies` is an error of the parser."""
    return not (subject.tag == "NNS" and verb.tag == "VBZ" and subject.text == subject.lower)


def _subject_before(document: Document, verb: Token) -> Token | None:
    """Return the subject of a clause before the verb, where the verb has none of its own.

    `Kyiv offered nothing but did say ...`: the parser may hang the first clause on the second.
    """
    for clause in document.children(verb.index, "ccomp", "conj", "advcl"):
        if clause.index < verb.index and clause.dep != "advcl":
            return next(iter(document.children(clause.index, "nsubj")), None)
    return None


def _not_relative(document: Document, verb: Token, subject: Token) -> Token | None:
    """Return what a relative pronoun stands for."""
    if subject.tag not in {"WP", "WDT"}:
        return subject
    return document.head(verb) if verb.dep == "relcl" else None


def phrase_of(document: Document, token: Token) -> Range:
    """Return the characters of a noun phrase without what is added behind a comma."""
    first, last = document.subtree(token.index)
    for child in document.children(token.index, *_MODIFIERS):
        if child.index > token.index:
            last = min(last, document.subtree(child.index)[0])
    last = max(last, token.index + 1)
    return document.tokens[first].start, document.tokens[last - 1].end


# ------------------------------------------------------------------------------ the content


def _without_lead(document: Document, parts: Parts) -> Parts:
    """Take out of what is said what only belongs to the saying.

    `told Lavrov on Tuesday that ...`, `said on | Tuesday that ...`: whatever the cue's verb governs
    beside the clause of what is said.
    """
    verb = cue_verb(document, parts.cue_tokens)
    first = parts.content_tokens[0]
    if verb is None or verb.index > first:
        return parts
    for clause in document.children(verb.index, "ccomp"):
        begin = document.subtree(clause.index)[0]
        while begin > first and not document.tokens[begin - 1].is_word:
            begin -= 1
        if first < begin and begin in parts.content_tokens and _leads(document, first, begin, verb):
            start = document.tokens[begin].start
            content = tuple((max(at, start), end) for at, end in parts.content if end > start)
            return with_content(document, parts, content)
    return parts


def _with_told_noun(document: Document, parts: Parts) -> Parts:
    """Give to the content the noun that it explains: `denied | reports that it had a plan`."""
    verb, last = cue_verb(document, parts.cue_tokens), max(parts.cue_tokens, default=-1)
    first = parts.content_tokens[0]
    if verb is None or last < 0 or last + 1 != first or last == verb.index:
        return parts
    noun, lexicon = document.tokens[last], load_reporting()
    is_claim = noun.dep == "dobj" and lexicon.is_a("claim_nouns", noun.lemma)
    if not is_claim or not lexicon.is_a("contradicting", verb.lemma):
        return parts
    start = max(document.subtree(noun.index)[0], verb.index + 1)
    begin = document.tokens[start].start
    cue = tuple((at, min(end, begin)) for at, end in parts.cue if at < begin)
    cue = tuple((at, at + len(document.text[at:end].rstrip())) for at, end in cue)
    content = ((begin, parts.content[0][1]), *parts.content[1:])
    shorter = replace(parts, cue=cue, cue_tokens=tokens_in(document, cue))
    return with_content(document, shorter, content)


def _leads(document: Document, first: int, begin: int, verb: Token) -> bool:
    """Tell whether all between two tokens hangs on the verb as its object or adverbial."""
    for index in range(first, begin):
        token = document.tokens[index]
        while token.head not in {token.index, verb.index}:
            token = document.head(token)
        if token.dep not in _LEADING or (token.dep == "npadvmod" and token.pos == "PRON"):
            return False
    return True


def _join_broken(document: Document, found: Sequence[Parts]) -> list[Parts]:
    """Join to the content before it what has no source of its own and no word of reporting."""
    kept: dict[int, Parts] = {}
    ends: dict[tuple[int, int | None], int] = {}
    for parts in sorted(found, key=lambda each: each.content_tokens[0]):
        before = kept.get(_number_before(document, parts, ends))
        goes_on = before is not None and _goes_on(document, before, parts)
        whole = _joined(document, before, parts) if before is not None and goes_on else parts
        kept[whole.number] = whole
        ends[whole.content_tokens[-1], whole.within] = whole.number
    return sorted(kept.values(), key=lambda each: each.place)


def _across_dashes(document: Document, parts: Parts) -> Parts:
    """Add a predicate that a parenthesis cut off: `said the plan — for years — failed`."""
    last = parts.content_tokens[-1]
    words = document.tokens[parts.content_tokens[0] : last + 1]
    is_clause = any(word.tag in _FINITE and word.dep not in _NOMINAL for word in words)
    if is_clause or len(parts.content) > 1:
        return parts
    end = document.sentence_of(last).last
    dashes = [each.index for each in document.tokens[last + 1 : end] if each.text in _DASHES]
    if len(dashes) != 2 or dashes[0] != last + 1 or dashes[1] + 1 >= end:
        return parts
    after = document.tokens[dashes[1] + 1 : end]
    if after[0].tag not in _FINITE or any(
        i > last for i in (*parts.cue_tokens, *parts.source_tokens)
    ):
        return parts
    final = max(token.end for token in after if token.is_word)
    return with_content(document, parts, ((parts.content[0][0], final),))


def _joined(document: Document, before: Parts, parts: Parts) -> Parts:
    last = parts.content_tokens[-1]
    inside = {*before.content_tokens, *parts.cue_tokens, *parts.content_tokens}
    while last + 1 < len(document.tokens) and document.tokens[last + 1].is_word:
        if not _hangs_inside(document, last + 1, inside):
            break
        last += 1
        inside.add(last)
    end = document.tokens[last].end
    return with_content(document, before, (*before.content[:-1], (before.content[-1][0], end)))


def _hangs_inside(document: Document, index: int, inside: set[int]) -> bool:
    token = document.tokens[index]
    return token.head != index and (
        token.head in inside or document.tokens[token.head].head in inside
    )


def _number_before(
    document: Document, parts: Parts, ends: dict[tuple[int, int | None], int]
) -> int:
    """Return the number of the one whose content ends right before the cue, or -1."""
    if not parts.cue_tokens:
        return -1
    index = parts.cue_tokens[0] - 1
    while index > 0 and not document.tokens[index].is_word:
        index -= 1
    return ends.get((index, parts.within), -1)


def _goes_on(document: Document, before: Parts, parts: Parts) -> bool:
    is_unsure = parts.probability <= UNSURE and before.within == parts.within
    if not is_unsure or not set(parts.source_tokens) <= set(before.source_tokens):
        return False
    if (
        document.tokens[parts.cue_tokens[0]].sentence
        != document.tokens[before.content_tokens[-1]].sentence
    ):
        return False
    return read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens)).entry is None


# ----------------------------------------------------------------------------- what is left out


def _is_setting(document: Document, parts: Parts) -> bool:
    """Tell whether it only says where somebody spoke: `speaking at a news conference`."""
    words = [document.tokens[index] for index in parts.cue_tokens]
    if not words or words[0].lemma not in _TALKING or words[-1].lower not in _AT:
        return False
    inside = frozenset(parts.content_tokens)
    tops = (document.tokens[i] for i in inside if document.tokens[i].head not in inside)
    return any(load_reporting().is_a("occasion", top.lemma) for top in tops)


def _is_labelled(document: Document, parts: Parts) -> bool:
    """Tell whether a headline is only labelled: `Analysis: three weeks of talks`."""
    cue = [document.tokens[index].text for index in parts.cue_tokens]
    labels = [document.tokens[index].lower for index in parts.source_tokens]
    return (
        cue == [":"]
        and bool(labels)
        and all(load_reporting().is_a("labels", each) for each in labels)
    )


def _repeats(document: Document, parts: Parts, by_number: dict[int, Parts]) -> bool:
    """Tell whether it is only how a speaker says it: `I hope that ...` in one's own words."""
    outer = by_number.get(parts.within) if parts.within is not None else None
    if outer is None or len(parts.source_tokens) != 1:
        return False
    if document.tokens[parts.source_tokens[0]].lower not in _FIRST_PERSON:
        return False
    return all(_is_performed(document, each) for each in _verbs(document, parts))


def _verbs(document: Document, parts: Parts) -> Iterator[Token]:
    verb = cue_verb(document, parts.cue_tokens)
    if verb is not None:
        yield verb


def _is_performed(document: Document, verb: Token) -> bool:
    """Tell whether a verb does what it says now, or is no word of reporting."""
    lexicon = load_reporting()
    if (verb.lemma, "verb") not in lexicon.cues or lexicon.is_a("knowing", verb.lemma):
        return True
    auxiliaries = document.children(verb.index, "aux")
    return verb.tag in {"VBP", "VBZ", "VB"} and not any(each.tag == "VBD" for each in auxiliaries)
