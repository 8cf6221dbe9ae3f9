/**
 * Runs the same tests inside a desktop VS Code that @vscode/test-electron downloads: `npm run test:vscode [VERSION]`.
 * The extension must be built; it is loaded from the project's folder.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { bundleSuite } from './bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workspace = mkdtempSync(join(tmpdir(), 'tidegate-workspace-'));
try {
  cpSync(join(root, 'test/e2e/fixtures/workspace'), workspace, { recursive: true });
  const version = process.argv[2];
  await runTests({
    ...(version === undefined ? {} : { version }),
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite(),
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
    ],
  });
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
