"""Chinese messages of waivers and policy files."""

from __future__ import annotations

from typing import Final

# waivers
WAIVE: Final = "认可一处检查结果，写进报告文件：它的代码或记号，如 C41；要同时给出 --reason"
REASON: Final = "认可的理由：为什么属实、不必改"
UNWAIVE: Final = "撤销一处认可，给出它的代码或记号"
WAIVED: Final = "（已认可：{reason}）"
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
POLICY: Final = "只用这个规则文件（默认是报告旁边或上级文件夹里的 nianbao.toml，只采用从严的条目；其次是用户配置里的）"
NO_POLICY: Final = "不用规则文件"
POLICY_WRONG: Final = "--policy 给出的规则文件有错，没有继续。请改正它，或者用 --no-policy 不用规则文件。"

SKIP_OTHERS: Final = "直接给出的文件里，明显不是年报的 TOML 文件也跳过，不算错（文件夹里的一向如此）"
