"""Template strings of Python 3.14 (PEP 750)."""
name = "x"
t"plain"
T'{name}'
t"{name}"
t"{name!r:>10}"
t"{name=}"
rt"\d{name}"
tr"\d{name}"
Rt"{name}"
t"{t"{name}"}"
t"{f"{name}"}"
t"""{
    name
}"""
t"a" t"{name}"
t"SELECT * FROM users WHERE name = {name:sql}".strings
run(t"<p>{escape(name)}</p>", safe=True)
