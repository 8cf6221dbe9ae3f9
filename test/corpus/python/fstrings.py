"""Formatted strings as every version since 3.8 reads them."""
x = width = 10
d = {"a": 1}
name = "n"
f""
f''
F"text"
f"{x}"
f"{x}{x}"
f"a{x}b{x}c"
f"{x!r}"
f"{x!s:>10}"
f"{x!a:}"
f"{x:10}"
f"{x:>{width}}"
f"{x:>{width}.{width}f}"
f"{x:{'>'}{width}}"
f"{x=}"
f"{x = }"
f"{x=!r:>10}"
f"{x + 1 = :>5}"
f"{{literal}} {x} {{{x}}}"
f"{{}}"
f"{d['a']}"
f'{d["a"]}'
f"{d['a']!r:>{d['a']}}"
f"{x if x else width}"
f"{x == 1} {x != 1} {x <= 1} {x >= 1}"
f"{x!=1}"
f"{(lambda y: y)(x)}"
f"{(x := 5)}"
f"{x:=5}"
f"{ {1: 2}[1] }"
f"{ {y for y in d} }"
f"{[y for y in d if y]}"
f"{print(x, end='')}"
f"{max(x, key=lambda y: y)}"
f"{x, width}"
f"{*d, x}"
f"{x.real:,}"
f"{x:%Y-%m-%d}"
f"\N{EM DASH}{x}\n\t\x41"
f"\{x}"
f"a\\{x}"
rf"\d{x}\{x}"
fr'{x}\\'
Rf"{x}"
f"""triple {x}
{
    x
}
{x:>{width}}
{d["a"]} {d['a']} "quoted" 'quoted'
{(
    x,
    width,
)}
"""
f'''{
x!r:>10}'''
"a" f"{x}" 'b' f'{x}'
(f"{x}"
 "plain"
 rf"{x}\d")
print(f"{x}", f"{x:{width}}".upper(), key=f"{name!r}")
f"{f'{x}'}"
f"{'a' 'b'}"
f"{x}" if x else f"{width}"
f'{x:"}'
f"{x:'}"
f"{'}'}" f"{'{'}" f"{':'}" f"{'!'}"
f"{d}:{x}!"
f"100%{x}%"


async def f(y):
    return f"{await y} {[z async for z in y]}"


def g():
    f"{yield}" f"{yield x}"
