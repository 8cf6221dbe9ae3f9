import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { contributions, insertionsIn } from './_expression.js';
import { isAction } from './_workflow.js';

const ONE = /^\$\{\{(?:(?!\}\}).)*\}\}$/s;
const INSERTION = /'?\$\{\{\s*((?:(?!\}\}).)*?)\s*\}\}'?/gs;

export default defineRule({
  summary: 'A condition of a workflow is always true.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-571',
    'CICD-SEC-1',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif',
    'https://github.com/actions/runner/issues/1173',
  ],
  overlaps: ['zizmor:unsound-condition'],
  docs: {
    why: 'With text around `${{ … }}` the condition is a string, and every string that is not empty counts as true. A job that is meant to deploy a model only from `main`, or only after the evaluation, deploys it from every branch.',
    instead: "Write the whole condition inside: `if: ${{ github.ref == 'refs/heads/main' }}`, or leave the braces out.",
    fixSafety:
      'The step is skipped when its condition does not hold, which it never was before, so the fix is offered for review.',
    limits:
      'Conditions of jobs, steps and composite actions. A block scalar without `-` ends in a line break, which is text too. Texts that are put together inside a longer string get no fix.',
  },
  messages: {
    text: 'Text around the braces makes this condition a string, which is always true; put all of it inside',
    lineBreak: 'The line break behind the braces makes this condition a string, which is always true; end it with `|-`',
  },
  query: [
    config.entries(['github-workflow'], 'jobs.*.if'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.if'),
    config.entries('any', 'runs.steps.*.if'),
  ],
  words: ['${{'],
  check(entry: ConfigEntry, { report, text, path }) {
    if (entry.path[0] === 'runs' && !isAction(path)) return;
    const value = entry.alias === undefined ? textOf(entry) : undefined;
    if (value === undefined || !/\$\{\{/.test(value) || ONE.test(value)) return;
    if (value.replace(INSERTION, '') === '') return;
    if (ONE.test(value.trimEnd()) && (entry.style === 'literal' || entry.style === 'folded')) {
      const header = /^[|>](?=[ \t]*(?:#[^\n]*)?\r?\n)/.exec(text.slice(entry.valueRange.start, entry.valueRange.end));
      const edits = header === null ? [] : edit.insert(entry.valueRange.start + 1, '-');
      report(entry.keyRange ?? entry, 'lineBreak').fix(
        'Drop the line break',
        'review',
        edits,
        'the condition takes effect',
      );
      return;
    }
    const range =
      entry.style === 'literal' || entry.style === 'folded' ? (entry.keyRange ?? entry.range) : entry.valueRange;
    report(range, 'text').fix(
      'Put the whole condition inside',
      'review',
      moved(entry, value, text),
      'the condition takes effect',
    );
  },
  examples: [
    {
      path: '.github/workflows/deploy.yml',
      bad: "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - if: «${{ github.ref }} == 'refs/heads/main'» # only from main\n        run: python deploy.py\n",
      message: 'text',
      good: "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - if: ${{ github.ref == 'refs/heads/main' }} # only from main\n        run: python deploy.py\n",
    },
    {
      path: '.github/workflows/deploy.yml',
      bad: "on: push\njobs:\n  deploy: {runs-on: ubuntu-24.04, if: «\"'${{ needs.test.result }}' == 'success' && ${{ inputs.a || inputs.b }}\"», steps: []}\n",
      message: 'text',
      good: 'on: push\njobs:\n  deploy: {runs-on: ubuntu-24.04, if: "${{ needs.test.result == \'success\' && (inputs.a || inputs.b) }}", steps: []}\n',
    },
    {
      path: '.github/workflows/deploy.yml',
      bad: "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    «if»: |\n      ${{\n        github.ref == 'refs/heads/main'\n      }}\n    steps: []\n",
      message: 'lineBreak',
      good: "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    if: |-\n      ${{\n        github.ref == 'refs/heads/main'\n      }}\n    steps: []\n",
    },
    {
      path: '.github/workflows/deploy.yml',
      good: 'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    if: ${{ github.ref == \'refs/heads/main\' }}\n    steps:\n      - if: "${{ !cancelled() }}"\n        run: echo done\n',
      because: 'the whole condition stands inside',
    },
    {
      path: '.github/workflows/deploy.yml',
      good: "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    if: |\n      github.ref == 'refs/heads/main' &&\n      github.actor != 'bot'\n    steps: []\n",
      because: 'without braces all of it is an expression',
    },
    {
      path: '.github/workflows/deploy.yml',
      good: "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    if: >-\n      ${{ github.ref == 'refs/heads/main' }}\n    steps:\n      - run: |\n          if [ ${{ github.ref }} == main ]; then make; fi\n",
      because: 'no line break at the end, and a shell',
    },
  ],
});

/** The condition as one expression; nothing when it cannot be read then, or has lines of its own. */
function moved(entry: ConfigEntry, value: string, text: string): TextEdit[] {
  if (
    insertionsIn(text, entry.valueRange).length === 0 ||
    /[\r\n]/.test(text.slice(entry.valueRange.start, entry.valueRange.end))
  )
    return [];
  let inString = false;
  const joined = value.trim().replace(INSERTION, (whole, body: string) => {
    if (whole.startsWith("'") !== whole.endsWith("'")) inString = true;
    return /&&|\|\||[=!<>]/.test(body) ? `(${body})` : body;
  });
  if (inString || contributions(joined) === undefined || /: | #/.test(joined)) return [];
  return edit.setScalar(text, entry, `\${{ ${joined} }}`);
}
