"""Which headers belong to which cell of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from portal.document.printing.tagging.nodes import Node, walk


def describe_tables(root: Node) -> None:
    """Give every header cell its scope and a name, and every other cell the names of its headers."""
    number = 0
    for node in walk(root):
        if node.tag == "Table":
            number += 1
            _describe(node, f"t{number:04}")


def _rows(table: Node) -> Iterator[Node]:
    for kid in table.kids:
        if isinstance(kid, Node):
            if kid.tag == "TR":
                yield kid
            elif kid.tag in {"THead", "TBody", "TFoot"}:
                yield from _rows(kid)


def _span(cell: Node, name: str) -> int:
    given = cell.element.get(name, "1")
    return max(1, int(given)) if given.isdigit() else 1


def _describe(table: Node, name: str) -> None:
    taken: defaultdict[int, set[int]] = defaultdict(set)
    by_column: defaultdict[int, list[str]] = defaultdict(list)
    by_row: defaultdict[int, list[str]] = defaultdict(list)
    plain: list[tuple[Node, range, range]] = []
    for row_number, row in enumerate(_rows(table)):
        column = 0
        for cell in row.kids:
            if not isinstance(cell, Node) or cell.tag not in {"TH", "TD"}:
                continue
            while column in taken[row_number]:
                column += 1
            columns = range(column, column + _span(cell, "colspan"))
            rows = range(row_number, row_number + _span(cell, "rowspan"))
            for covered in rows:
                taken[covered].update(columns)
            cell.attributes = {"O": "/Table"}
            if len(columns) > 1:
                cell.attributes["ColSpan"] = len(columns)
            if len(rows) > 1:
                cell.attributes["RowSpan"] = len(rows)
            if cell.tag == "TH":
                cell.name = f"{name}-{row_number:04}-{column:02}"
                scope = "Row" if cell.element.get("scope") == "row" else "Column"
                cell.attributes["Scope"] = f"/{scope}"
                for place in rows if scope == "Row" else columns:
                    (by_row if scope == "Row" else by_column)[place].append(cell.name)
            else:
                plain.append((cell, rows, columns))
            column = columns.stop
    for cell, rows, columns in plain:
        names = [header for row in rows for header in by_row[row]]
        names += [header for column in columns for header in by_column[column]]
        if names:
            cell.attributes["Headers"] = names
