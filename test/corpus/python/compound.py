"""Compound statements."""
import contextlib

if 1: pass
if 1: pass; pass
if 1:
    pass
elif 2:
    pass
elif 3: pass
else:
    pass
if x := 1:
    pass
if (1,
        2):
    pass
if 1:
    if 2:
        if 3:
            pass
        else:
            pass
    elif 4:
        pass

while 1: break
while 1:
    continue
else:
    pass
while x := None:
    pass

for x in []: pass
for x in 1, 2: pass
for x, in []: pass
for x, y in []: pass
for x, *y in []: pass
for *x, y in []: pass
for (x, y) in []: pass
for [x, y] in []: pass
for x in *[], 1: pass
for x.attr in []: pass
for x[0] in []: pass
for x in []:
    pass
else:
    pass
for x in (y for y in []): pass
for x in lambda: 1, 2: pass

try: pass
except: pass
try:
    pass
except ValueError:
    pass
except (KeyError, TypeError):
    pass
except OSError as error:
    pass
except (KeyError, TypeError) as error: pass
except x.error() as error:
    pass
except:
    pass
else:
    pass
finally:
    pass
try:
    pass
finally:
    pass
try:
    try:
        pass
    finally:
        pass
except ValueError:
    try:
        pass
    except KeyError:
        pass

with open("a"): pass
with open("a") as x: pass
with open("a") as x, open("b") as y: pass
with open("a"), open("b"): pass
with open("a") as x.attr, open("b") as x[0], open("c") as (a, b), open("d") as [c, d]: pass
with (open("a")): pass
with (open("a")) as x: pass
with (open("a"), open("b")): pass
with (open("a"), open("b")) as x: pass
with (open("a") as x): pass
with (open("a") as x, open("b") as y): pass
with (
    open("a") as x,
    open("b"),
    open("c") as z,
):
    pass
with (a, b), c: pass
with (a).b as c: pass
with (a)(b) as c: pass
with (a) + (b): pass
with (x for x in []): pass
with (x := 1): pass
with (x := 1, y := 2): pass
with (lambda: 1): pass
with (yield_): pass
with [a, b] as x: pass
with a if b else c: pass
with contextlib.suppress(ValueError), \
        contextlib.suppress(KeyError):
    pass


def f(): pass
def f(): return 1; return 2
def f(a): pass
def f(a,): pass
def f(a, b=1): pass
def f(a, *args): pass
def f(a, *args, b): pass
def f(a, *args, b=1, **kwargs): pass
def f(*, a): pass
def f(*, a=1, b): pass
def f(a, /): pass
def f(a, /, b): pass
def f(a, b=1, /, c=2, *, d, e=3, **kwargs): pass
def f(a: int, b: str = "x", *args: float, c: bool, **kwargs: dict[str, int]) -> None: pass
def f(a: int = 1, /, *, b: "quoted" = 2) -> "quoted": pass
def f() -> tuple[int, ...]: pass
def f(a=lambda: 1, b={1: 2}, c=[x for x in []]): pass
def f(a: lambda: 1 = 2): pass
def f(
    a,  # one
    b,
    # two
):
    """Docstring."""
    def g():
        def h():
            pass
        return h
    return g


class A: pass
class A(): pass
class A(B): pass
class A(B, C.D, metaclass=Meta, **kwargs): pass
class A(*bases): pass
class A(B()[0].c):
    """Docstring."""
    x = 1
    y: int = 2

    def method(self):
        pass

    class Inner:
        pass


@decorator
def f(): pass


@decorator()
@module.decorator
@module.decorator(1, key=2).other
@lambda f: f
@(lambda f: f)
@decorators[0]
@x if y else z
@named := decorator
def f():
    pass


@decorator  # comment

# comment

class A:
    @property
    def x(self): pass

    @x.setter
    @staticmethod
    def x(self, value): pass

    @decorator
    async def y(self): pass

    @decorator
    class Inner: pass


async def coroutine(a, *, b: int = 1) -> None:
    async with a: pass
    async with a as b, c as d: pass
    async with (a as b, c as d): pass
    async with (a, b): pass
    async for x in a: pass
    async for x, y in a:
        break
    else:
        pass
    await a
    async def inner(): yield 1
    return [x async for x in inner()]
