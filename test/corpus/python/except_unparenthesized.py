"""Several exception types without parentheses, Python 3.14 (PEP 758)."""
try:
    run(1)
except ValueError, TypeError:
    handle(1)
except KeyError, OSError, get_errors():
    handle(2)

try:
    run(2)
except* ValueError, TypeError:
    handle(3)
