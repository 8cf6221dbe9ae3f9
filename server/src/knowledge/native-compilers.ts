/** Calls that build machine code and load it, and where they take the source: a text, or files. */
export const COMPILERS: Readonly<Record<string, { readonly arguments: readonly (readonly [string, number])[] }>> = {
  'torch.utils.cpp_extension.load': { arguments: [['sources', 1]] },
  'torch.utils.cpp_extension.load_inline': {
    arguments: [
      ['cpp_sources', 1],
      ['cuda_sources', 2],
    ],
  },
  'numpy.f2py.compile': { arguments: [['source', 0]] },
  'cffi.FFI().verify': { arguments: [['source', 0]] },
  'cython.inline': { arguments: [['code', 0]] },
  'Cython.inline': { arguments: [['code', 0]] },
  'Cython.Build.Inline.cython_inline': { arguments: [['code', 0]] },
  'pyximport.load_module': { arguments: [['pyxfilename', 1]] },
  'pyximport.pyximport.load_module': { arguments: [['pyxfilename', 1]] },
};
