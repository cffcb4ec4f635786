"""Characters as they come from the web, from PDF text and from converters, and what they are compared by.

Two things are made of a text here: a *clean* text, which is what a person would have typed (radicals that stand for characters, odd
spaces and joiners are mended, nothing else is touched), and a *key*, in which labels are compared (simplified, no spaces, no punctuation).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_RADICALS: Final = dict(
    zip(
        map(ord, "⺟⺠⺒⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺝⺮⺶⺼"),
        "母民巳虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟月竹羊肉",
        strict=True,
    )
)
"""Radicals that PDF text has in the place of characters and that Unicode gives no equivalent."""
_KANGXI: Final = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {0x2F3E: "户"}
_TRADITIONAL: Final = (
    "佈來係傢價內動務區厤問單噹國埰執報寀審專對導屬廢廳強彔後復態捲掃採據數於時曆會査條業構機檯欄權歷決沒況減滿為無爲獲現當發監眾確"
    "祕穩穫範糾納組結經維網編總績織繫繳繼續纍罰臺與舉華萬處號衆補製複覈規計訓訟訪設許訴評詢試話認說説調請議護責費購踰載轉辦這進過"
    "還郵錄録錶閉開間閤關隻電頁項領題額類颱體髮齣覆戶"
    "們備卽圍圖將懷擊朮標檔歸瀏眞碼礙稱簡綜聯術覽詞語識讀輯迴鍵鏈閱閲離頂麪麫麵點"
)
_SIMPLIFIED: Final = (
    "布来系家价内动务区历问单当国采执报采审专对导属废厅强录后复态卷扫采据数于时历会查条业构机台栏权历决没况减满为无为获现当发监众确"
    "秘稳获范纠纳组结经维网编总绩织系缴继续累罚台与举华万处号众补制复核规计训讼访设许诉评询试话认说说调请议护责费购逾载转办这进过"
    "还邮录录表闭开间合关只电页项领题额类台体发出复户"
    "们备即围图将怀击术标档归浏真码碍称简综联术览词语识读辑回键链阅阅离顶面面面点"
)
_TO_SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_VOCABULARY: Final = (
    ("档案", "文件"),
    ("檔案", "文件"),
    ("资讯", "信息"),
    ("資訊", "信息"),
    ("资訊", "信息"),
    ("網路", "网络"),
    ("网路", "网络"),
)
"""Words that a conversion of script puts for others; both spellings, since the characters around them may be converted or not."""

_SPACES: Final = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\f\v]")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_PINYIN: Final = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň]{1,6}[)）]")
_TONE: Final = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_NO_KEY: Final = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]+")

_LABEL_LENGTH: Final = 200
"""Longer texts are no labels and not worth remembering."""
_FEW: Final = 4
"""So many notes in one document are a converter's, not a writer's."""


def clean_text(text: str) -> str:
    """A document's text with line ends as line feeds, without invisible characters, radicals as the characters that they stand for."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\u0085", "\n")
    text = _INVISIBLE.sub("", text)
    return text.translate(_KANGXI).translate(_RADICALS) if has_radicals(text) else text


def has_radicals(text: str) -> bool:
    """Whether characters of the radical blocks stand in a text (U+2E80 to U+2FDF)."""
    return re.search("[\u2e80-\u2fdf]", text) is not None


def without_pinyin(text: str) -> tuple[str, int]:
    """The text without the pronunciation notes that a converter left after characters, and how many there were.

    A document with few of them is left alone, for its writer may have put them there.
    """
    notes = _PINYIN.findall(text)
    if len(notes) < _FEW or not any(_TONE.search(note) for note in notes):
        return text, 0
    return strip_pinyin(text), len(notes)


def strip_pinyin(text: str) -> str:
    """The text without any pronunciation note."""
    return _PINYIN.sub("", text)


def plain_spaces(text: str) -> str:
    """The text with every kind of space as the ASCII one."""
    return _SPACES.sub(" ", text)


def simplified(text: str) -> str:
    """The text in compatibility form and in the script of the form, as far as labels need it: for comparing only."""
    return _remembered(text) if len(text) <= _LABEL_LENGTH else _simplified(text)


def _simplified(text: str) -> str:
    return simplified_in_place(unicodedata.normalize("NFKC", _PINYIN.sub("", text)))


_remembered = lru_cache(maxsize=8192)(_simplified)


def simplified_in_place(text: str) -> str:
    """The text in the script of the form, character for character: what is found in it stands at the same place in the text."""
    plain = text.translate(_TO_SIMPLIFIED)
    for converted, original in _VOCABULARY:
        if converted in plain:
            plain = plain.replace(converted, original)
    return plain


def key_of(text: str) -> str:
    """What two labels are compared by: Chinese characters, digits and letters alone, simplified."""
    return _NO_KEY.sub("", simplified(text))
