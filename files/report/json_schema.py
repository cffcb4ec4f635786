"""JSON Schema of the report file, generated from the editions (draft-07, the version that Taplo and VS Code use)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.edition import CellKind
from .file_comments import KEY_DESCRIPTIONS, REPORT_TITLE, WAIVERS_DESCRIPTION
from .parse import FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.edition import Block, Column, Edition, Row, Section

Schema = dict[str, object]

_NUMBERS: dict[CellKind, Schema] = {
    CellKind.COUNT: {"type": "integer", "minimum": 0},
    CellKind.CHANGE: {"type": "integer"},
    CellKind.AMOUNT: {"type": "number", "minimum": 0},
    CellKind.MONEY: {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9.,]+ *(万元|亿元|元)$"}]},
}


_WAIVERS: Schema = {
    "type": "object",
    "description": WAIVERS_DESCRIPTION,
    "propertyNames": {"pattern": "^[A-Z][0-9]{2}( [^@ ]+)?@[0-9a-f]{8}$"},
    "additionalProperties": {"type": "string", "minLength": 1},
}


def report_schema(editions: Sequence[Edition]) -> Schema:
    """Return the schema of a report in any of these editions; `report.edition` selects the tables.

    TOML dates are strings in a JSON Schema. Additional keys are allowed, as saving keeps them. The schema cannot express that such a
    key resembles the name of a row or section, only that the row is missing.
    """
    schema: Schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": REPORT_TITLE,
        "type": "object",
        "required": ["format", "report"],
        "properties": {"format": {"const": FORMAT}, "report": _header(editions), "waivers": _WAIVERS},
    }
    if len(editions) == 1:
        schema["properties"] = {**_properties(schema), **_sections(editions[0])}
        schema["required"] = ["format", "report", *_names(editions[0])]
        return schema
    schema["allOf"] = [
        {
            "if": {"properties": {"report": {"properties": {"edition": {"const": edition.id}}, "required": ["edition"]}}},
            "then": {"properties": _sections(edition), "required": _names(edition)},
        }
        for edition in editions
    ]
    return schema


def _properties(schema: Schema) -> Schema:
    found = schema["properties"]
    return found if isinstance(found, dict) else {}


def _header(editions: Sequence[Edition]) -> Schema:
    return {
        "type": "object",
        "required": ["edition", "agency", "kind", "year"],
        "properties": {
            "edition": {"enum": [edition.id for edition in editions], "description": "、".join(edition.notice for edition in editions)},
            "agency": {"type": "string", "description": KEY_DESCRIPTIONS["agency"]},
            "kind": {"enum": ["government", "department"], "description": KEY_DESCRIPTIONS["kind"]},
            "year": {"type": "integer", "minimum": 2008, "maximum": 2999, "description": KEY_DESCRIPTIONS["year"]},
            "title": {"type": "string", "description": KEY_DESCRIPTIONS["title"]},
            "published": {
                "type": "string",
                "format": "date",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": KEY_DESCRIPTIONS["published"],
            },
            "preface": {"type": "string", "description": KEY_DESCRIPTIONS["preface"]},
            "carried": {"type": "array", "items": {"type": "string"}, "description": KEY_DESCRIPTIONS["carried"]},
        },
    }


def _sections(edition: Edition) -> Schema:
    return {section.id: _section(section) for section in edition.sections}


def _names(edition: Edition) -> list[str]:
    return [section.id for section in edition.sections]


def _section(section: Section) -> Schema:
    """Return the schema of a section. Text is optional if it has a table; all rows are required, as in `nianbao check`."""
    properties: Schema = {"text": {"type": "string"}}
    required = ["text"] if section.text_required and section.table is None else []
    if section.table is not None:
        rows: Schema = {row.id: _row(block, row) for block, row in section.table.rows()}
        properties |= rows
        required = list(rows)
    return {"type": "object", "description": section.title, "properties": properties, "required": required}


def _row(block: Block, row: Row) -> Schema:
    columns = "、".join(column.name for column in block.columns)
    return {
        "type": "array",
        "description": f"{row.name}：{columns}",
        "items": [_cell(column) for column in block.columns],
        "minItems": len(block.columns),
        "maxItems": len(block.columns),
    }


def _cell(column: Column) -> Schema:
    return {"description": column.name, "anyOf": [_NUMBERS[column.kind], {"enum": ["", "/"]}]}
