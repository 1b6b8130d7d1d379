"""From files, pages, standard input and JSON lines to articles.

`sources.take_in` is the way in: it yields an article, or the reason why there is none, for each
thing that a source holds, so that one bad input never stops the rest.
"""
