"""Exception groups, Python 3.11."""
try:
    pass
except* ValueError:
    pass
except *KeyError as error:
    pass
except* (TypeError, OSError) as errors:
    raise ExceptionGroup("x", [errors, *errors.exceptions])
else:
    pass
finally:
    pass

values = [1, 2]
matrix = {}
matrix[*values]
matrix[1, *values, 2]
matrix[*values] = 3
matrix[*values, 1:2]


def spread(*args: *tuple[int, ...]): pass
def spread(*args: *Ts) -> None: pass
