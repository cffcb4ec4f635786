"""Folding of texts to one spelling: traditional script, variants, radicals and full-width forms.

Published reports mix full-width and half-width punctuation, contain Kangxi radicals from PDF extraction (⽬ for 目) and spaces from line
breaks, and may be in traditional script with regional words (資訊 for 信息). Folded text is only for parsing; offsets are always
reported in the original text.

Three foldings share one table: `fold` for prose (shorter than the text, with a map to the original offsets), `reading_copy` for
patterns (same length), and `simplification` for labels and names in imported documents.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import compress
from typing import Final, NamedTuple

from ..lazy_regex import lazy_pattern
from .numerals import TO_TEN
from .punctuation import DASHES, DROPPED, FOLDED_MARKS

_TRADITIONAL: Final = """
    並并 佈布 佔占 來来 係系 個个 們们 値值 備备 傢家 傳传 債债 傷伤 僅仅 價价 儀仪 億亿 償偿 優优 儲储 兇凶 兒儿 內内 兩两 冊册 凍冻
    則则 剛刚 創创 劃划 劇剧 劉刘 動动 務务 勝胜 勞劳 勢势 勵励 勻匀 匯汇 區区 協协 卻却 卽即 厤历 厲厉 參参 吳吴 員员 問问 啓启 啟启
    喪丧 單单 嘆叹 嘗尝 噹当 嚮向 嚴严 囑嘱 國国 圍围 園园 圓圆 圖图 團团 埰采 執执 堅坚 報报 場场 塊块 墊垫 墜坠 壓压 壘垒 壞坏 奪夺
    妝妆 姦奸 婦妇 媽妈 孫孙 學学 寀采 實实 寧宁 審审 寫写 寬宽 寶宝 將将 專专 尋寻 對对 導导 尷尴 屆届 層层 屬属 島岛 嶺岭 巖岩 幣币
    幫帮 幹干 幺么 幾几 廟庙 廠厂 廢废 廣广 廬庐 廳厅 強强 彈弹 彔录 彙汇 後后 徑径 從从 復复 徵征 徹彻 恆恒 悅悦 惡恶 愛爱 態态 慣惯
    慮虑 憂忧 憲宪 應应 懷怀 戰战 戲戏 戶户 拋抛 捨舍 捲卷 掃扫 採采 揚扬 換换 損损 搶抢 摺折 撥拨 撫抚 擇择 擊击 擔担 據据 擴扩 攜携
    攝摄 敗败 敘叙 數数 斂敛 斷断 於于 時时 暢畅 暫暂 曆历 曉晓 曬晒 書书 會会 朮术 東东 査查 條条 楊杨 業业 極极 榮荣 構构 槍枪 樂乐
    樓楼 標标 樣样 樹树 橋桥 機机 檔档 檢检 檯台 欄栏 權权 歐欧 歡欢 歲岁 歷历 歸归 殘残 殯殡 殺杀 氣气 決决 沒没 沖冲 況况 洩泄 淚泪
    淨净 淪沦 淵渊 淺浅 減减 測测 湧涌 湯汤 準准 溝沟 溫温 溼湿 滅灭 滯滞 滿满 漁渔 漢汉 漲涨 潔洁 潛潜 潤润 濁浊 濃浓 濕湿 濟济 濱滨
    瀋沈 瀏浏 瀘泸 灣湾 災灾 為为 烏乌 無无 煉炼 煙烟 熱热 燈灯 燒烧 營营 爐炉 爭争 爲为 爾尔 牀床 牆墙 牽牵 狀状 狹狭 獎奖 獨独 獲获
    獻献 現现 環环 產产 産产 甦苏 畝亩 畢毕 畫画 當当 瘋疯 療疗 癥症 發发 皺皱 盡尽 監监 盤盘 眞真 眾众 瞭了 矯矫 確确 碼码 礎础 礙碍
    礦矿 祕秘 禍祸 禦御 禮礼 稅税 種种 稱称 穀谷 積积 穩稳 穫获 窮穷 競竞 筆笔 節节 範范 築筑 簡简 簽签 籃篮 籌筹 糾纠 紀纪 約约 紅红
    納纳 紙纸 級级 紛纷 紮扎 細细 組组 結结 絕绝 絡络 給给 統统 絲丝 綁绑 經经 綜综 綠绿 綫线 維维 網网 緊紧 緒绪 線线 緣缘 編编 緩缓
    縣县 縮缩 縱纵 總总 績绩 織织 繫系 繳缴 繹绎 繼继 續续 纍累 罰罚 罷罢 羅罗 羣群 義义 習习 聖圣 聞闻 聯联 聰聪 聲声 職职 聽听 肅肃
    脅胁 脈脉 腦脑 腳脚 臉脸 臨临 臺台 與与 舉举 艱艰 莊庄 華华 萬万 蓋盖 蕪芜 蕭萧 薦荐 藍蓝 藝艺 藥药 蘇苏 蘭兰 處处 虛虚 號号 蟲虫
    衆众 術术 衛卫 衝冲 裏里 補补 裝装 裡里 製制 複复 襲袭 覈核 見见 規规 視视 親亲 覺觉 覽览 觀观 觸触 訂订 計计 訊讯 討讨 訓训 託托
    記记 訟讼 訪访 設设 許许 訴诉 診诊 註注 評评 詞词 詢询 試试 詩诗 話话 該该 詳详 誌志 認认 語语 誠诚 誤误 說说 説说 誰谁 課课 調调
    談谈 請请 論论 諮咨 諾诺 謀谋 謝谢 謹谨 證证 識识 譯译 議议 護护 讀读 變变 讓让 讚赞 谘咨 豈岂 豐丰 豬猪 貝贝 負负 財财 貢贡 貧贫
    貨货 販贩 貪贪 貫贯 責责 貳贰 貴贵 買买 貸贷 費费 貼贴 貿贸 賀贺 資资 賈贾 賓宾 賞赏 賠赔 賢贤 賣卖 賦赋 質质 賬账 賴赖 購购 贈赠
    趕赶 跡迹 踐践 踰逾 踴踊 車车 軌轨 軍军 軟软 較较 載载 輔辅 輕轻 輪轮 輯辑 輸输 轄辖 轉转 轟轰 辦办 辭辞 辯辩 農农 迴回 這这 連连
    週周 進进 運运 過过 達达 違违 遜逊 遞递 遠远 適适 遲迟 遷迁 選选 遺遗 遼辽 邁迈 還还 邊边 邏逻 郵邮 鄉乡 鄧邓 鄭郑 鄰邻 醜丑 醫医
    釋释 針针 鈕钮 銀银 銅铜 銷销 鋼钢 錄录 錢钱 錯错 録录 錶表 鍵键 鎖锁 鎮镇 鏈链 鐘钟 鐵铁 鑑鉴 鑒鉴 鑽钻 長长 門门 閉闭 開开 閒闲
    間间 閘闸 閣阁 閤合 閱阅 閲阅 闆板 闊阔 闖闯 關关 闡阐 闢辟 陝陕 陣阵 陰阴 陳陈 陸陆 陽阳 隊队 階阶 際际 隨随 險险 隱隐 隴陇 隸隶
    隻只 雖虽 雙双 雜杂 離离 難难 雲云 電电 霧雾 靂雳 靈灵 靜静 韋韦 韓韩 韻韵 響响 頁页 頂顶 項项 順顺 須须 預预 頒颁 頓顿 頗颇 領领
    頭头 頻频 顆颗 題题 額额 顏颜 願愿 類类 顧顾 顯显 風风 颱台 飄飘 飛飞 飯饭 飲饮 飾饰 養养 餘余 館馆 馬马 馮冯 駁驳 駐驻 駕驾 駛驶
    駿骏 騙骗 騰腾 驅驱 驗验 驚惊 髒脏 體体 髮发 鬆松 鬥斗 鬧闹 魚鱼 鮮鲜 鳥鸟 鹽盐 麗丽 麥麦 麪面 麫面 麵面 黃黄 點点 黨党 齊齐 齡龄
    齣出 龍龙 龜龟
"""
"""Pairs of a traditional character or variant and its simplified form, in code point order."""
LABELS_ONLY: Final = {"覆": "复"}
"""Characters simplified in labels only, because simplified prose uses them too (覆盖)."""
SHARED: Final = frozenset("幺瞭徵於餘髮闆貳陸佔週註誌複製鑑祕寀彔厤埰踰閤")
"""Traditional characters that may occur in simplified text, in names or with a meaning of their own."""

_RADICALS: Final = """
    ⺒巳 ⺝月 ⺟母 ⺠民 ⺡水 ⺮竹 ⺶羊 ⺼肉 ⺾草 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻊足 ⻋车 ⻏邑 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马
    ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻳龟
"""
"""Pairs of a radical of the supplement block (U+2E80), which has no compatibility mapping in Unicode, and its character."""

REGIONAL_WORDS: Final = (("资讯", "信息"), ("网路", "网络"), ("伺服", "服务"), ("品质", "质量"), ("谘询", "咨询"))
"""Pairs of a regional word and the mainland word of the same length, in simplified script."""

_SOUNDED = lazy_pattern(r"(?<=[)\u3400-\u9fff])\([a-z\u00e0-\u1eff]{1,6}\)")
"""Pinyin in brackets after its character, which some crawled pages insert: 報(bào)告."""
_BLANKS = " \xa0\u3000\t"
_SPACED = lazy_pattern(rf"(?<=[0-9A-Za-z])[{_BLANKS}]+(?=[0-9A-Za-z])")


_LINE_STOPS = "。！？；：!?;:|"
_LONG_LINE = 30
_WRAPPED = lazy_pattern(
    r"(?<=[0-9０-９])\n(?=[件条份宗起次篇项个年月日])"
    rf"|(?<=[^\n{_LINE_STOPS}]{{{_LONG_LINE}}})\n(?=[件条份宗起篇）)、，,。；;%％]|[0-9]+ ?[件条份宗起]"
    rf"|(?![0-9{TO_TEN}]{{1,3}}[）)])[^（(\n。]{{1,12}}[）)])"
)
"""A line break between a number and its classifier, or after a long line before text that cannot begin a paragraph."""


class Folded(NamedTuple):
    """A folded text. `places[i]` is the offset in the original text of its character `i`."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original text of the folded characters from `start` up to `end`."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text: simplified script, ASCII digits and punctuation, no spaces, no quotation marks."""
    # A space between two numbers or Latin words separates them and is kept; all others are removed.
    if any(blank in text for blank in _BLANKS):
        text = _SPACED.sub(lambda gap: "\x01" * len(gap[0]), text)
    if ")" in text:
        text = _SOUNDED.sub(lambda syllable: " " * len(syllable[0]), text)
    mapped = text.translate(_characters())
    if len(mapped) != len(text):
        raise ValueError("folding must keep the length")
    places = tuple(compress(range(len(mapped)), map("\x00".__ne__, mapped)))
    folded = mapped.replace("\x00", "")
    for foreign, ours in REGIONAL_WORDS:
        folded = folded.replace(foreign, ours)
    return Folded(folded, (*places, len(text)))


def unwrap(text: str) -> str:
    """Replace line breaks inside sentences, left by PDF extraction, by spaces. The length does not change."""
    return _WRAPPED.sub(" ", text) if any(map(_may_go_on, text.split("\n")[:-1])) else text


def _may_go_on(line: str) -> bool:
    """Return whether a line could break inside a sentence: it ends in a digit, or is long and does not end in a stop."""
    return bool(line) and (line[-1].isdigit() or (len(line) >= _LONG_LINE and line[-1] not in _LINE_STOPS))


@lru_cache(maxsize=32)
def reading_copy(text: str) -> str:
    """Replace letters and digits by their common forms, one for one; nearly always returns the text unchanged."""
    return text if _uncommon_letters().isdisjoint(text) else text.translate(_letters())


@cache
def simplification() -> dict[int, str]:
    """Return the `str.translate` table from traditional characters and variants to their simplified forms."""
    return _pairs(_TRADITIONAL)


@cache
def radicals() -> dict[int, str]:
    """Return the `str.translate` table from radicals to their characters, which keep their script."""
    # Unicode maps the radical to the traditional 戶, while PDF text uses it for 户.
    return _compatible(0x2F00, 0x2FD5) | {0x2F3E: "户"} | _pairs(_RADICALS)


def _compatible(first: int, last: int) -> dict[int, str]:
    """Map the code points of radicals or compatibility ideographs to their NFKC equivalents, one character each."""
    codes = range(first, last + 1)
    return dict(zip(codes, unicodedata.normalize("NFKC", "".join(map(chr, codes))), strict=True))


def _pairs(table: str) -> dict[int, str]:
    """Map the code point of each pair's first character to the second."""
    letters = "".join(table.split())
    return dict(zip(map(ord, letters[::2]), letters[1::2], strict=True))


@cache
def _characters() -> dict[int, str]:
    """Return the `str.translate` table of `fold`: one character for each character changed, NUL for those removed."""
    table = dict(simplification())
    table |= {code: table.get(ord(plain), plain) for code, plain in radicals().items()}
    table |= {code: table.get(ord(plain), plain) for code, plain in _compatible(0xF900, 0xFAD9).items()}
    table |= zip(range(0xFF01, 0xFF5F), map(chr, range(0x21, 0x7F)), strict=True)  # full-width forms of ASCII
    table |= {ord(old): new for old, new in FOLDED_MARKS.items()}
    table |= dict.fromkeys(map(ord, DASHES), "-")
    table |= dict.fromkeys(map(ord, DROPPED), "\x00")
    table[1] = " "
    return table


@cache
def _uncommon_letters() -> frozenset[str]:
    """Return the letters, digits and radicals that `fold` changes; no punctuation or spaces."""
    return frozenset(filter(str.isalnum, map(chr, _characters()))).union(map(chr, radicals()))


@cache
def _letters() -> dict[int, str]:
    """Return the part of `_characters` for `_uncommon_letters`; few reports need it."""
    return {code: plain for code, plain in _characters().items() if chr(code) in _uncommon_letters()}


@cache
def traditional_letters() -> frozenset[str]:
    """Return the characters that do not occur in simplified text."""
    return frozenset(map(chr, simplification())) - SHARED
