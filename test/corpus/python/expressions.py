import asyncio

a = b = c = d = e = f = g = x = y = 1
obj = type("Obj", (), {"__getitem__": lambda s, k: k, "__call__": lambda s, *a, **k: s})()

# Operators and their precedence.
a + b - c * d / e // f % g
a @ b if False else None
a ** b ** c
-a ** -b
+-~a
not a
not not a
not a == b
a << b >> c
a & b | c ^ d
a | b ^ c & d << e + f * g
a or b and not c or d
a < b <= c != d == e >= f > g
a is b is not c
a in (b,) not in (c,)
not a in (b,)
a if b else c if d else e
(a if b else c) if d else e
a if (b if c else d) else e
(yield_ := a)
print(walrus := a, second := b)
[walrus := 1, walrus ** 2]
lambda: 0
lambda x: x
lambda x, y=1, *args, z, w=2, **kwargs: (x, y, args, z, w, kwargs)
lambda *, key: key
lambda x, /, y: x
lambda x, /, y, *, z: x
lambda *args: args
lambda **kwargs: kwargs
lambda: (lambda: (lambda: 0))
lambda x=lambda: 1: x
lambda x: x if x else lambda y: y
(lambda: 0)()

# Trailers.
obj
obj.a
obj.a.b.c
obj()
obj(a)
obj(a,)
obj(a, b, *[], c, *[], key=1, **{}, other=2, **{})
obj(*a if a else b, **c or d)
obj(a)(b)(c).d[e](f)
obj(x for x in [])
obj((x for x in []), 1)
obj((y) for y in [])
obj(a := 1, b=(c := 2))
obj(lambda x: x, key=lambda y: y)
obj(a if b else c, key=a if b else c)
obj(
    # comment before
    a,  # comment behind
    key=b,
    # comment after
)
obj . a . b
obj \
    .a \
    .b()
(obj
    .a
    .b()
    .c(d=1))
(obj)(a)
((obj)).attribute
"text".join(a)
"{}".format(a)
[1, 2].append(3)
{1: 2}.items()
(1).bit_length()

# Subscripts and slices.
obj[a]
obj[a,]
obj[a, b]
obj[(a, b)]
obj[(a, b), c]
obj[:]
obj[a:]
obj[:a]
obj[a:b]
obj[::]
obj[a::]
obj[:a:]
obj[::a]
obj[a:b:c]
obj[a:b, c:d, ::e]
obj[..., None]
obj[a][b][c]
obj[a if b else c:d]
obj[lambda: 0]
obj[x := 1]
obj[not a]
obj[-1:]

# Comprehensions.
[x for x in a]
[x for x in a if x]
[x for x in a if x if y]
[x for x in a for y in x]
[x for x in a if x for y in x if y]
[(x, y) for x, y in a]
[x for x, in a]
[x for (x, y) in a]
[x for [x, *y] in a]
[x for x in (lambda: y, 1)]
{x for x in a}
{x: y for x, y in a}
{**{x: y for x, y in a}}
{x: {y: z for y in x} for x, z in a}
(x for x in a)
[x if x else y for x in a]
[lambda: x for x in a]
[x for x in a if (lambda: x)()]
[y := x for x in a]
[x for x in a if (y := x)]
[[x for x in y] for y in a]
[x for x.attr in a] if 0 else 0
[*x, *y]


async def asynchronous(source):
    [x async for x in source]
    {x: y async for x, y in source if await x}
    (x async for x in source)
    [await x for x in source]
    await source
    await source.method()
    await source ** 2
    -await source
    await asyncio.sleep(1), 2
    return await source


def generators():
    yield
    yield 1
    yield 1, 2
    yield *[], 1
    x = yield
    x = yield 1
    x = yield 1, 2
    x += yield
    x = y = yield
    x: int = yield
    yield from []
    x = yield from []
    print((yield))
    print((yield 1), (yield from []))
    lambda: (yield)
    [(yield_) for yield_ in x]
    return (yield)
