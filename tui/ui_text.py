"""Every Chinese word of the editor's screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.text.width import left_aligned
from .ui_text_import import *  # noqa: F403 - every screen's words under one name
from .ui_text_judging import *  # noqa: F403 - as above
from .ui_text_preview import *  # noqa: F403 - as above

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.checks.finding import Rule
    from .actions import Action
    from .widgets.bars import SectionEntry

# ---------------------------------------------------------------- what can be done

ACTIONS: Mapping[str, tuple[str, str]] = {
    "help": ("帮助", "列出当前位置可用的全部按键。"),
    "palette": ("命令", "按中文或拼音首字母查找并执行任何操作。"),
    "save": ("保存", "把报告写入文件；原文件另存为备份。"),
    "undo": ("撤销", "撤销上一步修改，表格、文字和报告信息通用，保存之后仍可撤销。"),
    "redo": ("重做", "恢复刚撤销的修改。"),
    "repaint": ("重绘屏幕", "屏幕被其他程序弄乱时，重新画一遍。"),
    "suspend": ("挂起", "暂时回到命令行；在那里输入 fg 返回。Ctrl+Z 在编辑器中是撤销。"),
    "theme": ("切换配色", "在终端配色、浅色、深色之间切换。"),
    "quit": ("退出", "退出编辑器；有未保存的修改时先询问。"),
    **{f"section_{number}": (f"第{numeral}部分", f"转到第{numeral}部分。") for number, numeral in enumerate("一二三四五六七八九", 1)},
    "previous_section": ("上一部分", "转到上一部分。"),
    "next_section": ("下一部分", "转到下一部分。"),
    "switch_part": ("表格文字", "在本部分的表格和文字之间切换；第一部分还有前言。"),
    "find": ("查找替换", "在各部分的文字中查找和替换。"),
    "findings": ("问题清单", "列出检查发现的全部问题。"),
    "next_finding": ("下一处问题", "转到下一处问题所在的单元格或段落。"),
    "previous_finding": ("上一处问题", "转到上一处问题所在的单元格或段落。"),
    "explain": ("问题说明", "说明当前位置的问题：含义、依据和改法。"),
    "go_across": ("文表对照", "在文字和与它矛盾的单元格之间来回。"),
    "put_table_number": ("用表中数", "把这句话里的数改为表格中的数；可用撤销收回。"),
    "judge": ("认可", "当前的问题确实无误时认可它，写明理由；再用一次则取消。"),
    "repair": ("采用改法", "采用程序建议的改法；可用撤销收回。"),
    "preview": ("预览发布稿", "查看将要公布的全文，并可导出。"),
    "accept_totals": ("采用合计", "用算得的数替换本表中与分项不符的合计。"),
    "fill_zero": ("其余填零", "把本表尚未填写的单元格全部填为零，一步可撤销。"),
    "header": ("报告信息", "修改机关名称、类别、年度、标题和前言。"),
    "outline": ("文字提纲", "按（一）1. 等层次列出本部分的小标题，选中即转到。"),
    "external_editor": ("外部编辑", "用 $EDITOR 指定的编辑器修改本部分文字。"),
    "confirm_carried": ("确认沿用", "确认当前段落沿用去年的文字，不再提示。"),
    "source_text": ("对照原文", "在下方显示导入的原文，跟着光标走；再按一次收起。"),
    "previous_year": ("打开去年报告", "指定去年的报告文件，用于对照和衔接检查。"),
    "save_as": ("另存为", "把报告保存到另一个文件。"),
    "move_journal": ("日志换位置", "日志写不进时，把它改存到另一个文件夹。"),
    "export": ("导出", "把将要公布的全文写入文本文件。"),
    "open": ("打开", "打开另一份报告；网页、文本、Word、CSV 直接导入。"),
    "new": ("新建", "新建一份报告。"),
    "edit_cell": ("修改", "修改当前单元格，保留原有内容；直接键入数字则替换。"),
    "below": ("向下", "转到下面的单元格；正在填写时先确认。"),
    "right_of": ("向右", "转到右边的单元格，行末转到下一行；正在填写时先确认。"),
    "left_of": ("向左", "转到左边的单元格，行首转到上一行；正在填写时先确认。"),
    "clear_cell": ("清空", "清空当前单元格或选中的区域；空白与零不同。"),
    "addends": ("合计分项", "标出构成当前合计的各个分项，以及所在的勾稽关系。"),
    "copy_block": ("复制", "复制选中的单元格，可粘贴到电子表格。"),
    "copy_to_file": ("复制到文件", "把选中的单元格写入制表符分隔的文本文件。"),
    "paste_block": ("粘贴", "把最近复制的单元格粘贴到当前位置，先预览后确认。"),
    "up": ("上移", "转到上面的单元格。"),
    "down": ("下移", "转到下面的单元格。"),
    "left": ("左移", "转到左边的单元格。"),
    "right": ("右移", "转到右边的单元格。"),
    "row_start": ("行首", "转到本行第一格。"),
    "row_end": ("行末", "转到本行最后一格。"),
    "page_up": ("上翻", "向上翻一屏。"),
    "page_down": ("下翻", "向下翻一屏。"),
    "first_cell": ("表首", "转到表格第一格。"),
    "last_cell": ("表末", "转到表格最后一格。"),
    "select_up": ("向上选", "向上扩大选中区域。"),
    "select_down": ("向下选", "向下扩大选中区域。"),
    "select_left": ("向左选", "向左扩大选中区域。"),
    "select_right": ("向右选", "向右扩大选中区域。"),
    "select_all": ("全选", "选中整张表的单元格。"),
    "goto_finding": ("转到", "转到这一问题所在的单元格或段落。"),
    "explain_finding": ("说明", "说明这一问题：含义、依据和改法。"),
    "judge_finding": ("认可", "这一问题确实无误时认可它，写明理由；再用一次则取消。"),
    "repair_finding": ("采用改法", "采用程序对这一问题建议的改法。"),
    "next_section_findings": ("下一部分", "转到下一部分的问题。"),
    "close_findings": ("返回", "返回编辑。"),
    "export_preview": ("导出", "把预览的全文写入文件。"),
    "copy_preview": ("复制全文", "把预览的全文送到本机剪贴板。"),
    "preview_borders": ("换框线", "在制表符框线和加减号直线之间切换；导出用所见的一种。"),
    "preview_draft": ("草稿标记", "在首尾加上或去掉草稿标记；导出用所见的一种。"),
    "close_preview": ("返回", "返回编辑。"),
}
"""Action → its name and one sentence."""

SCOPES: Mapping[str, str] = {
    "app": "任何位置",
    "main": "编辑报告时",
    "table": "在表格中",
    "prose": "在文字中",
    "findings": "在问题清单中",
    "preview": "在预览中",
}

_KEY_NAMES: Mapping[str, str] = {
    "enter": "回车",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "delete": "Delete",
    "backspace": "退格",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "空格",
    "equals_sign": "=",
}


def key_name(key: str) -> str:
    """How a key is written on the screen and in the documentation."""
    *modifiers, last = key.split("+")
    name = _KEY_NAMES.get(last, last.upper() if modifiers or (last.startswith("f") and last[1:].isdigit()) else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


# ---------------------------------------------------------------- before the first screen

NO_TERMINAL = "编辑器需要在终端中运行；要检查或导出报告，请用 nianbao check 或 nianbao export。"


def dumb_terminal(term: str) -> str:
    """Why a terminal of this type cannot show the editor."""
    shown = term or "（未设置）"
    return (
        f"当前终端类型 TERM={shown} 不能显示编辑画面；请换用普通终端，"
        "或设置 TERM=xterm-256color 后再试；要检查或导出报告，请用 nianbao check 或 nianbao export。"
    )


def plain_title(text: str) -> str:
    """A dialog's title; square brackets would be read as markup there."""
    return text.replace("[", "［").replace("]", "］")


# ---------------------------------------------------------------- the lines around the pane

UNSAVED = "未保存"
SAVED = "已保存"
NEVER_SAVED = "尚未建立文件"
NO_JOURNAL = "日志写不进"
NAMELESS = "（未填机关名称）"

KINDS: Mapping[str, str] = {"government": "各级人民政府", "department": "政府部门"}
STATE_MARKS: Mapping[str, str] = {"open": "_", "wrong": "!", "clean": "="}
STATE_WORDS: Mapping[str, str] = {"open": "未完", "wrong": "有误", "clean": "无误"}


DOUBTFUL_WORD = "存疑"


def header_title(agency: str, year: int, edition: str, name: str) -> str:
    """Whose report it is."""
    shown_year = f"{year}年" if year else ""
    return f"{agency or NAMELESS}{shown_year}（{edition}版格式）{name}"


def edition_and_notice(edition: str, notice: str) -> str:
    """The edition with the document that prescribes it."""
    return f"{edition}版（{notice}）"


def section_tab(entry: SectionEntry, *, whole: bool) -> str:
    """A section in the bar: its numeral, its heading where there is room, and its state."""
    state = STATE_MARKS[entry.state.value]
    if not whole:
        return f"{state}{entry.numeral}"
    word = STATE_WORDS[entry.state.value]
    if entry.problems and entry.state.value == "clean":
        word = DOUBTFUL_WORD
    return f"{state}{entry.numeral}、{entry.heading} {word}{f'{entry.problems}处' if entry.problems else ''}"


def cell_line(label: str, value: str) -> str:
    """The full official label of the current cell with its value."""
    return f"{label}：{value}"


BLANK_WORD = "（未填）"


def identity_line(parts: Sequence[str]) -> str:
    """The identities that the current cell stands in."""
    return "勾稽：" + "；".join(parts) if parts else "勾稽：本格不在勾稽关系之中"


def identity_part(place: str, left: str, relation: str, right: str, *, holds: bool | None) -> str:
    """One identity with the numbers of both sides; None where one of them cannot be counted."""
    verdict = "" if holds is None else " 平" if holds else " 不平！"
    return f"{place} {left}{relation}{right}{verdict}"


RELATIONS: Mapping[str, str] = {"=": " = ", ">=": " ≥ ", "!=": " ≠ "}
UNKNOWN_SUM = "（未填全）"


def previous_value(year: int, value: str | None) -> str:
    """Last year's value of the current cell, behind this year's; None where last year's form has no such cell."""
    return f"（{year}年：{value}）" if value is not None else f"（{year}年报告中没有这一格）"


NO_PREVIOUS = "上年：未指定上年报告（命令“打开去年报告”）"


def prose_line(characters: int, hint: int) -> str:
    """How long the text is."""
    if hint and characters > hint:
        return f"{characters}字（部分地区要求不超过{hint}字）"
    return f"{characters}字"


def prose_place(title: str, line: int, lines: int) -> str:
    """Where the caret stands."""
    return f"{title} 第{line}段，共{lines}段"


def finding_here(message: str) -> str:
    """A finding about the place of the cursor."""
    return f"问题：{message}"


# ---------------------------------------------------------------- findings

SEVERITIES: Mapping[str, str] = {"error": "错误", "warning": "警告", "info": "提示"}
SEVERITY_MARKS: Mapping[str, str] = {"error": "!", "warning": "?", "info": "-"}
FINDINGS_TITLE = "问题清单"
READY = "没有发现问题，可以发布。"
READY_WITH_HINTS = "没有错误，可以发布；以下仅供留意。"
WHOLE_REPORT = "整份报告"
NO_FINDING_HERE = "当前位置没有问题"
NO_FINDINGS = "没有发现问题，可以发布。"
NO_REPAIR = "对当前位置没有可以确定的改法"


def findings_summary(errors: int, warnings: int, infos: int) -> str:
    """How many findings there are."""
    if not errors + warnings + infos:
        return READY
    if not errors + warnings:
        return f"{READY_WITH_HINTS}（提示{infos}处）"
    return f"错误{errors}处，警告{warnings}处，提示{infos}处"


def finding_item(severity: str, message: str) -> str:
    """A finding in the list."""
    return f"{SEVERITY_MARKS[severity]} {message}"


def explanation(rule: Rule, message: str) -> str:
    """Everything that is said about a finding."""
    parts = [f"{rule.code} {rule.title}", "", message, "", rule.explain, "", f"依据：{rule.clause}"]
    return "\n".join([*parts, f"例：{rule.example}", f"改法：{rule.mend}"])


def repaired(changes: Sequence[tuple[str, str, str]]) -> str:
    """What accepting a repair changed."""
    listed = "；".join(f"{name} {before or BLANK_WORD}改为{after or BLANK_WORD}" for name, before, after in changes)
    return f"已改（撤销可收回）：{listed}"


def repair_question(changes: Sequence[tuple[str, str, str]]) -> str:
    """One of several possible repairs, as an answer."""
    return "；".join(f"{name}：{before or BLANK_WORD} → {after or BLANK_WORD}" for name, before, after in changes)


REPAIR_TITLE = "采用哪一种改法"
REPAIR_TEXT = "下列改法都能使勾稽关系成立，请对照原始资料选择。"

# ---------------------------------------------------------------- answers to keys

HINT_FIRST = "每一步都已记入日志，断线不丢；F1 列出全部按键，Ctrl+P 按拼音首字母找命令"
NOT_A_NUMBER = "这不是数，已按文字保留，检查时会提示"
NOTHING_TO_UNDO = "没有可以撤销的修改"
NOTHING_TO_REDO = "没有可以重做的修改"
UNDONE = "已撤销"
REDONE = "已重做"
NOTHING_TO_FILL = "本表没有未填的单元格"
NO_TABLE_HERE = "本部分没有表格"
NOTHING_CARRIED = "当前段落不是沿用去年的文字"
CONFIRMED = "已确认沿用"
NO_HEADINGS = "本部分文字中没有（一）、1. 这样的小标题"
NOTHING_COPIED = "还没有复制过单元格"
TOTALS_RIGHT = "本表合计与分项相符"
NOT_A_TOTAL = "当前单元格不是合计，也不在勾稽关系之中"
NO_EDITOR = "没有设置 $VISUAL 或 $EDITOR，不能使用外部编辑器"
CANNOT_SUSPEND = "当前环境不能挂起"
EDITOR_UNCHANGED = "外部编辑器没有修改文字"
THEME_NAMES: Mapping[str, str] = {"nianbao": "终端配色", "nianbao-light": "浅色", "nianbao-dark": "深色"}


def theme_now(name: str) -> str:
    """Which colours are in use."""
    return f"配色：{THEME_NAMES[name]}"


def key_refused(character: str) -> str:
    """A character with which no value begins."""
    return f"“{character}”不能填入表格，请键入数字；输入法请切换到英文状态"


def normalised(written: str, value: str) -> str:
    """What was put right in a typed value."""
    return f"“{written}”已规范为 {value}"


def filled(count: int) -> str:
    """How many cells were filled with zero."""
    return f"已将{count}个未填单元格填为零（合计按分项计算），撤销可收回"


def totals_accepted(count: int) -> str:
    """How many totals were replaced."""
    return f"已按分项改正{count}处合计，撤销可收回"


def addends_line(total: str, parts: Sequence[str]) -> str:
    """What a total is made of."""
    return f"{total} = {' + '.join(parts)}（+ 号标出的单元格）"


def copied(cells: int) -> str:
    """How many cells went to the clipboard."""
    return f"已复制{cells}格到剪贴板（终端需支持 OSC 52）"


def copied_to(cells: int, path: str) -> str:
    """How many cells went to a file."""
    return f"已将{cells}格写入 {path}"


def replaced(count: int, sections: int) -> str:
    """What replacing did."""
    return f"已替换{count}处，涉及{sections}个部分；撤销一次全部收回"


def found_at(position: int, count: int) -> str:
    """Which occurrence is shown."""
    return f"第{position}处，共{count}处"


def not_found(text: str) -> str:
    """Nothing like it in any section."""
    return f"各部分文字中没有“{text}”"


def saved_to(name: str) -> str:
    """The save is done."""
    return f"已保存到 {name}"


SAVED_WITHOUT_BACKUP = "已保存，但原文件的备份写不进状态文件夹"


def exported_to(path: str, errors: int) -> str:
    """The export is done; it says so when it should not be published yet."""
    warning = f"；报告仍有{errors}处错误，请勿直接发布" if errors else ""
    return f"已导出到 {path}{warning}"


def journal_stopped(reason: str) -> str:
    """Changes are in memory only; of the reason only what happened, since there is one line."""
    return f"日志写不进（{reason.partition('。')[0]}），请尽快保存、另存，或用命令“日志换位置”"


JOURNAL_GOES_ON = "日志恢复正常，全部修改已写入磁盘"

# ---------------------------------------------------------------- dialogs

CLOSE_HINT = "Esc 返回"
FORM_HINT = "Ctrl+S 确定 Tab 下一项 Esc 取消"
PALETTE_TITLE = "命令"
PALETTE_HINT = "输入中文或拼音首字母，如 bc 保存"
HELP_TITLE = "按键"
EXPLAIN_TITLE = "问题说明"
OUTLINE_TITLE = "文字提纲"
ERROR_TITLE = "没有完成"


def palette_line(action: Action, keys: Sequence[str], width: int) -> str:
    """An action in the palette: name, key, and what it does."""
    shown = key_name(keys[0]) if keys else ""
    return f"{left_aligned(action.title, width)}{left_aligned(shown, 10)}{action.help}"


QUIT_TITLE = "退出"
QUIT_TEXT = "报告有未保存的修改。即使不保存，修改也留在日志中，下次打开时可以恢复。"
QUIT_SAVE = "保存并退出"
QUIT_KEEP = "不保存，下次打开时再恢复"
QUIT_DISCARD = "放弃这些修改并退出"
STAY = "继续编辑"
CANCEL = "取消"

LOCK_TITLE = "报告已被打开"
LOCK_LEAVE = "不打开"
LOCK_TAKE = "接管（对方的保存将被拒绝）"


def lock_text(name: str, owner: str) -> str:
    """Who has the report open."""
    return f"{name} 正由以下用户编辑：\n{owner}\n\n两人同时编辑会互相覆盖。若确知对方已经离开，可以接管。"


def owner_line(user: str, host: str, terminal: str, client: str, since: str) -> str:
    """Who, where and since when."""
    place = "，".join(part for part in (f"主机 {host}", f"终端 {terminal}" if terminal else "", f"来自 {client}" if client else "") if part)
    return f"用户 {user}（{place}），自 {since} 起"


UNKNOWN_OWNER = "无法识别的锁文件（可能由其他程序建立）"

RECOVER_TITLE = "发现上次没有保存的修改"
RECOVER_TAKE = "恢复这些修改，继续编辑"
RECOVER_LATER = "暂不恢复，打开文件中的报告"
RECOVER_DISCARD = "不要这些修改，打开文件中的报告"


def recover_text(changes: int, when: str, details: Sequence[str], *, lost: int, more: int) -> str:
    """What an unfinished journal would bring back."""
    lines = [f"上次编辑没有正常结束，日志中有{changes}步修改尚未保存，最后一步在 {when}。"]
    lines += details
    if lost:
        lines.append(f"日志末尾有{lost}步已损坏，不能恢复。")
    if more:
        lines.append(f"另有{more}份更早的日志，可用 nianbao recover 查看。")
    return "\n".join(lines)


def difference(name: str, before: str, after: str) -> str:
    """One cell or text that differs."""
    return f"{name}：{before or BLANK_WORD} → {after or BLANK_WORD}"


def text_difference(name: str, before: int, after: int) -> str:
    """A text that differs, by its length."""
    return f"{name}：文字由{before}字变为{after}字"


def more_differences(count: int) -> str:
    """How many further differences are not listed."""
    return f"……另有{count}处"


CONFLICT_TITLE = "文件已被他人修改"
CONFLICT_SAVE_AS = "把我的报告另存为新文件，两份都保留"
CONFLICT_OVERWRITE = "用我的报告覆盖（对方的内容留作备份）"


def conflict_text(name: str, details: Sequence[str]) -> str:
    """What differs between the file and the report in the editor."""
    return "\n".join([f"{name} 在打开之后被其他程序或用户修改过，没有覆盖它。", "文件中的内容 → 我的报告：", *details])


CONFLICT_UNREADABLE = "文件现在的内容无法识别为年报。"

LOCK_LOST_TITLE = "锁已被接管"
LOCK_LOST_SAVE = "仍然保存"


def lock_lost_text(owner: str) -> str:
    """Somebody has taken the report over."""
    return f"本报告的锁已不属于这里。现在的持有者：\n{owner}\n\n保存可能覆盖对方的修改；也可以另存为新文件。"


NOBODY = "无人持有（锁文件被删除）"

SAVE_AS_TITLE = "另存为"
SAVE_AS_LABEL = "文件名（含路径）"
OVERWRITE_TITLE = "文件已经存在"
OVERWRITE_YES = "覆盖它"


def overwrite_text(path: str) -> str:
    """Something is at that path already."""
    return f"{path} 已经存在。"


JOURNAL_TITLE = "日志换位置"
JOURNAL_LABEL = "存放日志的文件夹"


def journal_moved(folder: str) -> str:
    """Every change is on disk again, elsewhere."""
    return f"日志改存到 {folder}，全部修改已写入"


EXPORT_TITLE = "导出文本"
EXPORT_LABEL = "导出到（含路径）"
OPEN_TITLE = "打开报告"
OPEN_LABEL = "报告文件（.toml），或要导入的网页、文本、Word、CSV"
PREVIOUS_TITLE = "打开去年报告"
PREVIOUS_LABEL = "去年的报告文件（.toml）"
COPY_FILE_TITLE = "复制到文件"
COPY_FILE_LABEL = "写入（制表符分隔，可用电子表格打开）"

HEADER_TITLE = "报告信息"
LABEL_AGENCY = "机关名称"
LABEL_KIND = "类别（↑↓ 选择）"
LABEL_YEAR = "报告年度（四位数字）"
LABEL_HEADLINE = "标题（空着则用规定的标题）"
LABEL_PUBLISHED = "公布日期（如 2025-01-20，可空）"
LABEL_PREFACE = "前言（可空）"
PREFACE_TITLE = "前言"
LABEL_PREVIOUS = "去年的报告文件（可空；用于带入文字和结转数）"
LABEL_PATH = "保存到文件"
NEW_TITLE = "新建报告"
NEW_TEXT = "填写以下各项；表格内容由年度对应的版式决定。"
BAD_YEAR = "年度应为四位数字，且有对应的版式"
BAD_DATE = "日期应写作 2025-01-20 的形式"
BAD_PATH = "请填写文件名"
START_TITLE = "政府信息公开工作年度报告"
START_TEXT = "没有指定报告文件。"
START_NEW = "新建一份报告"
START_OPEN = "打开已有的报告"
START_QUIT = "退出"

FIND_TITLE = "查找替换"
FIND_LABEL = "查找"
REPLACE_LABEL = "替换为"
FIND_HINT = "回车 下一处 Alt+R 替换此处 Alt+A 全部替换 Esc 返回"

PASTE_TITLE = "粘贴预览"
PASTE_APPLY = "粘贴"
PASTE_NOTHING = "粘贴的内容与表中相同，或没有可以放入的单元格"


def paste_text(lines: Sequence[str], same: int, left_out: Sequence[str], unread: int) -> str:
    """What a paste would do."""
    parts = [f"将修改{len(lines)}个单元格，另有{same}个相同："]
    parts += lines
    if unread:
        parts.append(f"其中{unread}个不是数，将按文字放入。")
    if left_out:
        parts.append(f"放不下或对不上行次的{len(left_out)}个：{'、'.join(left_out[:12])}")
    return "\n".join(parts)


def unreadable_text(name: str, message: str, line: int) -> str:
    """Why a file is no report."""
    place = f"第{line}行：" if line else ""
    return f"{name} 不能打开。\n{place}{message}"


TROUBLES: Mapping[str, str] = {
    "disk_full": "磁盘已满。请清理磁盘，或另存到其他位置；修改仍在编辑器和日志中。",
    "quota": "磁盘配额已用完。请清理自己的文件，或另存到其他位置。",
    "too_large": "文件超过系统允许的大小。请联系系统管理员，或另存到其他位置。",
    "read_only_disk": "磁盘是只读的。请另存到可以写入的位置。",
    "read_only_file": "文件是只读的。请去掉只读属性，或另存为其他文件。",
    "no_permission": "没有写入或读取的权限。请另存到自己有权限的文件夹，或联系文件的所有者。",
    "folder_missing": "文件夹不存在（可能已被移走或删除）。请另存到其他位置。",
    "file_missing": "文件不存在。",
    "file_exists": "文件已经存在。",
    "is_folder": "这是一个文件夹，不是文件。",
    "not_a_folder": "路径中有一级不是文件夹。",
    "not_a_file": "这不是普通文件。",
    "name_too_long": "文件名太长。请换一个短些的名称。",
    "link_loop": "链接互相指向，找不到文件。",
    "disk_fault": "磁盘或网络文件系统出错。请另存到其他位置，并联系系统管理员。",
    "not_verified": "写入后读回的内容与报告不一致，原文件没有改动。请另存到其他位置。",
    "changed_on_disk": "文件被其他程序修改过。",
    "journal_unreadable": "日志文件已损坏，无法读取。",
    "journal_newer": "日志由更新版本的程序写成，本程序不能读取。",
    "other": "系统报告了错误。请另存到其他位置。",
}
"""Kind of trouble → cause and what to do."""


def trouble_text(kind: str, path: str, reason: str) -> str:
    """Why a file could not be read or written, and what to do."""
    detail = f"（{reason}）" if reason else ""
    return f"{path}\n{TROUBLES.get(kind, TROUBLES['other'])}{detail}"


INTERNAL_ERROR = "编辑器遇到内部错误，已退出。所做修改都在日志中，请重新打开报告恢复；也可用 nianbao recover 查看。"


def panel_title(count: int) -> str:
    """Over the findings beside the pane."""
    return f"本部分问题{count}处（F7 全部）" if count else "本部分没有发现问题"


TRY_AGAIN = "再试一次"
CONFLICT_GONE = "文件已被删除或移走。"
FIRST_THEME = "nianbao"
COPIED_ALL = "已送往剪贴板"
PALETTE_ONLY = "（命令）"
TABLE_HELP = (
    "单元格前的记号：! 有误  ? 存疑  : 与有误的格相关  = 合计与分项相符  + 当前合计的分项  _ 未填（与 0 不同）",
    "直接键入数字则替换，全角数字、千分位逗号、“件”“万元”均可；/ 表示不适用；Esc 只恢复当前单元格。",
)


def prose_help(switch: str, *, table: bool, preface: bool) -> list[str]:
    """Over the keys of a place where text is written; `switch` is the key that goes to the other part of the pane."""
    lines = ["直接书写；带下划线的文字有检查提示，光标停在上面时下方有说明。"]
    if table:
        lines.append(f"{switch} 回到表格。")
    if preface:
        lines.append(f"{switch} 转到报告的前言（第一部分之前的文字），再按一次回来。")
    return lines


def pasted(count: int) -> str:
    """The paste is done."""
    return f"已粘贴{count}个单元格，撤销可收回"


# ---------------------------------------------------------------- the command line of the editor

EDIT_ABOUT = "在终端里编辑年报：填表、写文字、随时核对、保存和导出"
EDIT_FILE = "年报文件（.toml）；不存在则新建，不给则询问；.html、.txt、.docx、.csv 直接导入"
EDIT_PREVIOUS = "上一年度的报告文件，用于对照和跨年核对（不给则在同一文件夹中查找）"
EDIT_AMBIGUOUS = "“”—…─ 这些字符在本终端占几列：auto（默认，启动时询问终端）、1 或 2"
EDIT_BORDERS = "表格和对话框的线：unicode（默认）或 ascii"


def keymap_unreadable(path: str, reason: str) -> str:
    """The configuration of keys is no TOML."""
    return f"按键配置 {path} 无法读取（{reason}），使用默认按键"


def keymap_unknown(names: Sequence[str]) -> str:
    """The configuration names actions that there are not."""
    return f"按键配置中有不认识的操作：{'、'.join(names)}"


def keymap_clash(key: str, titles: Sequence[str]) -> str:
    """One key for two actions of the same place."""
    return f"按键 {key_name(key)} 被重复指定给：{'、'.join(titles)}"


# ---------------------------------------------------------------- docs/keys.md

KEYS_PAGE_HEAD = (
    "# 按键",
    "",
    "本页由 `tui/actions.py` 生成：`python -m nianbao.tui.keys_page > docs/keys.md`。",
    "",
    "任何操作都可以在“命令”（`Ctrl+P`）中按中文或拼音首字母查找执行。要改按键，在配置文件夹",
    "（Linux 为 `~/.config/nianbao`，可用 `NIANBAO_CONFIG` 指定）的 `keys.toml` 中按操作的标识写明：",
    "",
    "```toml",
    "[keys]",
    'save = "f2, ctrl+s"',
    "```",
    "",
)
KEYS_TABLE_HEAD = ("| 按键 | 操作 | 说明 | 标识 |", "| --- | --- | --- | --- |")
