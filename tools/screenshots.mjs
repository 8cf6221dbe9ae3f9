import { cpSync, mkdirSync } from 'node:fs';
import { root } from './installed.mjs';

/** Copies the pictures the README shows from the last walk through the real editor (`npm run e2e`) to `docs/images`. */
const pictures = {
  '01-shows-a-finding-as-a-squiggle-and-in-problems.png': 'problems.png',
  '03-explains-a-finding-in-a-hover.png': 'hover.png',
  '04-quick-fixes.png': 'quick-fix.png',
  '07-ignore-reason.png': 'ignore.png',
  '09-notebook-finding.png': 'notebook.png',
  '11-pipeline-fix.png': 'pipeline-fix.png',
  '13-compose-fix.png': 'compose-fix.png',
  '15-completion.png': 'completion.png',
  '18-renders-the-page-of-a-rule.png': 'rule-page.png',
  '21-is-legible-in-a-high-contrast-theme.png': 'high-contrast.png',
};
mkdirSync(`${root}docs/images`, { recursive: true });
for (const [from, to] of Object.entries(pictures))
  cpSync(`${root}out/screens/latest/${from}`, `${root}docs/images/${to}`);
