"""Simple statements."""
from __future__ import annotations
import os
import os.path
import os . path as p, sys as s, json
import xml.etree.ElementTree as ET
from os import path
from os import path as p2, sep
from os import (path)
from os import (path, sep as separator, )
from os import (
    path,  # one
    sep,
    # two
)
from os.path import *
from . import a
from .. import b
from ... import c
from .... import d
from .package import e
from ..package.module import f as g
from ...package import (h)
from . \
    import i

pass
pass; pass
pass;
x = 1; y = 2; z = x + y;

x = y = z = 1
x, y = 1, 2
(x, y) = (1, 2)
[x, y] = [1, 2]
x, *y = 1, 2, 3
*x, = [1]
(x, (y, z)), w = (1, (2, 3)), 4
x = *y, 1
x = 1,
os.environ["A"] = "b"
os.environ["A"], y = "b", 1
x = yield_ = 3

x += 1
x -= 1
x *= 2
x /= 2
x //= 2
x %= 2
x **= 2
x @= 2
x &= 2
x |= 2
x ^= 2
x <<= 2
x >>= 2
x += 1, 2

a: int
a: int = 1
a: "quoted" = 1
a: list[int] = []
(a): int = 1
os.a: int = 1
os.environ["A"]: str = "b"
a: tuple[int, ...] = 1, 2
a: tuple = *y, 1
a: lambda: 0 = 1

del x
del (x)
del x, y
del x, y,
del (x, y)
del [x]
del os.environ["A"], os.a, x[1:2]

assert x
assert x, "message"
assert (x, "always true")
assert x == 1, f"{x}"
raise
raise ValueError
raise ValueError("x")
raise ValueError("x") from None
raise ValueError from KeyError("y")


def function():
    global x
    global x2, y2
    return
    return 1
    return 1, 2
    return *[], 1
    return (1, 2)
    return not x


def outer():
    x = y = 1

    def inner():
        nonlocal x
        nonlocal x, y
        return x


for x in []:
    break
    continue

print >>s.stderr, "x"
print
exec
print(x, file=s.stderr)
match = case = type = _ = 1
match
match.case
match[case]
match(case)
match * case
match + 1
match - 1
match, case
match = {match: case}
match: int = 1
match.x = type.y = 1
type = type(match)
type(x)
type[int]
type.x
type, case = 1, 2
type: int = 1
case(1)
case: int
_(1)
soft = [match, case, type, _]
print(match=match, case=case, type=type, _=_)
