"""Indentation by tabs, form feeds and odd places for comments."""

if 1:
	pass
	if 2:
		pass
        # comment in column 8
	pass
# comment in column 0

	pass

class A:
  x = 1

  def f(self):


          y = 1
          
          return y

  z = 2
    # deeper comment
  w = 3

x = 1 + \
    2 + \
3
if x and \
   y:
    pass
assert \
    x

def f(a,
  b,
c):
  return (a,
 b,

# comment

c)

foo(
a,
b,
)
foo(
bar = 3,
  baz=4)
x = [
print(1),
print(2),
]
if 1:
        if 2:
         x
        y

x = """
def not_a_function():
    pass
import nothing
"""
# last comment without a line break