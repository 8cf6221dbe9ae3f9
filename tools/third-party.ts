import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { bundle } from './bundles.js';
import { root } from './project-root.js';

/** Text of `THIRD-PARTY-NOTICES.md`: the licence of every package whose code is in a bundle, found by bundling. */
export async function thirdPartyNotices(): Promise<string> {
  const folders = new Set<string>();
  for (const inputs of (await bundle(undefined)).values()) {
    for (const input of Object.keys(inputs)) {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match !== null) folders.add(match[1]!);
    }
  }
  const sections = new Map([...folders].map((folder) => notice(folder)));
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return ['# Third-party notices', '', 'The bundles of Tidegate contain code of these packages.', '', ...sorted].join(
    '\n',
  );
}

function notice(folder: string): readonly [string, string] {
  const manifest = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const title = `${manifest.name} ${manifest.version}`;
  const file = readdirSync(`${root}${folder}`).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  const text =
    file !== undefined && existsSync(`${root}${folder}/${file}`)
      ? readFileSync(`${root}${folder}/${file}`, 'utf8').trim()
      : '';
  return [
    title,
    `## ${title} (${manifest.license ?? 'see below'})\n\n\`\`\`text\n${text.replaceAll('\r\n', '\n')}\n\`\`\`\n`,
  ];
}
