# Literals, names and brackets.
0
00
1_000_000
0xFF_ff
0XdeadBEEF
0o17
0O7_7
0b1010_1010
0B1
1.
1.5
.5
1e10
1E-5
1.5e+3
1_0.0_1e1_0
3j
3.5J
1e5j
.5j
10 if 1else 2
[0x1for x in (1,)]
1if 1or 0 else 3
1 .real
1..real
1.0.real
1.e5.real
1_0j.imag

None
True
False
...
Ellipsis

"double"
'single'
"with 'other' quotes"
'esc \' aped \\'
"tab\tnew\nline\x41\101\u00e9\U0001F600\N{EM DASH}"
"""triple
double "quoted" ""inner"" text
"""
'''triple
single 'quoted' ''inner''
'''
""""quote first"""
'''\''''
r"raw \n \" still"
R'raw \\'
b"bytes \x00\xff"
B'bytes'
rb"raw bytes \d"
bR"raw bytes"
Rb'''raw
bytes'''
u"unicode"
U'unicode'
"implicit " "concatenation " 'of ' """several
""" r"\kinds"
b"a" b'b' rb"\c"
("in "
 "parentheses"  # with a comment
 # and another one
 "here")
"continued \
line"
""
''
""""""
"" ""

()
(1,)
(1, 2)
(1, 2,)
(1)
((1))
((1),)
1,
1, 2
1, 2,
[]
[1]
[1, 2, ]
{}
{1}
{1, 2, }
{1: 2}
{1: 2, 3: 4, }
{**{}, 'a': 1, **dict(b=2), }
{*(), *[1], 2}
[*(), *range(3)]
(*(), 1)
*(), 1
é = ñame = переменная = 变量 = 1
print(é + ñame, переменная, 变量, "naïve 😀", key=変数(値=1)) if 0 else None
_ = __ = _a1 = A_1 = 0
