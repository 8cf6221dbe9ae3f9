"""Pattern matching."""
match command:
    case 1: pass
    case -1: pass
    case 1 + 2j | -1 - 2j: pass
    case "text" | 'a' "b" | b"bytes": pass
    case None | True | False: pass
    case name: pass

match command.split(), other(1)[2]:
    case []: pass
    case [x]: pass
    case [x, ]: pass
    case [x, y]: pass
    case [x, *rest]: pass
    case [*_, x]: pass
    case (): pass
    case (x): pass
    case (x,): pass
    case (x, y): pass
    case (x, y, *rest): pass
    case x, y: pass
    case x, *rest: pass
    case x,: pass
    case *rest, x: pass
    case *rest,: pass
    case (x | y): pass
    case ((x), [y, (z)]): pass
    case _: pass

match x:
    case {}: pass
    case {"a": 1}: pass
    case {"a": 1, "b": b, }: pass
    case {"a": {"b": [c, *_]}, **rest}: pass
    case {**rest}: pass
    case {1: x, -1: y, 1.5: z, None: n, True: t, Color.RED: c, b"x": d}: pass
    case Color.RED | module.Color.BLUE: pass
    case Point(): pass
    case Point(x): pass
    case Point(1, y): pass
    case Point(x=0): pass
    case Point(x=0, y=y, ): pass
    case Point(1, y=Point(z=[*_])): pass
    case module.shapes.Point(x=0 as zero): pass
    case Point() as p: pass
    case (1 | 2) as number: pass
    case 1 | 2 as number: pass
    case [Point(x=0) | Line(), *_] as shape if shape.check(1): pass
    case str() | int() | float(): pass
    case {"x": str(name) | None as value}: pass
    case x if x > 0 and (y := f(x)): pass
    case match: pass

match (x):
    case 1:
        match y:
            case 2:
                match = 3
                match(match)
            case case:
                print(case)
        x = 1
    case _:
        pass

match *a, b:
    case _: pass
match -x:
    case _: pass
match [x for x in y]:
    case _: pass
match {1: 2}:
    case _: pass
match lambda: x:
    case _: pass
match not x:
    case _: pass
match x := y:
    case _: pass
match "text":
    case _: pass
match f"{x}":
    case _: pass
match ...:
    case _: pass
match match:
    case case: pass
match x[1:2]:  # comment
    # comment
    case _:  # comment
        pass
match await_:
    case type(): pass
    case type(x=type): pass


def f():
    match x:
        case 1:
            return g(1)
        case Class(attribute=h.CONSTANT):
            return Class(attribute=g(2))
    match(x, y)
    match[x]
    match.x
    return match
