import { type ConfigEntry, child, config, defineRule, edit } from '../../engine/index.js';
import { openPackages } from '../_python-packages.js';

export default defineRule({
  summary: 'A Bento is built with packages that nothing locks.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-1357',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.bentoml.com/en/latest/reference/bentoml/bento-build-options.html#pypi-package-locking',
  ],
  docs: {
    why: 'The packages are chosen when the image is built, not when the model was tested: a release of this morning, forged or only different, answers requests in the evening. A scikit-learn that reads the pickled model in another way gives other scores without any error.',
    instead:
      'Leave `lock_packages` at `true`, its default, which writes the versions of all packages into the Bento, or give each package its version.',
    fixSafety:
      'With the lock BentoML resolves the packages for Linux when the Bento is built, which fails for those that have no release there, so the fix is offered for review.',
    limits:
      'Only packages listed here are looked at; a `requirements_txt` is judged as the file it is. Repositories and paths in the list, and lists without an open version, are silent.',
    ignoreWhen: 'The image is built from an index that holds one version of each package.',
  },
  messages: {
    unlocked: '`lock_packages: false` leaves {packages} to each build of the image; lock them or write the versions',
  },
  query: [
    config.entries(['bentofile'], 'python.lock_packages'),
    config.entries(['pyproject'], 'tool.bentoml.build.python.lock_packages'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    if (entry.value !== false) return;
    const open = openPackages(child(entry.parent, 'packages'));
    const [first] = open;
    if (first === undefined) return;
    const name = `\`${first.name.slice(0, 30)}\``;
    const packages = open.length === 1 ? name : `${name} and ${open.length - 1} more`;
    report(entry.valueRange, 'unlocked', { packages }).fix(
      'Lock the packages when the Bento is built',
      'review',
      edit.setScalar(text, entry, 'true'),
      'packages without a release for Linux fail to resolve',
    );
  },
  examples: [
    {
      path: 'bentofile.yaml',
      bad: 'service: "service:Scorer"\npython:\n  packages:\n    - scikit-learn\n    - pandas>=2\n  lock_packages: «false»  # faster\n',
      message: 'unlocked',
      good: 'service: "service:Scorer"\npython:\n  packages:\n    - scikit-learn\n    - pandas>=2\n  lock_packages: true  # faster\n',
    },
    {
      path: 'bentofile.yaml',
      bad: 'service: "service:Scorer"\npython: {packages: [scikit-learn], lock_packages: «false»}\n',
      message: 'unlocked',
      good: 'service: "service:Scorer"\npython: {packages: [scikit-learn], lock_packages: true}\n',
    },
    {
      path: 'pyproject.toml',
      bad: '[tool.bentoml.build]\nservice = "service:Scorer"\n\n[tool.bentoml.build.python]\npackages = ["torch>=2.6"]\nlock_packages = «false»\n',
      message: 'unlocked',
      good: '[tool.bentoml.build]\nservice = "service:Scorer"\n\n[tool.bentoml.build.python]\npackages = ["torch>=2.6"]\nlock_packages = true\n',
    },
    {
      path: 'bentofile.yaml',
      good: 'service: "service:Scorer"\npython:\n  packages: [scikit-learn]\n',
      because: 'BentoML locks the packages unless told otherwise',
    },
    {
      path: 'bentofile.yaml',
      good: 'service: "service:Scorer"\npython:\n  packages: [scikit-learn==1.7.2, "torch==2.7.1"]\n  lock_packages: false\n',
      because: 'each package has its version',
    },
    {
      path: 'bentofile.yaml',
      good: 'service: "service:Scorer"\npython:\n  requirements_txt: ./requirements.txt\n  lock_packages: false\n',
      because: 'the requirements file is judged itself',
    },
  ],
});
