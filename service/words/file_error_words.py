"""Messages about files that cannot be read or written: the cause, then the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...files.saving.errors import FileErrorKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...files.saving.errors import FileError

FILE_ERRORS: Final[Mapping[FileErrorKind, str]] = {
    FileErrorKind.DISK_FULL: "磁盘已满。请清理磁盘，或写到其他位置。",
    FileErrorKind.QUOTA: "磁盘配额已用完。请清理自己的文件，或写到其他位置。",
    FileErrorKind.TOO_LARGE: "文件超过系统允许的大小。请联系系统管理员，或写到其他位置。",
    FileErrorKind.READ_ONLY_DISK: "磁盘是只读的。请写到可以写入的位置。",
    FileErrorKind.READ_ONLY_FILE: "文件是只读的。请去掉只读属性，或写到其他文件。",
    FileErrorKind.NO_PERMISSION: "没有写入或读取的权限。请写到自己有权限的文件夹，或联系文件的所有者。",
    FileErrorKind.FOLDER_MISSING: "文件夹不存在（可能已被移走或删除）。请先建立文件夹，或写到其他位置。",
    FileErrorKind.FILE_MISSING: "文件不存在。请检查文件名和所在的文件夹。",
    FileErrorKind.FILE_EXISTS: "文件已经存在。请换一个文件名。",
    FileErrorKind.IS_FOLDER: "这是一个文件夹，不是文件。请给出其中的文件名。",
    FileErrorKind.NOT_A_FOLDER: "路径中有一级不是文件夹。请检查路径。",
    FileErrorKind.NOT_A_FILE: "这不是普通文件。请换一个文件名。",
    FileErrorKind.NAME_TOO_LONG: "文件名太长。请换一个短些的名称。",
    FileErrorKind.LINK_LOOP: "链接互相指向，找不到文件。请检查链接。",
    FileErrorKind.DISK_FAULT: "磁盘或网络文件系统出错。请写到其他位置，并联系系统管理员。",
    FileErrorKind.NOT_VERIFIED: "写入后读回的内容与报告不一致，原文件没有改动。请写到其他位置。",
    FileErrorKind.HOLDS_REPORT: "它是一份年报文件，导出的内容不会覆盖年报文件。请换一个文件名。",
    FileErrorKind.CHANGED_ON_DISK: "文件被其他程序或用户修改过。请比较之后再写。",
    FileErrorKind.JOURNAL_UNREADABLE: "这不是日志，或日志的开头已损坏，无法读取。",
    FileErrorKind.JOURNAL_NEWER: "日志由更新版本的程序写成。请用新版程序恢复。",
    FileErrorKind.OTHER: "系统报告了错误。请写到其他位置。",
}
"""Messages by kind of error: cause and remedy. The first sentence is the cause."""
DETAIL: Final = "{sentence}（{reason}）"
_STOP: Final = "。"
_OPEN_KINDS: Final = (FileErrorKind.OTHER, FileErrorKind.DISK_FAULT)
"""Kinds without a specific cause. The system's error text, which is not in Chinese, is appended to their messages."""


def cause(error: FileError) -> str:
    """Return the cause alone, without a full stop."""
    return FILE_ERRORS[error.kind].partition(_STOP)[0]


def cause_and_remedy(error: FileError) -> str:
    """Return the cause and the remedy."""
    sentence = FILE_ERRORS[error.kind]
    reason = error.cause.strerror if error.cause is not None and error.kind in _OPEN_KINDS else ""
    return DETAIL.format(sentence=sentence, reason=reason) if reason else sentence
