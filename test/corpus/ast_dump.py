"""Prints what CPython's own parser finds, as one JSON object per line.

Reads file paths from standard input. Each line of output is ``{"file", "nodes": {type: [start, end, ...]},
"keywords": [[name, start, end], ...], "calls", "named"}``; offsets are UTF-16 code units.
``nodes`` leaves out what stands inside f-strings, whose positions CPython gives correctly from 3.12 on only;
``calls`` and ``named`` count calls and named keyword arguments everywhere. Files that CPython rejects give ``{"file", "error"}``.
"""

import ast
import json
import re
import sys

# Interpreters from 3.12 on know exact positions inside f-strings.
EXACT_FSTRINGS = sys.version_info >= (3, 12)
FORMATTED = tuple(getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name))
FIELDS = tuple(getattr(ast, name) for name in ("FormattedValue", "Interpolation") if hasattr(ast, name))
# Fields have no node of their own in the abstract syntax, type parameters are compared by their bounds and defaults.
SAME_TYPE = {
    "AsyncFunctionDef": "FunctionDef",
    "AsyncFor": "For",
    "AsyncWith": "With",
    "TryStar": "Try",
    "TemplateStr": "JoinedStr",
}
UNPLACED = FIELDS + tuple(
    getattr(ast, name) for name in ("TypeVar", "TypeVarTuple", "ParamSpec") if hasattr(ast, name)
)


class Offsets:
    """Turns line and UTF-8 column into an offset in UTF-16 code units; ``start`` is the offset of the first line."""

    def __init__(self, text, start):
        self.lines = []
        self.starts = []
        for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text):
            self.lines.append(line)
            self.starts.append(start)
            start += units(line)
        self.lines.append("")
        self.starts.append(start)

    def at(self, line, column):
        text = self.lines[line - 1]
        if not text.isascii():
            column = units(text.encode("utf-8")[:column].decode("utf-8"))
        return self.starts[line - 1] + column

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)


def units(text):
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def constant_type(node):
    if isinstance(node.value, (str, bytes)):
        return "Str"
    if node.value is Ellipsis:
        return "Ellipsis"
    return "Const" if node.value is None or isinstance(node.value, bool) else "Num"


def type_of(node):
    if isinstance(node, ast.Constant):
        return constant_type(node)
    if isinstance(node, ast.UnaryOp):
        return "Not" if isinstance(node.op, ast.Not) else "UnaryOp"
    name = type(node).__name__
    return SAME_TYPE.get(name, name)


def hidden_children(node, offsets):
    """Children for which the source has no node of its own."""
    if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        branch = node.orelse[0]
        if offsets.lines[branch.lineno - 1].lstrip().startswith("elif") and branch.col_offset == node.col_offset:
            return [branch]
    if isinstance(node, ast.ImportFrom):
        return [name for name in node.names if name.name == "*"]
    if isinstance(node, FORMATTED):
        # Literal text.
        return [value for value in node.values if isinstance(value, ast.Constant)]
    if isinstance(node, FIELDS) and node.format_spec:
        return [node.format_spec]
    return []


def dump(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    mark = text.startswith("\ufeff")
    source = text[1:] if mark else text
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"file": path, "error": str(error)}
    offsets = Offsets(source, 1 if mark else 0)
    nodes = {}
    keywords = []
    calls = 0
    named = 0
    stack = [(tree, True, True)]
    while stack:
        node, exists, exact = stack.pop()
        calls += isinstance(node, ast.Call)
        named += isinstance(node, ast.keyword) and node.arg is not None
        if exists and exact and hasattr(node, "lineno") and not isinstance(node, UNPLACED):
            start, end = offsets.span(node)
            if not isinstance(node, ast.keyword):
                nodes.setdefault(type_of(node), []).extend((start, end))
            elif node.arg is not None:
                keywords.append([node.arg, start, end])
        hidden = hidden_children(node, offsets)
        below = exact and (EXACT_FSTRINGS or not isinstance(node, FORMATTED))
        for child in ast.iter_child_nodes(node):
            stack.append((child, child not in hidden, below))
    return {"file": path, "nodes": nodes, "keywords": keywords, "calls": calls, "named": named}


def main():
    print(json.dumps({"version": list(sys.version_info[:2])}))
    for line in sys.stdin:
        path = line.rstrip("\n")
        try:
            print(json.dumps(dump(path)))
        except (OSError, UnicodeDecodeError) as error:
            print(json.dumps({"file": path, "error": str(error)}))


main()
