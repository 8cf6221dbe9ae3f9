import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { languageOf } from '../server/src/base/language.js';
import { checkDocument } from '../server/src/engine/check.js';
import { NodeFileSystem } from '../server/src/host/node/file-system.js';
import { rules } from '../server/src/rules/index.gen.js';
import { DEFAULT_CONFIG } from '../server/src/workspace/config.js';
import { Workspace } from '../server/src/workspace/workspace.js';

/** Prints every hit of some rules in real projects, with the line it stands on: `tsx tools/hits.ts load-torch,… DIR…`. */
const [wanted = '', ...folders] = process.argv.slice(2);
const select = wanted === 'all' ? [] : wanted.split(',');
const counts = new Map<string, number>();

for (const folder of folders) {
  const workspace = new Workspace(new NodeFileSystem(folder), { ruleIds: rules.map((rule) => rule.id), families: [] });
  await workspace.prepare();
  const config = { ...DEFAULT_CONFIG, select, minimumConfidence: 'low' as const };
  for (const path of files(folder)) {
    const source = workspace.source(relative(folder, path));
    if ('skipped' in source) continue;
    const { findings, problems } = checkDocument(source, rules, { config, workspace, today: '2026-01-01' });
    for (const problem of problems) if (problem.kind === 'internal') console.log(`INTERNAL ${path} ${problem.message}`);
    for (const finding of findings) {
      counts.set(finding.ruleId, (counts.get(finding.ruleId) ?? 0) + 1);
      const lines = 'text' in source && source.text !== undefined ? source.text.split('\n') : [];
      const line = lines[finding.place.start.line]?.trim().slice(0, 160) ?? '';
      console.log(
        `${path}:${finding.place.start.line + 1} ${finding.severity}/${finding.confidence} ${finding.ruleId}/${finding.messageId}\n    ${finding.message}\n    ${line}`,
      );
    }
  }
}
console.log([...counts].map(([id, count]) => `${id}: ${count}`).join('\n'));

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules') yield* files(path);
    else if (
      entry.isFile() &&
      languageOf(path) !== undefined &&
      statSync(path).size < 2_000_000 &&
      readFileSync(path).length > 0
    )
      yield path;
  }
}
