"""Type parameters and aliases, Python 3.12 and 3.13 (PEP 695, PEP 696)."""
type X = int
type X[T] = list[T]
type X[T: int, *Ts, **P] = Callable[P, tuple[T, *Ts]]
type X[T = int, *Ts = *tuple[int, ...], **P = [int, str]] = T
type X[T: (int, str) = int] = T
type type = int
type match = case
type X = lambda: call(1)


def f[T](x: T) -> T: pass
def f[T: int](x: T) -> T: pass
def f[T: (int, str), *Ts, **P](*args: *Ts, **kwargs: P.kwargs) -> T: pass
def f[T = int](x: T = default(1)) -> T: pass
async def f[T](x: T) -> T: pass


class A[T]: pass
class A[T](Base[T]): pass
class A[T: Bound = Default](Base, metaclass=Meta): pass
class A[*Ts = *tuple[int]](): pass


type = 1
type (X)
type[X]
