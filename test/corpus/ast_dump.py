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


class Offsets:
    """Turns line and UTF-8 column into an offset in UTF-16 code units."""

    def __init__(self, text):
        self.lines = []
        self.starts = []
        start = 0
        for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text):
            self.lines.append(line)
            self.starts.append(start)
            start += len(line) if line.isascii() else len(line.encode("utf-16-le")) // 2
        self.starts.append(start)
        self.lines.append("")

    def at(self, line, column):
        text = self.lines[line - 1]
        if not text.isascii():
            column = len(text.encode("utf-8")[:column].decode("utf-8").encode("utf-16-le")) // 2
        return self.starts[line - 1] + column


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
    return {"AsyncFunctionDef": "FunctionDef", "AsyncFor": "For", "AsyncWith": "With", "TryStar": "Try"}.get(name, name)


def dump(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"file": path, "error": str(error)}
    offsets = Offsets(text)
    skip = 1 if text.startswith("\ufeff") else 0
    nodes = {}
    keywords = []
    calls = 0
    named = 0
    stack = [(tree, False)]
    while stack:
        node, hidden = stack.pop()
        calls += isinstance(node, ast.Call)
        named += isinstance(node, ast.keyword) and node.arg is not None
        if isinstance(node, FORMATTED) and not hidden:
            nodes.setdefault("JoinedStr", []).extend(span(node, offsets, skip))
            hidden_below = not EXACT_FSTRINGS
        else:
            hidden_below = hidden
            if not hidden and hasattr(node, "lineno") and not isinstance(node, FORMATTED):
                start, end = span(node, offsets, skip)
                if isinstance(node, ast.keyword):
                    if node.arg is not None:
                        keywords.append([node.arg, start, end])
                else:
                    nodes.setdefault(type_of(node), []).extend((start, end))
        inside_formatted = isinstance(node, FORMATTED)
        for child in ast.iter_child_nodes(node):
            # Literal parts of an f-string are no literals of the source.
            if inside_formatted and isinstance(child, ast.Constant):
                continue
            stack.append((child, hidden_below))
    return {"file": path, "nodes": nodes, "keywords": keywords, "calls": calls, "named": named}


def span(node, offsets, skip):
    first = skip if node.lineno == 1 else 0
    last = skip if node.end_lineno == 1 else 0
    return (
        offsets.at(node.lineno, node.col_offset + 3 * first),
        offsets.at(node.end_lineno, node.end_col_offset + 3 * last),
    )


def main():
    print(json.dumps({"version": list(sys.version_info[:2])}))
    for line in sys.stdin:
        path = line.rstrip("\n")
        try:
            print(json.dumps(dump(path)))
        except (OSError, UnicodeDecodeError) as error:
            print(json.dumps({"file": path, "error": str(error)}))


main()
