"""The Chinese words of waivers and of the policy file."""

from __future__ import annotations

from typing import Final

# waivers
WAIVE: Final = "认可一处检查结果，写进报告文件：它的代码或记号，如 C41；要同时给出 --reason"
REASON: Final = "认可的理由：为什么属实、不必改"
UNWAIVE: Final = "撤销一处认可，给出它的代码或记号"
WAIVED: Final = "（已认可：{reason}）"
WAIVE_KEY: Final = "记号：{key}"
WAIVE_ONE_FILE: Final = "--waive 和 --unwaive 一次只用于一个报告文件。"
WAIVE_NEEDS_REASON: Final = "认可检查结果要用 --reason 写明理由。"
REASON_ALONE: Final = "--reason 要和 --waive 一起用。"
WAIVE_NONE: Final = "没有可以认可的检查结果“{key}”。"
WAIVE_SOME: Final = "“{key}”不止一处，请从上面照抄完整的记号。"
WAIVE_CHOICES: Final = "记号有："
WAIVE_CHOICE: Final = "  {key}  {message}"
UNWAIVE_NONE: Final = "报告里没有“{key}”这条认可。"
WAIVE_DONE: Final = "已认可 {key}，写入 {path}。"
UNWAIVE_DONE: Final = "已撤销 {key} 的认可，写入 {path}。"
WAIVE_LOCKED: Final = "{path} 正在编辑器里打开，不能改动它。请先关闭编辑器，或者在编辑器里认可。"

# policy file
POLICY: Final = "只用这个规则文件（默认是报告旁边或上级文件夹里的 nianbao.toml，其次是用户配置里的）"
NO_POLICY: Final = "不用规则文件"
POLICY_PROBLEM: Final = "{path}:{line}:{column}：{problem}"
POLICY_WRONG: Final = "规则文件有错，没有检查任何报告。请改正它，或者用 --no-policy 不用规则文件。"
POLICY_PROBLEMS: Final = {
    "table": "没有“{name}”这一部分，只能是 {known}。",
    "not_a_table": "“{name}”应当是一个部分：[{name}]。",
    "code": "没有规则 {name}。运行 nianbao rules 查看全部规则。",
    "file": "{name} 不能关闭，也不能改变级别：文件本身的错误总要报告。",
    "severity": '{name} 的值是 {found}，只能是 "error"、"warning"、"info" 或 "off"。',
    "section": "没有“{name}”这一部分，只能是 {known}。",
    "length": "{name} 的值是 {found}，应当是字数（整数，0 表示不限）。",
    "kind": "“{name}”不是报告类别，只能是 government（各级人民政府）或 department（政府部门）。",
    "day": '{name} 的值是 {found}，应当写成“月-日”，如 "01-20"。',
}

SKIP_OTHERS: Final = "直接给出的文件里，明显不是年报的 TOML 文件也跳过，不算错（文件夹里的一向如此）"
