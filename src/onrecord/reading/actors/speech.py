"""Tell who speaks where: the mention that each stretch of quotation or report goes back to."""

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from onrecord.reading.actors.mentions import Mention
from onrecord.reading.document import Document, Sentence, Token

if TYPE_CHECKING:
    from onrecord.reading.attribution.stage import Attribution
    from onrecord.reading.quotations import Quotation

__all__ = ["Speech"]

_REPORTS = frozenset(
    {
        "say", "tell", "add", "state", "claim", "ask", "reply", "respond", "explain", "insist",
        "write", "note", "argue", "warn", "declare", "announce", "comment", "recall", "observe",
        "remark", "continue", "admit", "report", "answer", "call", "think", "believe", "describe",
        "mention", "exclaim", "quote", "confirm", "deny", "joke", "accuse", "stress", "suggest",
    }
)  # fmt: skip

_AROUND = 80
"""Tokens on either side of a quotation among which its cue is looked for; sentences are shorter."""
_AGAIN = 4
"""Times that a sentence stands in a text, beyond which it is no quotation set apart."""
_LONGEST_TURN = 2
"""Sentences after which `he said` may go back to somebody else."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SIGNATURE = 6
"""Words of the longest line that is no more than a name."""


class Speech:
    """Who speaks where.

    Args:
        document: The document.
        mentions: Its mentions.
        quotations: Its quotations.
        attributions: Who says what.

    Attributes:
        sources: The mentions that are the source of something said.
    """

    def __init__(
        self,
        document: Document,
        mentions: tuple[Mention, ...],
        quotations: "tuple[Quotation, ...]",
        attributions: "tuple[Attribution, ...]",
    ) -> None:
        self._document = document
        self._heads = {mention.head: mention.index for mention in mentions}
        self._mentions = mentions
        self._outer = [each for each in quotations if each.depth == 0]
        self._starts = [each.start for each in self._outer]
        self._inner_starts = [each.inner_start for each in self._outer]
        self._narrowest_first = sorted(attributions, key=_content_length)
        self._alike = _repeated(document)
        self._by_token = self._attributed()
        self._speakers = self._quoted_speakers()
        quoted = (speaker for speaker in self._speakers if speaker is not None)
        self.sources = frozenset(self._by_token.values()) | frozenset(quoted)
        outer = (self._source_mention(each) for each in attributions if each.within is None)
        self._in_turn = sorted({each for each in outer if each is not None})

    def quotation_at(self, token: Token) -> int | None:
        """Return the number of the quotation that the token stands in."""
        place = bisect_right(self._starts, token.start) - 1
        if place >= 0 and token.start < self._outer[place].end:
            return place
        return None

    def speaker_at(self, token: Token) -> int | None:
        """Return the index of the mention that speaks the quoted or reported token."""
        place = self.quotation_at(token)
        if place is not None and self._speakers[place] is not None:
            return self._speakers[place]
        return self._by_token.get(token.index, self._signed(token))

    def goes_on(self, mention: Mention) -> int | None:
        """Return the mention that spoke last before `he said`, if nobody has come between.

        None where the pronoun says nothing, or says it only in passing (`those he said would`).
        """
        place = bisect_left(self._in_turn, mention.index)
        if self._in_turn[place : place + 1] != [mention.index] or not place:
            return None
        tokens = self._document.tokens
        last = self._mentions[self._in_turn[place - 1]]
        verb = self._document.head(tokens[mention.head])
        begun, here = tokens[last.head].sentence, tokens[mention.head].sentence
        if here - begun > _LONGEST_TURN or verb.dep in {"relcl", "advcl"}:
            return None
        between = self._mentions[last.index + 1 : mention.index]
        is_new = any(
            tokens[each.head].sentence > begun
            and (each.kind == "person") == (last.kind == "person")
            and self._acts(each)
            for each in between
        )
        return None if is_new else last.index

    def _acts(self, mention: Mention) -> bool:
        """Tell whether somebody named or described is the subject of what nobody is quoted on."""
        token = self._document.tokens[mention.head]
        is_somebody = mention.kind not in {"thing", "any"} and mention.form != "pronoun"
        return is_somebody and token.dep in _SUBJECTS and self.quotation_at(token) is None

    def _signed(self, token: Token) -> int | None:
        """Return whom a name of its own under a paragraph names: a quotation set apart.

        What is set apart is often said again in the running text, where nothing names its speaker.
        """
        if token.tag not in {"PRP", "PRP$"}:
            return None
        signed = self._signature(token.sentence)
        if signed is None:
            said = self._document.sentence_span(self._document.sentences[token.sentence]).text
            again = (self._signature(each) for each in self._alike.get(said, ()))
            signed = next((each for each in again if each is not None), None)
        return signed

    def _signature(self, number: int) -> int | None:
        sentences = self._document.sentences
        here = sentences[number]
        at = here.index + 1
        while at < len(sentences) and sentences[at].paragraph == here.paragraph:
            at += 1
        for sentence in sentences[max(at - 1, here.index + 1) : at + 1]:
            signed = self._only_name(sentence)
            if signed is not None:
                return signed
        return None

    def _only_name(self, sentence: Sentence) -> int | None:
        """Return the person whose name is all there is of a sentence."""
        for index in range(sentence.first, min(sentence.last, sentence.first + _SIGNATURE)):
            if index in self._heads:
                mention = self._mentions[self._heads[index]]
                outside = self._document.tokens[sentence.first : mention.first]
                outside += self._document.tokens[mention.last : sentence.last]
                is_name = mention.form == "name" and mention.kind == "person"
                is_all = not any(word.is_word for word in outside)
                return mention.index if is_name and is_all else None
        return None

    def _attributed(self) -> dict[int, int]:
        """Map tokens of contents to speakers; inner attributions overwrite outer ones."""
        by_token: dict[int, int] = {}
        for attribution in reversed(self._narrowest_first):
            speaker = self._source_mention(attribution)
            if speaker is None:
                continue
            for start, end in attribution.content:
                by_token.update(dict.fromkeys(self._document.tokens_in(start, end), speaker))
        return by_token

    def _source_mention(self, attribution: "Attribution") -> int | None:
        """Return the mention that heads the source: the one whose head is highest in the tree."""
        inside = [
            index for start, end in attribution.source
            for index in self._document.tokens_in(start, end)
        ]  # fmt: skip
        held = frozenset(inside)
        for index in inside:
            if index in self._heads and self._document.tokens[index].head not in held:
                return self._heads[index]
        return next((self._heads[index] for index in inside if index in self._heads), None)

    def _quoted_speakers(self) -> list[int | None]:
        """Find the speaker of every outer quotation, from its attribution or the words around."""
        speakers: list[int | None] = []
        by_group: dict[int, int] = {}
        attributed = self._attributed_speakers()
        for place, quotation in enumerate(self._outer):
            speaker = attributed.get(place)
            if speaker is None:
                speaker = self._beside(place)
            if speaker is None:
                speaker = self._introduced(place)
            if speaker is None:
                speaker = by_group.get(quotation.group)
            if speaker is None and place and self._follows(place):
                speaker = speakers[-1]
            if speaker is not None:
                by_group[quotation.group] = speaker
            speakers.append(speaker)
        return speakers

    def _attributed_speakers(self) -> dict[int, int]:
        """Map quotations to the source of the narrowest attribution that holds them whole.

        `“As people say, they deceived us,” Putin said` is Putin's `us`, not the people's.
        """
        speakers: dict[int, int] = {}
        for attribution in reversed(self._narrowest_first):
            speaker = self._source_mention(attribution)
            if speaker is None:
                continue
            for start, end in attribution.content:
                place = bisect_left(self._inner_starts, start)
                while place < len(self._outer) and self._outer[place].inner_end <= end:
                    speakers[place] = speaker
                    place += 1
        return speakers

    def _beside(self, place: int) -> int | None:
        """Return the subject of a verb of saying right outside the quotation."""
        quotation = self._outer[place]
        inside = self._document.tokens_in(quotation.start, quotation.end)
        if not inside:
            return None
        tokens = self._document.tokens
        low = max(self._document.sentence_of(inside[0]).first, inside[0] - _AROUND)
        high = min(self._document.sentence_of(inside[-1]).last, inside[-1] + _AROUND)
        for index in (*range(inside[-1] + 1, high), *range(inside[0] - 1, low - 1, -1)):
            if tokens[index].lemma in _REPORTS and self.quotation_at(tokens[index]) is None:
                for child in self._document.children(index, "nsubj"):
                    if child.index in self._heads:
                        return self._heads[child.index]
        return None

    def _introduced(self, place: int) -> int | None:
        """Return the subject of the sentence that a colon ends right before the quotation."""
        start = self._outer[place].start
        before = self._document.text[max(start - 4, 0) : start].rstrip()
        inside = self._document.tokens_in(start, start + 2)
        if not before.endswith(":") or not inside or not inside[0]:
            return None
        sentence = self._document.sentence_of(inside[0] - 1)
        for token in self._document.tokens[sentence.first : sentence.last]:
            if token.dep == "ROOT" and token.start < start:
                for child in self._document.children(token.index, "nsubj"):
                    return self._heads.get(child.index)
        return None

    def _follows(self, place: int) -> bool:
        """Tell whether a quotation goes on in its paragraph, or opens the next one."""
        before, here = self._outer[place - 1], self._outer[place]
        between = self._document.text[before.end : here.start]
        return "\n" not in between or not between.strip()


def _content_length(attribution: "Attribution") -> int:
    return sum(end - start for start, end in attribution.content)


def _repeated(document: Document) -> dict[str, list[int]]:
    """Map the text of sentences that stand more than once to their numbers."""
    numbers: dict[str, list[int]] = {}
    for sentence in document.sentences:
        numbers.setdefault(document.sentence_span(sentence).text, []).append(sentence.index)
    return {text: found for text, found in numbers.items() if 1 < len(found) <= _AGAIN}
