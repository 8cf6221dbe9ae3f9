# -*- coding: utf-8 -*-
import os
é = "é😀"; print(os.path.join("😀", key="€"), end="")
def été(a, 名=1): return f"😀{a}" + g(名=名)
