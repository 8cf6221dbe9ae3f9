/** Entry of the tests that run inside an extension host: VS Code requires the bundle of this file and calls `run()`. */
import { writeFileSync } from 'node:fs';
import type Mocha from 'mocha';

interface Outcome {
  title: string;
  state: 'passed' | 'failed' | 'skipped';
  ms?: number;
  error?: string;
}

function follow(runner: Mocha.Runner): Outcome[] {
  const outcomes: Outcome[] = [];
  runner.on('pass', (test) => outcomes.push({ title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }));
  runner.on('fail', (test, error) => {
    outcomes.push({ title: test.fullTitle(), state: 'failed', error: String(error?.stack ?? error) });
  });
  runner.on('pending', (test) => outcomes.push({ title: test.fullTitle(), state: 'skipped' }));
  return outcomes;
}

/** Rejects when a test failed; writes one record per test to the file named by `E2E_RESULTS`. */
export async function run(): Promise<void> {
  // Not required but imported: what `require` makes of an ES module differs between the versions of Node in use.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'spec' });
  const pattern = process.env.E2E_GREP;
  if (pattern !== undefined) mocha.grep(pattern);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // In this order: the first one measures how long the extension takes to activate.
  await import('./activation.test.js');
  await import('./diagnostics.test.js');
  await import('./fixes.test.js');
  await import('./notebook.test.js');
  await import('./commands.test.js');
  await import('./server.test.js');
  let outcomes: Outcome[] = [];
  const failures = await new Promise<number>((done) => {
    outcomes = follow(mocha.run(done));
  });
  const file = process.env.E2E_RESULTS;
  if (file !== undefined) writeFileSync(file, JSON.stringify(outcomes, null, 1));
  if (failures > 0) throw new Error(`${failures} test(s) failed`);
}
