import { VERSION } from '../base/version.js';
import { checkDocument } from '../engine/check.js';
import { rules } from '../rules/index.gen.js';
import type { ServerOptions } from './options.js';

/** The part of a server's options that is the same on every platform: the product's own check and rules. */
export const builtIn: Pick<ServerOptions, 'check' | 'rules' | 'version'> = {
  check: checkDocument,
  rules,
  version: VERSION,
};
