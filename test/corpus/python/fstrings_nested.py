"""Formatted strings of Python 3.12 (PEP 701)."""
x = width = 10
d = {"a": 1}
f"{d["a"]}"
f'{d['a']}'
f"{f"{f"{x}"}"}"
f"{f"{f"{f"{f"{1 + 1}"}"}"}"}"
f"{"a" "b"}"
f"{'\n'.join(["a", "b"])}"
f"{"\n".join(d)}"
f"{
    x
}"
f"{
    x  # comment with } and "quotes"
    + 1
    !r
    :>{
        width
    }}"
f"{x:{f"{width}"}}"
f"{x!r:{"^"}{width}}"
f"""{d["""a"""]}"""
f"{print("nested", end="", file=open(f"{x}.txt"))}"
f"{call(
    x,
    key="value",
)}" + g(x)
f"{x:{x:{x}}}"
f"{"{"}{"}"}"
f"{x:\n}"
f"{r"\d"}{b"x"}"
f'{f'{x}' f'{x}'}'
