import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { root } from './installed.mjs';

/** Copies the pictures the README shows from the last walk through the real editor (`npm run e2e`) to `docs/images`. */
const pictures = {
  'shows-a-finding-as-a-squiggle-and-in-problems': 'problems.png',
  'explains-a-finding-in-a-hover': 'hover.png',
  'quick-fixes': 'quick-fix.png',
  'ignore-reason': 'ignore.png',
  'notebook-finding': 'notebook.png',
  'pipeline-fix': 'pipeline-fix.png',
  'compose-fix': 'compose-fix.png',
  'fill-in-fix': 'fill-in-fix.png',
  completion: 'completion.png',
  'renders-the-page-of-a-rule': 'rule-page.png',
  'is-legible-in-a-high-contrast-theme': 'high-contrast.png',
};
const folder = `${root}out/screens/latest/`;
mkdirSync(`${root}docs/images`, { recursive: true });
for (const [step, to] of Object.entries(pictures)) {
  // Steps are numbered in the order they are taken.
  const from = readdirSync(folder).find((file) => file.replace(/^\d+-/, '') === `${step}.png`);
  if (from === undefined) throw new Error(`the walk left no picture of ${step}`);
  cpSync(folder + from, `${root}docs/images/${to}`);
}
