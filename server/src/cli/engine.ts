import { checkDocument } from '../engine/check.js';
import { rules } from '../rules/index.gen.js';
import type { Engine } from './check/session.js';

/** The engine with all rules. */
export const engine: Engine = { check: checkDocument, rules };
