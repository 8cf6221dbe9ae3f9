import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';
import { isOneWord, PRIVILEGED_EVENTS, untrustedOn } from '../../knowledge/github-contexts.js';
import { throughEnvironment, variableFor } from './_env-fix.js';
import { contributions, insertionsIn } from './_expression.js';
import { eventsAt, excludesForks, flowing, isAction, isVetted, variableAt } from './_workflow.js';

const messages = {
  shell: '`{reference}` becomes code of this script, so its author runs commands here; pass it through `env`',
  script: '`{reference}` becomes code of this script, so its author runs it here; read it from `context.payload`',
} as const;

export default defineRule({
  summary: 'A workflow puts text of outsiders into a script.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-78',
    'CWE-94',
    'CICD-SEC-4',
    'OWASP-ML06:2023',
    'AML.T0010',
    'https://docs.github.com/en/actions/concepts/security/script-injections',
  ],
  overlaps: ['zizmor:template-injection'],
  docs: {
    why: 'An expression is replaced before the shell sees the script. The Ultralytics package was shipped with a coin miner in December 2024 after a branch name with commands in it ran in a workflow that held the keys of the release cache.',
    instead: 'Give the value to the step as an environment variable and write `"$NAME"` in the script.',
    fixSafety:
      'A variable in quotes is the same text, only that nothing in it is run. Where the value stood without quotes and may hold blanks, the shell no longer splits it, so that fix is offered for review.',
    limits:
      'Values of outsiders in `run` and in scripts of `actions/github-script` are seen, also through `env` of the workflow. An error needs an event that runs with the rights of the repository; pull requests, pushes and composite actions are warnings. Inputs and outputs of steps are not followed.',
    ignoreWhen: 'Only people who may write to the repository can cause the event.',
  },
  messages,
  words: ['github'],
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.run'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.with.script'),
    config.entries('any', 'runs.steps.*.run'),
  ],
  check(entry: ConfigEntry, context) {
    const { text, path } = context;
    const inAction = entry.path[0] === 'runs';
    const inScript = entry.key === 'script';
    if (inAction ? !isAction(path) : inScript && !usesGithubScript(entry)) return;
    if (excludesForks(entry)) return;
    const seen = new Set<string>();
    for (const { insertion, references } of flowing(text, entry)) {
      const reference = references.map((one) => source(one, entry, text)).find((one) => one !== undefined);
      if (reference === undefined || seen.has(insertion.body)) continue;
      const on = inAction ? untrustedOn(reference) : reachable(reference, entry);
      if (on.length === 0) continue;
      seen.add(insertion.body);
      const shown = { reference: reference.slice(0, 50) };
      const finding = inScript ? context.report(insertion, 'script', shown) : context.report(insertion, 'shell', shown);
      const privileged = !inAction && on.some((event) => PRIVILEGED_EVENTS.has(event));
      finding.severity(isVetted(entry) ? 'info' : privileged ? 'error' : 'warning');
      if (inScript) continue;
      const all = insertionsIn(text, entry.valueRange);
      const fix = throughEnvironment(text, entry, all, variableFor(reference), insertion.body);
      if (fix === undefined) continue;
      const title = `Pass it to the script as \`${fix.name}\``;
      if (!fix.quotings.has('bare') || isOneWord(reference)) finding.fix(title, 'safe', fix.edits);
      else finding.fix(title, 'review', fix.edits, 'the shell no longer splits it at blanks');
    }
  },
  examples: [
    {
      path: '.github/workflows/triage.yml',
      bad: 'on: issues\njobs:\n  label:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: Look for a data set\n        run: |\n          # pick the label\n          if echo "«${{ github.event.issue.title }}»" | grep -q data; then gh label create data; fi\n',
      message: 'shell',
      good: 'on: issues\njobs:\n  label:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: Look for a data set\n        env:\n          ISSUE_TITLE: ${{ github.event.issue.title }}\n        run: |\n          # pick the label\n          if echo "$ISSUE_TITLE" | grep -q data; then gh label create data; fi\n',
    },
    {
      path: '.github/workflows/retrain.yml',
      bad: 'on: pull_request\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - {name: tag, run: "dvc exp run -n «${{ github.head_ref }}»"}\n',
      message: 'shell',
      good: 'on: pull_request\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - {name: tag, env: {HEAD_REF: "${{ github.head_ref }}"}, run: "dvc exp run -n \\"$HEAD_REF\\""}\n',
    },
    {
      path: '.github/workflows/chat.yml',
      bad: 'on: issue_comment\njobs:\n  answer:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea # v7.0.1\n        with:\n          script: |\n            const text = `«${{ github.event.comment.body }}»`;\n',
      message: 'script',
      good: 'on: issue_comment\njobs:\n  answer:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea # v7.0.1\n        with:\n          script: |\n            const text = context.payload.comment.body;\n',
      byHand: true,
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: issues\njobs:\n  label:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: echo "$TITLE"\n',
      because: 'a variable is data',
    },
    {
      path: '.github/workflows/train.yml',
      good: "on: [push, pull_request]\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo \"${{ github.head_ref == 'main' }} ${{ contains(github.event.pull_request.title, 'data') }}\"\n",
      because: 'the answer is true or false',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: pull_request\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "${{ github.event.pull_request.head.sha }} ${{ github.event.number }} ${{ github.repository }}"\n',
      because: 'hashes, numbers and the name of the repository hold no commands',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n',
      because: 'a push has no issue',
    },
  ],
});

function usesGithubScript(entry: ConfigEntry): boolean {
  return textOf(child(entry.parent?.parent, 'uses'))?.startsWith('actions/github-script@') === true;
}

/** The context of an outsider that a reference stands for, followed through `env`. */
function source(reference: string, entry: ConfigEntry, text: string): string | undefined {
  if (untrustedOn(reference).length > 0) return reference;
  const [, name] = /^env\.(\w+)$/.exec(reference) ?? [];
  if (name === undefined) return undefined;
  const variable = variableNamed(entry, name);
  if (variable === undefined) return undefined;
  return insertionsIn(text, variable.valueRange)
    .flatMap(({ body }) => contributions(body) ?? [])
    .find((one) => untrustedOn(one).length > 0);
}

/** References are in lower case here; names of variables are mostly not. */
function variableNamed(entry: ConfigEntry, name: string): ConfigEntry | undefined {
  return variableAt(entry, name.toUpperCase()) ?? variableAt(entry, name);
}

/** Events of the workflow that carry the text; a reusable workflow has those of its callers. */
function reachable(reference: string, entry: ConfigEntry): readonly string[] {
  const events = eventsAt(entry);
  const carrying = untrustedOn(reference);
  const called = events.has('workflow_call') ? carrying.filter((event) => !PRIVILEGED_EVENTS.has(event)) : [];
  return [...carrying.filter((event) => events.has(event)), ...called];
}
