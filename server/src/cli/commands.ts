import { runCheck } from './check/run-check.js';
import type { Engine } from './check/session.js';
import { initConfig, showConfig } from './commands/config.js';
import { explain } from './commands/explain.js';
import { listRules } from './commands/rules.js';
import { why } from './commands/why.js';
import { engine } from './engine.js';

/** What the commands do, with the engine they do it with. A program of its own: reading the arguments needs none of it. */
export interface Commands {
  readonly engine: Engine;
  readonly runCheck: typeof runCheck;
  readonly explain: typeof explain;
  readonly listRules: typeof listRules;
  readonly initConfig: typeof initConfig;
  readonly showConfig: typeof showConfig;
  readonly why: typeof why;
}

export const commands: Commands = { engine, runCheck, explain, listRules, initConfig, showConfig, why };
