"""What the content of a saying does, where its cue leaves it open.

The first main clause that does something decides; of one clause the first rule that applies. Who is
the subject, what is negated, promised, demanded or judged: docs/codebook-acts.md gives examples.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.clause import Clause
from onrecord.reading.statements.cue import read_cue
from onrecord.reading.statements.hedges import seems
from onrecord.record import Act

__all__ = ["Saying", "is_no_comment", "judge_content"]

_ATTITUDES: frozenset[Act] = frozenset(
    {
        "expect", "opine", "reject", "praise", "agree", "deny", "accuse", "promise", "apologise",
        "announce",
    }
)  # fmt: skip
_PERFORMED: frozenset[Act] = _ATTITUDES | {"demand", "request", "warn", "confirm", "offer", "ask"}
_WILL = frozenset({"will", "shall", "would"})
_MAY = frozenset({"may", "might", "could", "will", "would", "shall"})
_LETTING = frozenset({"let", "lets"})
_DEMONSTRATIVES = frozenset({"that", "it", "this", "they", "these", "those", "which"})
_SEEMING = frozenset({"seem", "appear", "look", "sound", "feel"})
_GIVING = frozenset({"have", "make", "offer", "give"})
_CLAIMING = frozenset({"claim", "allege", "assert", "accuse", "suggest", "say", "report"})


class Saying(Struct, frozen=True):
    """What the rules look at."""

    document: Document
    content: tuple[int, ...]
    clauses: tuple[Clause, ...]
    is_quoted: bool


def judge_content(saying: Saying) -> Act | None:
    """Judge what is said by its first main clause that does something."""
    if _is_question(saying):
        return "ask"
    for clause in saying.clauses:
        for rule in _RULES:
            act = rule(clause, saying)
            if act is not None:
                return act
    return None


def is_no_comment(saying: Saying) -> bool:
    """Tell whether it is said that nothing will be: `we have no comment`, `I will not comment`."""
    clause = next(iter(saying.clauses), None)
    if clause is None or not clause.negated:
        return False
    things = saying.document.children(clause.verb.index, "dobj", "attr")
    is_given = clause.verb.lemma in _GIVING and any(each.lemma == "comment" for each in things)
    return clause.verb.lemma == "comment" or is_given


def _is_question(saying: Saying) -> bool:
    """Tell whether the content, or most of its sentences, are questions."""
    marks = [
        saying.document.tokens[index].text[0]
        for index in saying.content
        if saying.document.tokens[index].text[0] in ".?!"
    ]
    return saying.is_quoted and marks.count("?") * 2 > len(marks)


def _performed(clause: Clause, saying: Saying) -> Act | None:
    """Read `I hope`, `we reject`, and after `he said` also `he hoped`."""
    if not clause.is_own or not _is_performative(clause, saying):
        return None
    cue = read_cue(saying.document, _with_complements(clause), frozenset(saying.content))
    if cue.entry is None or cue.entry.act not in _PERFORMED:
        return None
    act = cue.entry.act
    if not saying.is_quoted and act not in _ATTITUDES:
        return None
    if not clause.negated:
        return act
    return cue.entry.negated or _not_held(act, clause)


def _not_held(act: Act, clause: Clause) -> Act | None:
    """Read `I do not think`, `I do not expect` as opinions, but not `we do not want`."""
    is_wish = act == "expect" and load_reporting().is_a("wishing", clause.verb.lemma)
    return "opine" if act in {"opine", "expect"} and not is_wish else None


def _is_performative(clause: Clause, saying: Saying) -> bool:
    if clause.modal is not None and not (clause.modal == "would" and clause.verb.lemma == "like"):
        return False
    return clause.tense == "present" or (clause.tense == "past" and not saying.is_quoted)


def _with_complements(clause: Clause) -> tuple[int, ...]:
    return (clause.verb.index,)


def _refused(clause: Clause, saying: Saying) -> Act | None:
    """Read `we will not`, `cannot accept`, `is unacceptable`, `is a non-starter`."""
    if clause.is_own and clause.negated and clause.modal in {"will", "shall", "would"}:
        return "reject"
    if clause.is_own and clause.negated and clause.modal in {"can", "could"}:
        return "reject" if _entry_act(clause.verb) in {"agree", "praise"} else None
    lexicon = load_reporting()
    refuses = any(lexicon.is_a("refused", each.lemma) for each in _copular(clause, saying))
    if clause.verb.lower == "closed" and clause.subject is not None:
        refuses |= lexicon.is_a("topics", clause.subject.lemma)
    return "reject" if refuses and not clause.negated and clause.modal is None else None


def _entry_act(verb: Token) -> Act | None:
    entries = load_reporting().cues.get((verb.lemma, "verb"), ())
    return next((entry.act for entry in entries if len(entry.words) == 1), None)


def _copular(clause: Clause, saying: Saying) -> Iterator[Token]:
    """Yield what the clause says that its subject is."""
    if clause.verb.lemma not in {"be", "'s", "remain", "seem"}:
        return
    for child in saying.document.children(clause.verb.index, "attr", "acomp"):
        yield child
        yield from saying.document.children(child.index, "amod", "compound", "conj")


def _denied(clause: Clause, saying: Saying) -> Act | None:
    """Read `there was no such promise`, `that is false`, `we did not do it`."""
    lexicon = load_reporting()
    said_to_be = tuple(_copular(clause, saying))
    if any(lexicon.is_a("false", each.lemma) for each in said_to_be):
        return None if clause.negated else "deny"
    if any(lexicon.is_a("true", each.lemma) for each in said_to_be):
        return "deny" if clause.negated else _confirmed(clause)
    if not clause.negated or clause.modal is not None:
        return None
    return _negated(clause, said_to_be, saying)


def _negated(clause: Clause, said_to_be: tuple[Token, ...], saying: Saying) -> Act | None:
    if clause.is_there:
        return _denied_existence(said_to_be, saying)
    if clause.is_own and any(each.dep == "attr" for each in said_to_be):
        return "deny"
    return _denied_deed(clause, saying)


def _confirmed(clause: Clause) -> Act | None:
    is_anaphoric = clause.subject is not None and clause.subject.lower in _DEMONSTRATIVES
    return "confirm" if is_anaphoric else None


def _denied_existence(said_to_be: tuple[Token, ...], saying: Saying) -> Act | None:
    lexicon = load_reporting()
    words = {each.lemma for each in said_to_be}
    for each in said_to_be:
        words |= {child.lemma for child in saying.document.children(each.index)}
    return "deny" if words & lexicon.words["denied_noun"] else None


def _denied_deed(clause: Clause, saying: Saying) -> Act | None:
    subject = clause.subject
    if subject is None or load_reporting().is_a("knowing", clause.verb.lemma):
        return None
    if _has_yet(clause, saying.document):
        return None
    is_doing = clause.verb.tag == "VBG" and clause.tense == "present"
    if clause.is_own and (clause.tense == "past" or is_doing):
        return "deny"
    if clause.tense == "past" and load_reporting().is_a("wrongdoing", clause.verb.lemma):
        return "deny"
    claimed = saying.document.children(subject.index, "relcl", "acl")
    return "deny" if any(each.lemma in _CLAIMING for each in claimed) else None


def _has_yet(clause: Clause, document: Document) -> bool:
    return any(
        each.lower in {"yet", "ready", "but"} for each in document.children(clause.verb.index)
    )


def _regretted(clause: Clause, saying: Saying) -> Act | None:
    """Read `I am sorry`, `we are ready`, `he was open to`."""
    if not clause.is_own or clause.modal is not None:
        return None
    for each in saying.document.children(clause.verb.index, "acomp"):
        entries = load_reporting().cues.get((each.lemma, "adjective"), ())
        for entry in entries:
            if entry.act != "state":
                return "reject" if clause.negated and entry.act == "offer" else entry.act
    return None


def _intended(clause: Clause, saying: Saying) -> Act | None:
    """Read `we will`: a threat or a promise by what will be done, else an announcement."""
    if clause.modal not in _WILL or clause.negated:
        return None
    lexicon = load_reporting()
    if not clause.is_own:
        return _foretold_harm(clause)
    harm = "harmful" if clause.is_conditional else "hostile"
    if lexicon.is_a(harm, clause.verb.lemma):
        return "threaten"
    if lexicon.is_a("helpful", clause.verb.lemma) or _is_joint(clause, saying.document):
        return "promise"
    return "announce" if clause.modal != "would" or not saying.is_quoted else "opine"


def _is_joint(clause: Clause, document: Document) -> bool:
    """Read `they would act together`, `we will stand united`."""
    return any(
        load_reporting().is_a("joint", each.lower)
        for each in document.children(clause.verb.index, "advmod", "acomp", "oprd")
    )


def _foretold_harm(clause: Clause) -> Act | None:
    """Read `there will be consequences` and `they will pay a price` as threats."""
    lexicon = load_reporting()
    words = [*clause.predicate, *([clause.subject] if clause.subject else [])]
    if any(lexicon.is_a("consequence", each.lemma) for each in words) and (
        clause.is_conditional or clause.is_there or clause.verb.lemma in {"pay", "face"}
    ):
        return "threaten"
    return None


def _called_for(clause: Clause, saying: Saying) -> Act | None:
    """Read `Russia must`, `they should`, and the imperative; `should have gone` is a judgement."""
    if clause.modal in {"must", "should"} and _is_past(clause, saying):
        return "opine"
    if clause.modal == "must":
        return "opine" if clause.is_own or clause.is_there else "demand"
    if clause.modal == "should":
        return "request" if clause.is_actor and not clause.is_own else "opine"
    if _is_high_time(clause, saying):
        return "request"
    return _commanded(clause, saying)


def _is_past(clause: Clause, saying: Saying) -> bool:
    auxiliaries = saying.document.children(clause.verb.index, "aux")
    return clause.verb.tag == "VBN" and any(each.lemma == "have" for each in auxiliaries)


def _is_high_time(clause: Clause, saying: Saying) -> bool:
    """Tell whether it is said to be time, or up to somebody, to do something."""
    times = (each for each in _copular(clause, saying) if each.lemma == "time")
    return any(saying.document.children(each.index, "relcl", "acl", "xcomp") for each in times)


def _commanded(clause: Clause, saying: Saying) -> Act | None:
    verb = clause.verb
    if not saying.is_quoted or verb.tag != "VB" or clause.subject is not None or clause.modal:
        return None
    first = max(saying.document.sentence_of(verb.index).first, verb.index - 12)
    opening = [token for token in saying.document.tokens[first : verb.index] if token.is_word]
    if verb.lower in _LETTING or any(token.pos == "PART" for token in opening):
        return "opine"
    if _entry_act(verb) == "praise":
        return "praise"
    return "request" if any(token.lower == "please" for token in opening) else "demand"


def _accused(clause: Clause, _: Saying) -> Act | None:
    """Read `they deceived us`, `Russia has violated the treaty`."""
    if not clause.is_actor or clause.is_own or clause.negated or clause.modal is not None:
        return None
    if clause.subject is None or clause.subject.dep != "nsubj":
        return None
    return "accuse" if load_reporting().is_a("wrongdoing", clause.verb.lemma) else None


def _expected(clause: Clause, saying: Saying) -> Act | None:
    """Read what will or may come as an expectation, or as a warning where it is harm."""
    if clause.is_own:
        return None
    if _is_harm_ahead(clause, saying):
        return "warn"
    if clause.modal in _MAY and clause.tense != "past":
        return "opine" if _is_supposed(clause, saying) else "expect"
    return None


def _is_harm_ahead(clause: Clause, saying: Saying) -> bool:
    """Read `an attack could come`, `war remains possible`."""
    lexicon = load_reporting()
    if clause.subject is None or clause.negated or not lexicon.is_a("harm", clause.subject.lemma):
        return False
    if clause.modal in {"may", "might", "could"}:
        return True
    return any(lexicon.is_a("impending", each.lemma) for each in _copular(clause, saying))


def _is_supposed(clause: Clause, saying: Saying) -> bool:
    """Tell whether it is weighed what something is or would be: `it could be the basis`."""
    lexicon = load_reporting()
    if clause.modal == "would":
        is_wrong = not clause.is_actor and lexicon.is_a("wrongdoing", clause.verb.lemma)
        return is_wrong or _judged(clause, saying) is not None
    is_thing = any(each.dep == "attr" for each in _copular(clause, saying))
    return clause.modal == "could" and is_thing


def _judged(clause: Clause, saying: Saying) -> Act | None:
    """Read `it is a mistake`, `that was better`, `it looks like it` as opinions."""
    is_seeming = clause.verb.lemma in _SEEMING and seems(saying.document, clause.verb)
    if is_seeming and not clause.is_own:
        return "opine"
    lexicon = load_reporting()
    for each in _copular(clause, saying):
        is_compared = each.tag in {"JJR", "JJS"} and each.dep in {"acomp", "amod"}
        if lexicon.is_a("judged", each.lemma) or is_compared:
            return _judgement(clause, each)
    return None


def _judgement(clause: Clause, word: Token) -> Act:
    """Say whether a judgement blames or praises somebody, or is of a matter."""
    lexicon = load_reporting()
    is_personal = clause.is_actor or (
        clause.subject is not None and lexicon.is_a("conduct", clause.subject.lemma)
    )
    if not is_personal or clause.is_own or clause.negated or clause.modal is not None:
        return "opine"
    if lexicon.is_a("blaming", word.lemma):
        return "accuse"
    return "praise" if lexicon.is_a("praising", word.lemma) else "opine"


_RULES: tuple[Callable[[Clause, Saying], Act | None], ...] = (
    _performed,
    _refused,
    _denied,
    _regretted,
    _intended,
    _called_for,
    _accused,
    _expected,
    _judged,
)
