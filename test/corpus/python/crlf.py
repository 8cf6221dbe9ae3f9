import os


def f(a,
      b):
    """Docstring
    lines."""
    x = os.getenv(
        "A",  # comment
        default="b\
c",
    )
    if x and \
            a:
        return f"""{
    x}
"""
    return g('''a
b''', key=1)
