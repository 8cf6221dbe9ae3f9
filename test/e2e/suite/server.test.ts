import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { closeAll, extension, finding, noFinding, open, setText, until } from './support.js';

const BAD = 'import torch\nnet = torch.load("other.pt")\n';
const GOOD = 'import torch\nnet = torch.load("other.pt", weights_only=True)\n';

/** Process id of the language server: a child of this extension host. Linux only. */
function serverProcess(): number | undefined {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const parent = Number(/\nPPid:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
      if (parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.cjs')) return pid;
    } catch {
      // The process ended between the two reads.
    }
  }
  return undefined;
}

async function checksAgain(): Promise<void> {
  const document = await open('model.py');
  await setText(document, BAD);
  await finding(document.uri, 'load-torch');
  await setText(document, GOOD);
  await noFinding(document.uri, 'load-torch');
}

describe('server', () => {
  afterEach(closeAll);

  it('is replaced by a new one on command', async () => {
    await vscode.commands.executeCommand('tidegate.restart');
    await checksAgain();
  });

  it('comes back by itself after a crash', async function () {
    if (process.platform !== 'linux') this.skip();
    await extension().exports.ready;
    const first = await until('the server process', serverProcess);
    process.kill(first, 'SIGKILL');
    const second = await until('a new server process', () => {
      const pid = serverProcess();
      return pid !== undefined && pid !== first && pid;
    });
    assert.notEqual(second, first);
    await checksAgain();
    await until('the state "ready"', () => extension().exports.status().state === 'ready');
  });
});
