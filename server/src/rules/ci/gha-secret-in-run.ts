import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { throughEnvironment, variableFor } from './_env-fix.js';
import { insertionsIn } from './_expression.js';
import { isSettingName } from './_secret-names.js';
import { flowing } from './_workflow.js';

export default defineRule({
  summary: 'A workflow writes a secret into the text of a script.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-214',
    'CICD-SEC-6',
    'AML.T0055',
    'https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets',
  ],
  docs: {
    why: 'The script with the secret is saved on the runner, and the value stands in the list of processes, where a training script or any package it installs can read it. A quote or `$` in a bucket password runs as shell code.',
    instead: 'Give the secret to the step in `env` and write `"$NAME"` in the script.',
    fixSafety:
      'In single quotes, in a script of one line, the text is the same. Elsewhere the shell used to interpret it, so that secrets which were escaped for it change, and other programs of the step see the variable; that fix is offered for review.',
    limits:
      'Only `run` is read, not the inputs of actions. Build arguments are another rule’s. `GITHUB_TOKEN`, which is worth nothing after the job, and names of settings such as `AWS_REGION` or `HOST_IP` are information only.',
    ignoreWhen: 'The secret holds a setting that is no secret.',
  },
  messages: {
    inScript: '`{name}` is written into the script, where other processes and the shell read it; pass it through `env`',
  },
  words: ['secrets'],
  query: config.entries(['github-workflow'], 'jobs.*.steps.*.run'),
  check(entry: ConfigEntry, { report, text }) {
    const seen = new Set<string>();
    for (const { insertion, references } of flowing(text, entry)) {
      const { body, range } = insertion;
      const reference = references.find((one) => /^secrets\.\w/.test(one));
      if (reference === undefined || seen.has(body) || isBuildArgument(text, range.start)) continue;
      seen.add(body);
      const name = reference.slice('secrets.'.length).toUpperCase();
      const finding = report(range, 'inScript', { name: `secrets.${name.slice(0, 40)}` });
      if (name === 'GITHUB_TOKEN' || isSettingName(name)) finding.severity('info');
      const all = insertionsIn(text, entry.valueRange);
      const fix = throughEnvironment(text, entry, all, variableFor(reference), body);
      if (fix === undefined) continue;
      const title = `Pass it to the script as \`${fix.name}\``;
      // A variable of that name may mean something to the other programs of a longer script.
      const alone = !/\n/.test(text.slice(entry.valueRange.start, entry.valueRange.end).trim());
      const same = alone && [...fix.quotings].every((quoting) => quoting === 'single');
      if (same) finding.fix(title, 'safe', fix.edits);
      else finding.fix(title, 'review', fix.edits, 'the shell no longer interprets it, and all of the step sees it');
    }
  },
  examples: [
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: Sign in\n        run: |\n          wandb login «${{ secrets.WANDB_API_KEY }}»\n          python train.py # reads the key\n',
      message: 'inScript',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: Sign in\n        env:\n          WANDB_API_KEY: ${{ secrets.WANDB_API_KEY }}\n        run: |\n          wandb login "$WANDB_API_KEY"\n          python train.py # reads the key\n',
    },
    {
      path: '.github/workflows/train.yml',
      bad: "on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - env: {REGION: eu-central-1}\n        run: echo '«${{ secrets.GCP_KEY }}»' > key.json\n",
      message: 'inScript',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - env: {REGION: eu-central-1, GCP_KEY: "${{ secrets.GCP_KEY }}"}\n        run: echo "$GCP_KEY" > key.json\n',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n        run: python train.py\n',
      because: 'the script gets it in a variable',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "${{ secrets.HF_TOKEN != \'\' }}"\n',
      because: 'only whether there is one',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/login-action@74a5d142397b4f367a81961eba4e8cd7edddf772 # v3.4.0\n        with:\n          password: ${{ secrets.REGISTRY_TOKEN }}\n      - run: echo ${{ vars.REGION }}\n',
      because: 'the input of an action, and a setting',
    },
  ],
});

function isBuildArgument(text: string, start: number): boolean {
  return /--build-arg(?:=|\s+)["']?\w+=["']?$/.test(text.slice(Math.max(0, start - 120), start));
}
