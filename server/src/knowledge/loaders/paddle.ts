import type { Loader } from './loader.js';

/** `paddle.load` unpickles in every release up to 3.3; `paddle.jit.load` reads a program and a pickle beside it. */
export const PADDLE_LOADERS: readonly Loader[] = [
  ...['paddle.load', 'paddle.framework.load', 'paddle.framework.io.load'].map(
    (name): Loader => ({
      name,
      library: 'paddlepaddle',
      argument: 'path',
      position: 0,
      loadedAs: 'pickle',
    }),
  ),
  { name: 'paddle.jit.load', library: 'paddlepaddle', argument: 'path', position: 0, loadedAs: 'program' },
];
