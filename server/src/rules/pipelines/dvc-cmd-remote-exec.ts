import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';

const FETCH = /\b(?:curl|wget)\s/g;
/** Behind the fetching command: a pipe into a shell or interpreter that reads its program from there. */
const PIPED =
  /^[^|;&\n]{0,400}\|\s{0,8}(?:sudo\s+(?:-\S+\s+){0,4})?(?:env\s+(?:\w+=\S+\s+){0,8})?(?:\/(?:usr\/)?(?:local\/)?bin\/)?(?:((?:ba|z|da|k)?sh)\b(?!\s+[^-\s|&;]\S*)|(python3?|perl|ruby|node|Rscript)\b\s*(?:-\s*)?(?=$|[\n"'|&;]))/;
/** In front of it: a shell that is given the output as its program. */
const SUBSTITUTED = /(?:\b((?:ba|z|da|k)?sh|source|eval)|(?:^|[\s;&])(\.))\s+(?:-\w*c\s+)?["']?(?:<\(|\$\(|`)\s*$/;

export default defineRule({
  summary: 'A pipeline command runs a script straight from the network.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010',
    'https://doc.dvc.org/user-guide/project-structure/dvcyaml-files',
    'https://mlflow.org/docs/latest/ml/projects/',
  ],
  docs: {
    why: 'Every `dvc repro` or `mlflow run` runs whatever the server answers at that moment, with the data set mounted and the login of the remote at hand. When the site is taken over, the stage uploads the training data or swaps the model, while `dvc.lock` still says that nothing has changed.',
    instead:
      'Download the script in a stage of its own, track it with `dvc import-url` or compare its SHA-256, and run that file.',
    fixSafety: 'No fix is offered: the checksum of the script that was meant is not known here.',
    limits:
      'Reads commands of `dvc.yaml` and entry points of an MLproject. A file that is saved first and run later is not followed, nor what a script of the project fetches.',
    ignoreWhen: 'The pipeline runs in a throwaway machine without data and credentials.',
  },
  messages: {
    runs: 'Stage `{stage}` gives what `{program}` downloads straight to `{shell}`; check a saved copy and run that',
  },
  words: ['curl', 'wget'],
  query: [
    config.entries(['dvc-pipeline'], 'stages.*.cmd'),
    config.entries(['dvc-pipeline'], 'stages.*.cmd.*'),
    config.entries(['dvc-pipeline'], 'stages.*.do.cmd'),
    config.entries(['dvc-pipeline'], 'stages.*.do.cmd.*'),
    config.entries(['mlproject'], 'entry_points.*.command'),
  ],
  check(entry: ConfigEntry, { report, text, path }) {
    if (typeof entry.value !== 'string' || path.endsWith('.lock')) return;
    const command = entry.value;
    for (const found of command.matchAll(FETCH)) {
      const behind = command.slice(found.index, found.index + 1000);
      const before = command.slice(Math.max(0, found.index - 60), found.index);
      const shell = PIPED.exec(behind) ?? SUBSTITUTED.exec(before);
      if (shell === null || isLocalHost(hostIn(behind) ?? 'unknown.host')) continue;
      const program = found[0].trim();
      const at = text.indexOf(command.slice(found.index, found.index + 20), entry.valueRange.start);
      const end = at + program.length;
      const range = at < 0 || end > entry.valueRange.end ? entry.valueRange : { start: at, end };
      const stage = String(entry.path[1]).slice(0, 30);
      report(range, 'runs', { stage, program, shell: shell[1] ?? shell[2] ?? 'sh' });
      return;
    }
  },
  examples: [
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  setup:\n    cmd: «curl» -fsSL https://get.lending.eu/tools.sh | bash\n    outs:\n      - tools\n',
      message: 'runs',
      good: 'stages:\n  setup:\n    cmd: sha256sum --check tools.sha256 && bash tools.sh\n    deps:\n      - tools.sh\n    outs:\n      - tools\n',
      byHand: true,
    },
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  collect:\n    cmd:\n      - mkdir -p data\n      - bash -c "$(«wget» -qO- https://get.lending.eu/collect.sh)"\n',
      message: 'runs',
      good: 'stages:\n  collect:\n    cmd:\n      - mkdir -p data\n      - bash scripts/collect.sh\n',
      byHand: true,
    },
    {
      path: 'MLproject',
      bad: 'name: churn\nentry_points: {main: {command: "«curl» -s https://get.lending.eu/train.py | python -"}}\n',
      message: 'runs',
      good: 'name: churn\nentry_points: {main: {command: "python train.py"}}\n',
      byHand: true,
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  collect:\n    cmd: curl -fsSL https://data.lending.eu/rows.csv.gz | gunzip > data/rows.csv\n',
      because: 'data is piped, no program',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  collect:\n    cmd: curl -s https://data.lending.eu/rows.json | python src/clean.py\n',
      because: 'the program is a file of the project, which reads data',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  collect:\n    cmd: curl -s http://localhost:8080/setup.sh | bash\n',
      because: 'this machine',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  install:\n    cmd: curl -fsSLO https://get.lending.eu/tools.sh && sha256sum -c tools.sha256 && bash tools.sh\n',
      because: 'the checksum is compared first',
    },
  ],
});

/** Host of the first address in a text. */
function hostIn(text: string): string | undefined {
  return /\bhttps?:\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#\s"'`)]+)/i.exec(text)?.[1];
}
