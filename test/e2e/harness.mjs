/** Boots a real VS Code workbench (remote server and extension host) on loopback, for one run of tests. */
import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QUIET_SETTINGS } from './settings.mjs';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** The machine's own VSCODE_* variables (a developer's integrated terminal) must not leak in. */
function cleanEnvironment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_') && !name.startsWith('npm_'));
  // code-server's switch for "no gallery", so that nothing is looked up.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', ...extra };
}

function makeFolders(settings) {
  const work = mkdtempSync(join(tmpdir(), 'vscode-e2e-'));
  const folders = {
    work,
    extensions: join(work, 'extensions'),
    user: join(work, 'user'),
    server: join(work, 'server'),
  };
  for (const folder of [folders.extensions, folders.server, join(folders.user, 'User')]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(folders.user, 'User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 1));
  return folders;
}

function installExtension(vscode, file, where, env) {
  const args = [vscode.main, '--install-extension', resolve(file), '--force', ...where];
  const said = execFileSync(vscode.node, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (!/successfully installed/.test(said)) throw new Error(`${file} was not installed:\n${said}`);
}

async function waitUntilUp(base, state, logFile, vscode) {
  const end = Date.now() + START_LIMIT_MS;
  for (;;) {
    if (state.exited || Date.now() > end) {
      // Should the installation be at fault, the next run builds it anew.
      rmSync(join(vscode.dir, 'stamp.json'), { force: true });
      throw new Error(`the VS Code server did not start:\n${readFileSync(logFile, 'utf8')}`);
    }
    try {
      if ((await fetch(`${base}/version`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
}

function groupSignals(pid) {
  const signal = (name) => {
    try {
      process.kill(-pid, name);
      return true;
    } catch {
      return false; // All gone.
    }
  };
  return { signal, alive: () => signal(0) };
}

/**
 * A server outlives its parent otherwise: it has its own process group, so that one signal reaches the extension host,
 * the language server and the file watcher.
 */
function killWithUs(kill) {
  process.once('exit', kill);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    if (process.listenerCount(name) === 0) process.once(name, () => process.exit(1));
  }
}

/** Log files below a folder, by relative path. */
function readLogs(root, match) {
  const found = {};
  if (!existsSync(root)) return found;
  for (const name of readdirSync(root, { recursive: true })) {
    const file = join(root, name);
    if (match.test(name) && statSync(file).isFile()) found[name] = readFileSync(file, 'utf8');
  }
  return found;
}

async function stopGroup(group) {
  group.signal('SIGTERM');
  for (const end = Date.now() + STOP_LIMIT_MS; group.alive() && Date.now() < end; ) await sleep(50);
  if (!group.alive()) return;
  group.signal('SIGKILL');
  await sleep(200);
}

/**
 * Starts a server. `vscode` is what `provision` returned; `vsix` lists packages to install; `settings` are user settings
 * on top of the quiet ones; `trust` leaves workspace trust on; `env` reaches the extension host.
 */
export async function boot({ vscode, vsix = [], settings = {}, args = [], trust = false, env: extra = {} }) {
  const folders = makeFolders(settings);
  const where = ['--extensions-dir', folders.extensions, '--user-data-dir', folders.user];
  where.push('--server-data-dir', folders.server);
  const env = cleanEnvironment(extra);
  for (const file of vsix) installExtension(vscode, file, where, env);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const logFile = join(folders.work, 'server.out');
  const output = openSync(logFile, 'a');
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  flags.push('--accept-server-license-terms', '--telemetry-level', 'off', '--disable-update-check');
  flags.push('--disable-getting-started-override', ...(trust ? [] : ['--disable-workspace-trust']));
  const child = spawn(vscode.node, [vscode.main, ...flags, ...where, ...args], {
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const state = { exited: false };
  child.once('exit', () => {
    state.exited = true;
  });
  const group = groupSignals(child.pid);
  const kill = () => group.signal('SIGKILL');
  killWithUs(kill);
  await waitUntilUp(base, state, logFile, vscode);
  return {
    base,
    port,
    folders,
    /** What the server itself printed. */
    output: () => readFileSync(logFile, 'utf8'),
    /** Address of the workbench on a folder; `payload` is a list of pairs that the workbench reads at its start. */
    url(folder, payload = []) {
      const tail = payload.length === 0 ? '' : `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
      return `${base}/?folder=${encodeURIComponent(folder)}${tail}`;
    },
    remote: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    /** Log files by name: an output channel's is `<publisher>.<name>/<channel>.log`. */
    logs: (match = /./) => readLogs(join(folders.user, 'logs'), match),
    async stop() {
      await stopGroup(group);
      process.off('exit', kill);
      rmSync(folders.work, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
