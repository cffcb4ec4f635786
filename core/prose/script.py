"""Prose folded to one spelling for reading: simplified script, ASCII digits and punctuation, no spaces, every position traceable.

Published reports mix full-width and half-width punctuation, carry Kangxi radicals from PDF extraction (⽬ for 目) and
spaces from line breaks; some stand in traditional script with Taiwan's words (資訊 for 信息). Folding is for reading
only; a fact's place is always given in the text as it came.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from ..pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRADITIONAL = (
    "開开務务請请況况動动數数進进辦办條条網网強强規规會会發发單单關关組组處处對对內内題题實实問问資资報报織织為为設设訊讯復复時时業业機机議议"
    "結结決决領领範范農农據据讀读減减體体詢询門门與与臺台佈布訓训許许罰罚國国導导準准確确檔档執执現现統统調调權权訴诉總总屬属應应眾众華华標标"
    "電电隨随檢检訟讼轉转態态點点編编當当郵邮錄录責责訪访審审圍围續续員员欄栏費费來来認认參参監监養养個个學学將将負负運运則则構构傳传記记場场"
    "簡简並并話话補补級级過过萬万質质舉举專专無无訂订貼贴聞闻採采諮咨類类變变雙双違违針针維维暫暂絡络產产熱热協协廳厅積积極极號号製制貫贯徹彻"
    "殯殡擴扩區区冊册見见戶户識识沒没際际繼继計计麵面鎮镇縣县畝亩籃篮線线環环評评達达溝沟畢毕堅坚親亲邁迈階阶殘残長长討讨論论談谈間间穩稳兒儿"
    "濟济徑径約约潔洁習习狀状測测斷断響响幹干視视淺浅樹树雖虽經经覺觉滯滞隊队適适勢势緊紧創创豐丰糾纠牽牵連连離离歸归細细樣样義义簽签證证獎奖"
    "勵励給给購购聯联園园順顺鄉乡頻频嚴严肅肃紀纪廢废額额還还這这們们從从億亿貳贰參叁陸陆兩两幾几餘余逾逾補补繳缴徵征納纳額额錢钱財财產产銷销"
    "撤撤駁驳勝胜敗败訟讼裁裁團团協协醫医衛卫療疗險险藥药營营廠厂礦矿圖图書书館馆館馆畫画聲声訊讯詢询郵邮遞递傳传真真寄寄閱阅覽览歷历曆历歲岁"
    "後后裏里裡里曉晓較较圓圆於于眾众徵征獲获徵征註注誌志製制複复週周證证讓让誤误說说語语課课調调護护變变豈岂貢贡貨货販贩貪贪賠赔賦赋賬账賴赖"
    "贈赠趕赶跡迹踐践車车軌轨軍军軟软輔辅輕轻載载輪轮輸输轄辖農农遠远遲迟遷迁選选遺遗邊边鄰邻鄭郑針针鋼钢錯错鍵键鎖锁鐵铁閉闭闊阔陳陈陽阳陰阴"
    "雜杂難难雲云霧雾靈灵靜静韋韦頁页項项須须預预頓顿頒颁顏颜願愿類类顧顾顯显風风飛飞飯饭飲饮養养駐驻騙骗驅驱驗验驚惊馬马鬆松魚鱼鳥鸟鹽盐麗丽"
    "黃黄黨党齊齐龍龙龜龟佔占傷伤債债僅仅價价儀仪優优償偿儲储兇凶凍冻劃划劇剧劉刘剛刚則则勞劳勻匀匯汇卻却厲厉吳吴員员啟启喪丧嘗尝嘆叹嚮向囑嘱"
    "圍围塊块墊垫墜坠壓压壞坏壘垒奪夺妝妆婦妇媽妈孫孙寧宁審审寫写寬宽寶宝尋寻尷尴屆届層层島岛嶺岭巖岩幣币幫帮廟庙廣广廬庐彈弹彙汇徵征恆恒悅悦"
    "惡恶愛爱慣惯慮虑憂忧憲宪應应懷怀戰战戲戏拋抛捨舍掃扫授授揚扬換换損损搶抢摺折撥拨撫抚擇择擊击擔担據据攜携攝摄敘叙斂敛於于暢畅曬晒書书朮术"
    "杆杆東东極极楊杨榮荣槍枪樂乐樓楼橋桥檢检欄栏歐欧歡欢殺杀氣气決决沖冲況况洩泄淨净淚泪淪沦淵渊湧涌湯汤準准溫温滅灭滿满漁渔漢汉漲涨潛潜潤润"
    "濁浊濃浓濕湿濱滨灣湾災灾為为烏乌煙烟煉炼燈灯燒烧爐炉爭争爾尔牆墙狹狭獨独獻献環环甦苏瘋疯癥症皺皱盡尽監监盤盘瞭了矯矫碼码確确礎础禍祸禦御"
    "禮礼稅税種种稱称穀谷窮穷競竞筆笔築筑節节簿簿籌筹籍籍紅红紛纷紙纸級级紮扎絕绝統统絲丝綁绑綠绿維维網网緒绪緣缘編编緩缓縮缩縱纵績绩繁繁罷罢"
    "羅罗聖圣聰聪職职聽听脅胁脈脉腦脑腳脚臉脸臨临艱艰藝艺蘇苏蘭兰虛虚蟲虫術术衝冲補补裝装製制複复襲袭觀观規规觸触訂订訓训託托訪访設设訴诉診诊"
    "詞词試试詩诗誠诚話话該该詳详誰谁諾诺謀谋謝谢謹谨證证譯译議议讀读讚赞豬猪貝贝負负貧贫貫贯貴贵買买貸贷費费貿贸賀贺資资賓宾賢贤賣卖質质賞赏"
    "闢辟閒闲閘闸闆板關关隱隐隸隶電电靂雳韻韵響响頂顶頗颇領领頭头題题額额顆颗飄飘餐餐館馆駕驾騰腾髮发鬥斗鬧闹鮮鲜麥麦點点齡龄淨净溼湿羣群啓启"
    "着着爲为衆众裏里閲阅説说産产牀床値值錄录録录強强髒脏暨暨週周姦奸綫线綜综網网辭辞闡阐陝陕隴陇瀘泸瀋沈蕪芜蕭萧薦荐蓋盖莊庄藍蓝繹绎"
    "係系谘咨幺么鑒鉴鑑鉴釋释鈕钮銀银銅铜鐘钟閣阁闖闯陣阵險险隻只雖虽韓韩項项飾饰馮冯駛驶駿骏鄧邓賈贾踴踊轟轰辯辩辨辨遜逊遼辽邏逻醜丑鑽钻"
)
"""Traditional and simplified characters, pair by pair."""

_RADICALS = "⻚页⻓长⻅见⻔门⻋车⻢马⻛风⻜飞⻝食⻥鱼⻦鸟⻩黄⻬齐⻰龙⻘青⻆角⻉贝⻮齿⻨麦⺠民⺟母⺡水⺮竹⺾草⻊足⻏邑⻤鬼⻣骨⻧卤"
"""Radicals of the supplement block (U+2E80) that NFKC leaves alone."""

_PUNCTUATION = {"｡": "。", "．": ".", "､": "、", "﹑": "、", "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]"}
_DASHES = "‐‑‒–—―－−～〜∼﹣"
_DROPPED = ' \t\r\f\v\xa0\u3000\u200b\u200c\u200d\ufeff\u2060“”‘’"「」『』＂\u2002\u2003\u2009'

_WORDS = (("资讯", "信息"), ("网路", "网络"), ("伺服", "服务"), ("品质", "质量"), ("谘询", "咨询"))
"""Words of other regions that have the length of the mainland's, after the characters are folded."""

_SOUNDED = lazy_pattern(r"(?<=[)\u3400-\u9fff])\([a-z\u00e0-\u1eff]{1,6}\)")
"""A syllable in brackets behind its character, which some crawled pages insert: 報(bào)告."""
_BLANKS = " \xa0\u3000\t"
_SPACED = lazy_pattern(rf"(?<=[0-9A-Za-z])[{_BLANKS}]+(?=[0-9A-Za-z])")


_LINE_STOPS = "。！？；：!?;:|"
_LONG_LINE = 30
_WRAPPED = lazy_pattern(
    r"(?<=[0-9０-９])\n(?=[件条份宗起次篇项个年月日])"
    rf"|(?<=[^\n{_LINE_STOPS}]{{{_LONG_LINE}}})\n(?=[件条份宗起篇）)、，,。；;%％]|[0-9]+ ?[件条份宗起]"
    r"|(?![0-9一二三四五六七八九十]{1,3}[）)])[^（(\n。]{1,12}[）)])"
)
"""A line break between a figure and its classifier, or one in a long line ahead of what cannot begin a paragraph."""


class Folded(NamedTuple):
    """A text in the reading's spelling; `places[i]` is where its character `i` stood in the text as it came."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters from start to end (exclusive) stood."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """A text in simplified script with ASCII digits and punctuation, without spaces and quotation marks."""
    # A space between two figures keeps them apart; all others go.
    if any(blank in text for blank in _BLANKS):
        text = _SPACED.sub(lambda gap: "\x01" * len(gap[0]), text)
    if ")" in text:
        text = _SOUNDED.sub(lambda syllable: " " * len(syllable[0]), text)
    mapped = text.translate(_characters())
    if len(mapped) != len(text):
        raise ValueError("folding must keep the length")
    places = tuple(compress(range(len(mapped)), map("\x00".__ne__, mapped)))
    folded = mapped.replace("\x00", "")
    for foreign, ours in _WORDS:
        folded = folded.replace(foreign, ours)
    return Folded(folded, (*places, len(text)))


def unwrap(text: str) -> str:
    """The text with the line breaks inside its sentences, which PDF extraction leaves, made spaces; its length stays."""
    return _WRAPPED.sub(" ", text) if any(map(_may_go_on, text.split("\n")[:-1])) else text


def _may_go_on(line: str) -> bool:
    """Whether a line could be broken inside its sentence: it ends in a figure, or is long and has no full stop there."""
    return bool(line) and (line[-1].isdigit() or (len(line) >= _LONG_LINE and line[-1] not in _LINE_STOPS))


@cache
def _characters() -> dict[int, str]:
    """What each character is read as: always one character, NUL for those that are dropped."""
    table = {ord(old): new for old, new in _pairs(_TRADITIONAL + _RADICALS) if old != new}
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAD9), (0xFF01, 0xFF5E)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = table.get(ord(plain), plain)
    table |= {ord(old): new for old, new in _PUNCTUATION.items()}
    table |= dict.fromkeys(map(ord, _DASHES), "-")
    table |= dict.fromkeys(map(ord, _DROPPED), "\x00")
    table[1] = " "
    return table


def folded_letters() -> Iterator[str]:
    """Every character that is read as another one."""
    return map(chr, _characters())


def _pairs(letters: str) -> list[tuple[str, str]]:
    return list(zip(letters[::2], letters[1::2], strict=True))
