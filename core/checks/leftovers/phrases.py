"""Word lists and patterns for the checks of leftovers. Data only; each list is documented in place."""

from __future__ import annotations

from typing import NamedTuple


class Citation(NamedTuple):
    """A law or notice, with the report years in which it must not be cited."""

    triggers: tuple[str, ...]
    """All of these occur in any text that cites it: a quick test before the pattern."""
    pattern: str
    obsolete_from: int = 9999
    """First report year for which it is superseded."""
    valid_from: int = 0
    """First report year that can cite it."""
    unless: str = ""
    """A word in the same sentence that makes the citation correct: 492号公布、711号修订."""
    instead: str = ""
    """What to cite in the years for which it is wrong."""


NOTICE_2021 = "国办公开办函〔2021〕30号"
NOTICE_2019 = "国办公开办函〔2019〕60号"
REGULATION_2019 = "国务院令第711号"
REGULATION_2007 = "国务院令第492号"

CITATIONS = (
    Citation(
        ("2019", "60"),
        r"(?:国办公开办函)?[ 　]?[〔\[【（(﹝［][ 　]?2019[ 　]?年?[〕\]】）)﹞］][ 　]?第?60[ 　]?号",
        obsolete_from=2021,
        instead=NOTICE_2021,
    ),
    Citation(
        ("年度报告有关事项的通知",),
        r"政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
        obsolete_from=2021,
        unless="60",
        instead=NOTICE_2021,
    ),
    Citation(("试行", "报告格式"), r"年度报告格式[》〉]?[（(〈<]试行[）)〉>]", obsolete_from=2021, unless="60", instead=NOTICE_2021),
    Citation(
        ("492",),
        r"(?:国务院|国|第)?令?[ 　]?第?[ 　]?492[ 　]?号令?",
        obsolete_from=2019,
        unless="711",
        instead=REGULATION_2019,
    ),
    Citation(
        ("第三十",),
        r"(?:政府信息公开条例|《条例)[》〉]?(?:[（(][^（）()\n]{0,40}[）)])?[^。；，\n《》]{0,10}第三十[一二]条",
        obsolete_from=2019,
        instead="《条例》第五十条",
    ),
    Citation(
        ("2021", "30"),
        r"国办公开办函[ 　]?[〔\[【（(﹝［][ 　]?2021[ 　]?年?[〕\]】）)﹞］][ 　]?30[ 　]?号",
        valid_from=2021,
        instead=NOTICE_2019,
    ),
    Citation(("711",), r"(?:国务院|国)令[ 　]?第?[ 　]?711[ 　]?号", valid_from=2018, instead=REGULATION_2007),
)
"""国务院令第711号 (in force 2019-05-15) replaced 第492号; 国办公开办函〔2021〕30号 (2021-09-26) replaced 〔2019〕60号, the 格式（试行）."""

FEES_AND_REDUCTIONS = r"(?:收费|费用)(?:的?收取)?及其?减免(?:的?情况)?"
"""A part of the annual report under article 32 of the 2007 regulation that later forms do not have."""

INSTRUCTIONS = (
    "该部分以表格形式报告",
    "本部分以表格形式报告",
    "这一项报告本机关",
    "严格按照《条例》第五十条的规定确定，不能遗漏",
    "减用负值表示",
    "自治州人民政府应提供相关数据",
    "此部分由各单位",
    "请各单位根据实际",
    "以下为参考模板",
    "以下内容供参考",
    "（模板）",
    "（范文）",
    "（样例）",
    "(模板)",
    "(范文)",
    "(样例)",
)
"""Sentences of the official template and of notices about it that a report must not repeat."""

BRACKETED_NOTE = (
    r"[（(【\[](?:注[：:]?(?:此|本|如|请|该|各|以上|需|应|可)|备注[：:](?:请|此|如)|填报说明|填写说明|填表说明|填报要求|示例|参考示例"
    r"|请(?:根据|结合|按|在|注意|说明|列|补|各|简要)"
    r"|此(?:处|部分|项|段)(?:由|请|可|应|需|填|根据|不)|根据(?:本单位)?实际(?:情况)?(?:填|写|修改|调整|增|选)"
    r"|按(?:本单位)?实际(?:情况)?(?:填|写)"
    r"|如(?:有|无|没有)[^（）()】\]\n]{0,14}(?:请|则|可|删|填|写)|若(?:有|无|没有)[^（）()】\]\n]{0,14}(?:请|则|可|删|填|写)|可(?:根据"
    r"|自行|删除|不写|不填|选填)"
    r"|不少于\d+字|字数|不超过\d+字|\d+字(?:以内|左右)|(?:没有|无)(?:的|此项|该项)[^（）()】\]\n]{0,8}(?:填|写|删)|选填|必填"
    r"|由[^（）()】\]\n]{1,12}(?:负责|统一)?(?:填写|填报|提供))"
    r"[^（）()【】\[\]\n]{0,80}[）)】\]]"
)
"""Bracketed notes of a template to the person filling it in."""

PAGE_WORDS = (
    "扫一扫在手机打开", "扫一扫，在手机", "扫一扫,在手机", "在手机打开当前页", "扫描二维码在手机", "微信扫一扫分享",
    "关联稿件", "打印本页", "打印此页", "关闭当前页", "分享到微信", "分享到微博", "分享到朋友圈", "返回顶部",
    "回到顶部", "您当前位置", "您当前的位置", "您当前所在位置", "您的当前位置", "您所在的位置", "选择阅读字号", "您访问的链接即将离开",
    "门户网站 是否继续", "版权所有：", "版权所有:", "版权所有©", "设为首页", "加入收藏", "收藏本站",
    "上一页 下一页", "点击下载附件", "扫描下方二维码关注",
)  # fmt: skip
"""Words that a web page puts around an article and that no author writes inside one."""

PAGE_LABELS = (
    "分享到", "分享至", "上一篇", "下一篇", "上一条", "下一条", "您的位置", "当前位置", "阅读次数", "浏览次数", "点击次数", "点击数",
    "浏览量", "责任编辑", "信息来源", "文章来源", "稿件来源", "网站标识码", "视力保护色",
)  # fmt: skip
"""Further such words, if followed by a colon."""

PAGE_NUMBERS = ("ICP备", "公网安备")
"""Further such words, if followed by a digit."""

PAGE_LINE = (
    r"[ \t　\xa0•·]{0,8}(?:(?:发布时间|发布日期|发文时间|发表日期|来[ 　]?源|作[ 　]?者|编[ 　]?辑|责编|索[ 　]?引[ 　]?号|主题分类"
    r"|信息分类|发文机关|发布机构|发文字号|文[ 　]?号|成文日期"
    r"|字[ 　]?号|字[ 　]?体|浏览次数|阅读量|访问量|点击量|打印|关闭|分享|收藏|朗读|附件下载|附件|当前位置|主题词|有效性|信息名称"
    r")[ 　]?[：:【\[|].{0,60}"
    r"|首[ 　]{0,6}页[ 　]?(?:[>›»＞/|]|[ 　]走进|[ 　]新闻).{0,80}|(?:分享|打印|关闭|关闭窗口|关闭本页|收藏|已归档|附件下载|正文"
    r"|大[ 　]中[ 　]小|纠错"
    r"|【打印】|【关闭】|\[打印\]|\[关闭\])[ \t　]*)$"
)
"""Short lines that consist entirely of page furniture."""
ATTACHMENT = r"[ \t　]{0,8}附件[：:]"
"""A line that is legitimate in an official document."""

ADVERTISEMENTS = (
    "uedbet", "bet365", "365体育", "365bet", "亚博体育", "必威体育", "万博体育", "皇冠体育", "乐鱼体育", "开云体育", "华体会", "米兰体育",
    "欧宝体育", "爱游戏体育", "九游体育",
    "金沙娱乐", "澳门新葡京", "威尼斯人娱乐", "凯发娱乐", "凯发k8",
    "永利娱乐", "银河娱乐", "太阳城娱乐", "星空体育", "半岛体育", "必赢亚洲", "雷竞技", "火狐体育", "云开体育",
)  # fmt: skip
"""Names of gambling sites that hacked pages and mirrors insert in place of words."""

MARKUP = (
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|hellip|#\d{2,5});|</?(?:p|br|span|div|td|tr|th|table|tbody|strong|b|font|img|a|h\d|ul"
    r"|li|u|o:p)(?:\s[^<>\n]{0,200})?/?>"
)

PUBLIC_SITES = (
    "qq.com", "weibo.com", "weibo.cn", "douyin.com", "toutiao.com", "kuaishou.com", "bilibili.com", "people.com.cn", "people.cn",
    "xinhuanet.com", "news.cn", "cctv.com", "163.com", "sina.com", "sina.com.cn", "126.com",
    "edu.cn", "mil.cn", "org.cn", "ac.cn", "12388.cn", "12345.cn", "139.com", "189.cn", "sohu.com", "gmail.com", "hotmail.com",
    "foxmail.com", "aliyun.com", "chinacourt.org",
)  # fmt: skip
"""Non-government sites that a report may name."""

SLOGANS = (
    ("为民解困、为民服务", "民政"),
    ("民政为民", "民政"),
    ("人民公安为人民", "公安"),
    ("立警为公、执法为民", "公安"),
    ("为国聚财、为民收税", "税"),
    ("依法审计、服务大局", "审计"),
    ("人社为民", "人力资源"),
    ("司法为民、公正司法", "法院"),
)
"""A trade's slogan, and a word in the names of the bodies of that trade."""
