"""Tokenizer for folded prose: sentences, phrases (between commas and brackets), and their words and numbers in order.

A bracket without a number is dropped from its phrase (作其他处理（含撤回申请）341件 is one phrase). A bracket with a number is a
phrase of its own, one level deeper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..chinese.counts import Numeral, read_numeral
from ..chinese.numerals import FORMAL, TO_TEN
from ..lazy_regex import lazy_pattern
from .lexicon import Lexicon, lexicon

NONE: frozenset[str] = frozenset()

_YEAR = lazy_pattern(r"(?P<year>(?:19|20)\d\d)(?=年)年(?:度|份)?(?P<part>上半年|下半年|第?[一二三四1-4]季度|前[三3]季度)?")
_YEARS = lazy_pattern(r"(?:19|20)\d\d年?(?:度)?[-至到](?:19|20)\d\d年(?!\d)")
_DATE = lazy_pattern(r"(?:(?:19|20)\d\d年?[-至])?(?:(?:19|20)\d\d[年.-])?(?P<month>\d{1,2})[月.-](?P<day>\d{1,2})日?(?=[^\d件条份项])")
_MONTHS = lazy_pattern(r"(?P<first>\d{1,2})月?(?:份)?(?:-|至|到)(?P<last>\d{1,2})月(?:份)?|(?P<only>\d{1,2})月份?(?!\d)")
_DATED = frozenset("年月至到")
"""Characters that, after digits, suggest a year, a date or a span."""
_FIGURES = lazy_pattern(r"[\dA-Za-z][\dA-Za-z.\-:/%]*")
_ORDINAL = lazy_pattern(rf"(?:\([{TO_TEN}\d]{{1,3}}\)|[{TO_TEN}]{{1,3}}(?:、|是|方面)|\d{{1,2}}(?:、|\.(?!\d{{1,3}}[^\d年])|\)))")
_SENTENCE_END = "。!?"
_GOES_ON = frozenset(",;:、")
"""Characters before a line end after which the sentence continues on the next line."""
_WITH_PARTLY = frozenset(("含部分公开", "包括部分公开", "包含部分公开"))
"""Brackets after 予以公开 that make the number cover two rows."""
_MARKED = frozenset("、《")
_GLOSSED = frozenset(("REFUSED", "UNAVAILABLE", "REJECTED", "OTHERS"))
_INCLUDES = ("含", "包", "其中", "注", "如", "即", "不含", "等")
_MONTHS_OF_YEAR = 12
_NO_NUMBER_BEHIND = frozenset("号-№")
_BODIES = lazy_pattern(r"[省市区县镇乡]?[级直]?(?:单位|部门|机构|机关|乡|镇|街道|县|区|市|村|社区|科室|处室|站所|场|园区|办公室)")
"""After 个: the number counts agencies or places, not what they did."""
_SLOGAN = lazy_pattern(r"一[件条个份项][^,;。、()]{1,8}、[^,;。、()]{1,6}一[个颗份件片批项类]")
"""办结一件申请、解决一个问题: a slogan, not a count."""
_ORDINALS = lazy_pattern(r"\d+(?:[、,和至-]\d+)*[^\d,;:、()。\n]?")
"""After 第: 第1、5、6项, 第20条."""
_LONG = 3  # characters; a vocabulary word of this length takes precedence over a numeral (三安全一稳定)
_LONGEST = 1200  # characters; longer sentences are split, to bound the running time
_MARKS = lazy_pattern(r"[。!?\n().]")
_BEFORE = lazy_pattern(r"(?:年?底|末)?(?:之|以)?前")
_TURNED = frozenset({"CARRY"})
"""Notions of the year in 转2024年: 转 alone does not say that a request is carried over."""
_HAN_START = frozenset(f"〇零{TO_TEN}百两{FORMAL}拾将接大不超约近逾达至最")


_TELLING = lazy_pattern(
    rf"\d[\d,.]*(?![\d,.年月日号]|\])|[未无没零]|申请|复议|诉讼|规范性文件|规章|收费|处理费|[〇零{TO_TEN}百千万亿两]+[余多]?(?:[件份宗起条项次例个封篇部]|元)"
)
"""Matches sentences worth tokenizing: with a number, a negation or a subject of the form. Most sentences have none."""


class ProseToken(NamedTuple):
    """A word with its notions, a number, a year, or a stop (one of , ; : 、). Offsets refer to the folded text."""

    start: int
    end: int
    notions: frozenset[str] = NONE
    number: Numeral | None = None
    year: int | None = None
    stop: str = ""


@dataclass(slots=True)
class Phrase:
    """Tokens between two separators (commas, brackets, colons, semicolons); `before` is the separator in front of it."""

    before: str
    depth: int
    tokens: list[ProseToken] = field(default_factory=list)
    ordinal: bool = False
    """Whether it starts with 一是, 1. or （一）."""

    @property
    def numbers(self) -> list[ProseToken]:
        """The number tokens."""
        return [token for token in self.tokens if token.number is not None]


class Sentence(NamedTuple):
    """A sentence of the folded text, `end` exclusive. `phrases` is empty if it holds nothing to extract."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]
    line: int
    """Index of its paragraph, from 0."""
    notions: frozenset[str] = NONE
    """Union of the notions of its words."""


def split_sentences(text: str) -> list[Sentence]:
    """Split a folded text into sentences; headings count as sentences, blank ones are dropped."""
    words = lexicon()
    found: list[Sentence] = []
    place = line = 0
    while place < len(text):
        end = _sentence_end(text, place)
        if _TELLING.search(text, place, end) and "|" not in text[place:end]:
            phrases = tuple(_SentenceTokenizer(text, place, end, words).phrases())
            notions = NONE.union(*[token.notions for phrase in phrases for token in phrase.tokens])
            found.append(Sentence(place, end, phrases, line, notions))
        elif text[place:end].strip():
            found.append(Sentence(place, end, (), line))
        line += text.count("\n", place, end + 1)
        place = end + 1
    return found


def _sentence_end(text: str, start: int) -> int:
    """Return the offset at which the sentence ends: its full stop; inside brackets only a line end counts."""
    depth = 0
    limit = start + _LONGEST
    for mark in _MARKS.finditer(text, start, limit):
        place, letter = mark.start(), mark[0]
        if letter == "\n" and (depth or text[place - 1 : place] not in _GOES_ON):
            return place
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif (letter in _SENTENCE_END and not depth) or (letter == "." and place > start and not depth and _is_full_stop(text, place)):
            return place
    if limit >= len(text):
        return len(text)
    cut = max(*(text.rfind(stop, start + 1, limit) for stop in ",;、\n"), -1)
    return cut if cut > 0 else limit - 1


def _is_full_stop(text: str, place: int) -> bool:
    """Return whether a point after a Chinese character or a closing bracket ends the sentence (not in 3.5 or 1.依申请公开)."""
    ahead, behind = text[place - 1], text[place + 1 : place + 2]
    return (not ahead.isascii() and not behind.isdigit()) or (ahead == ")" and not behind)


class _SentenceTokenizer:
    """Single pass over one sentence."""

    __slots__ = ("depth", "end", "found", "phrase", "place", "text", "words")

    def __init__(self, text: str, start: int, end: int, words: Lexicon) -> None:
        self.text, self.place, self.end, self.words = text, start, end, words
        self.depth = 0
        self.phrase = Phrase("", 0)
        self.found = [self.phrase]

    def phrases(self) -> list[Phrase]:
        """Return the phrases of the sentence, without empty ones."""
        text, end, word_at = self.text, self.end, self.words.at
        self._ordinal()
        while self.place < end:
            letter = text[self.place]
            if letter not in _MARKED and not letter.isascii():
                word = word_at(text, self.place)
                if letter in _HAN_START and self._numeral(word):
                    continue
                if word is not None and self.place + word[0] <= end:
                    self._word(*word)
                else:
                    self.place += 1
            elif letter in "([":
                self._bracket(letter)
            elif letter == ")":
                self.depth = max(0, self.depth - 1)
                self._part(")", 1)
            elif letter == ":" and self.phrase.tokens and text[self.place + 1 : self.place + 2].isdigit():
                self.place += 1  # no phrase boundary in 办结：33件
            elif letter in ",;:":
                self._part(letter, 1)
                self._ordinal()
            elif letter == "、":
                self.phrase.tokens.append(ProseToken(self.place, self.place + 1, stop="、"))
                self.place += 1
            elif letter == "《":
                close = text.find("》", self.place, min(end, self.place + 80))
                self.place = close + 1 if close > 0 else self.place + 1
            else:
                self._figures()
        return [phrase for phrase in self.found if phrase.tokens or phrase.ordinal]

    def _part(self, stop: str, width: int) -> None:
        if stop == "," and self.phrase.before == ")" and not self.phrase.tokens:
            stop = ")"
        self.phrase = Phrase(stop, self.depth)
        self.found.append(self.phrase)
        self.place += width

    def _ordinal(self) -> None:
        match = _ORDINAL.match(self.text, self.place, self.end)
        if match is not None:
            self.phrase.ordinal = True
            self.place = match.end()

    def _bracket(self, letter: str) -> None:
        """Enter a bracket that holds a count; skip any other."""
        close = self.text.find(")" if letter == "(" else "]", self.place, self.end)
        inner = self.text[self.place + 1 : close if close > 0 else self.end]
        if letter == "(" and (close < 0 or _contains_count(inner)):
            self.depth += 1
            self._part("(", 1)
            self._ordinal()
        else:
            if inner in _WITH_PARTLY:
                self.phrase.tokens.append(ProseToken(self.place + 1, close, frozenset({"PARTLY"})))
            elif self._is_gloss(close):
                self._gloss(close)
            self.place = close + 1 if close > 0 else self.place + 1

    def _is_gloss(self, close: int) -> bool:
        """Return whether a bracket names the row of a result (不予公开（属于内部事务信息）1件) instead of listing what is included."""
        last = self.phrase.tokens[-1] if self.phrase.tokens else None
        told = last is not None and last.end == self.place and bool(last.notions & _GLOSSED)
        behind = close + 2 if self.text.startswith("的", close + 1) else close + 1
        return told and not self.text.startswith(_INCLUDES, self.place + 1) and read_numeral(self.text, behind) is not None

    def _gloss(self, close: int) -> None:
        place = self.place + 1
        while place < close:
            word = self.words.at(self.text, place)
            size, notions = word if word is not None else (1, NONE)
            if word is not None and place + size <= close:
                self.phrase.tokens.append(ProseToken(place, place + size, notions))
            place += size

    def _figures(self) -> None:
        """Read a year, a date, a number with its unit, or digits that count nothing (a telephone number, 5G)."""
        text, place = self.text, self.place
        figures = _FIGURES.match(text, place, self.end)
        if figures is not None and (text[figures.end() : figures.end() + 1] in _DATED or not figures[0].isdigit()) and self._dated():
            return
        if text[place - 1 : place] == "第":
            ordinals = _ORDINALS.match(text, place, self.end)
            self.place = ordinals.end() if ordinals is not None else place + 1
            return
        number = read_numeral(text, place)
        longer = figures is not None and number is not None and figures.end() > number.end
        if number is None or longer or number.end > self.end or self._is_name(number):
            self.place = max(figures.end() if figures else place + 1, place + 1)
            return
        self._count(number)

    def _dated(self) -> bool:
        """Consume a span of years, a year, a date or months. Return whether there was one."""
        text, place = self.text, self.place
        add = self.phrase.tokens.append
        if years := _YEARS.match(text, place, self.end):
            add(ProseToken(place, years.end(), frozenset({"SPAN"})))
            self.place = years.end()
            return True
        if year := _YEAR.match(text, place, self.end):
            notions = NONE
            if year["part"]:
                notions = frozenset({"PART_YEAR"})
            elif _BEFORE.match(text, year.end()):
                notions = frozenset({"BEFORE"})
            elif text[place - 1 : place] == "转":
                notions = _TURNED
            add(ProseToken(place, year.end(), notions, year=int(year["year"])))
            self.place = year.end()
            return True
        if (date := _DATE.match(text, place, self.end)) and int(date["month"]) <= _MONTHS_OF_YEAR and "月" in date[0]:
            self.place = date.end()
            return True
        if months := _MONTHS.match(text, place, self.end):
            partial = months["only"] is None and (months["first"], months["last"]) != ("1", "12")
            add(ProseToken(place, months.end(), frozenset({"PART_YEAR"}) if partial or months[0].endswith("月份") else NONE))
            self.place = months.end()
            return True
        return False

    def _is_name(self, number: Numeral) -> bool:
        """Return whether digits after 号 or a dash are part of a name (国令711-2); 公众号115条 counts."""
        ahead = self.text[number.start - 1 : number.start]
        return ahead in _NO_NUMBER_BEHIND and not (ahead == "号" and number.unit)

    def _count(self, number: Numeral) -> None:
        if number.unit == "个" and _BODIES.match(self.text, number.end):
            number = number._replace(counts=False)
        self.phrase.tokens.append(ProseToken(number.start, number.end, number=number))
        self.place = number.end

    def _numeral(self, word: tuple[int, frozenset[str]] | None) -> bool:
        """Consume a number in Chinese numerals unless a longer word starts here. Return whether there was one."""
        if word is not None and word[0] >= _LONG:
            return False
        number = read_numeral(self.text, self.place)
        if number is None or number.end > self.end or not number.unit:
            return False
        if number.value == 1 and _SLOGAN.match(self.text, self.place):
            self.place = number.end
        else:
            self._count(number)
        return True

    def _word(self, size: int, notions: frozenset[str]) -> None:
        place = self.place
        if "POWER" in notions and self._asked_just_before() and self.text[place : place + size] == "事项":
            notions = NONE  # 依申请公开事项 is not an entry of the power list
        self.phrase.tokens.append(ProseToken(place, place + size, notions))
        self.place = place + size

    def _asked_just_before(self) -> bool:
        last = self.phrase.tokens[-1] if self.phrase.tokens else None
        return last is not None and last.end == self.place and bool(last.notions & {"APPLICATION", "ASKING"})


_COUNT_INSIDE = lazy_pattern(rf"\d(?:\d|,)*(?:\.\d+)?[余多]?万?(?:[件条份宗起次篇项封个例家人名期册%元部]|$)|[{TO_TEN}两百]+[件份宗起条]")


def _contains_count(inner: str) -> bool:
    return _COUNT_INSIDE.search(inner) is not None
