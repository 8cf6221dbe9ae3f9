import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { gradeOpen, openPackage } from '../_python-packages.js';

export default defineRule({
  summary: 'ZenML installs a package into the image of a pipeline in whatever version is newest.',
  stages: ['preprocessing', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-1357',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.zenml.io/how-to/containerization/containerization',
  ],
  docs: {
    why: 'ZenML builds the image of a pipeline anew whenever its settings change. A release that was published this morning by somebody who stole an account is then inside the training job tonight, beside the data and the keys of the artifact store.',
    instead: 'Name the version that was tested, `pandas==2.3.3`, or give `requirements` the path of a compiled file.',
    fixSafety:
      'The version that a lock file or another requirement of the workspace names may be older than the one installed today, so the fix is offered for review. Where none is found, the fix leaves a place for one.',
    limits:
      'A name without a version is a warning, an open range information, a bounded range a hint. Addresses, paths and options are passed over, and a path to a file of requirements is read as such a file.',
    ignoreWhen: 'A constraint in the arguments of the installer fixes the versions.',
  },
  messages: {
    open: '`{name}` goes into the image of the pipeline in any version; pin the one that was tested',
    range: '`{name}` goes into the image of the pipeline in whatever version fits; pin the one that was tested',
  },
  query: config.entries(['zenml'], '**.settings.docker.requirements.*'),
  check(entry: ConfigEntry, context) {
    const open = openPackage(entry);
    if (open === undefined) return;
    const shown = { name: open.name.slice(0, 60) };
    gradeOpen(context.report(entry.valueRange, open.specifier === '' ? 'open' : 'range', shown), open, context);
  },
  examples: [
    {
      path: 'configs/train.yaml',
      bad: 'settings:\n  docker:\n    requirements:\n      - numpy==1.26.4\n      - «scikit-learn» # model\n',
      message: 'open',
      good: 'settings:\n  docker:\n    requirements:\n      - numpy==1.26.4\n      - scikit-learn==1.7.2 # model\n',
      files: { 'uv.lock': '[[package]]\nname = "scikit-learn"\nversion = "1.7.2"\n' },
    },
    {
      path: 'configs/train.yaml',
      bad: 'settings: {docker: {requirements: [numpy==1.26.4, «"pandas[parquet]>=2.1"»]}}\n',
      message: 'range',
      good: 'settings: {docker: {requirements: [numpy==1.26.4, "pandas[parquet]==2.3.3"]}}\n',
      files: { 'poetry.lock': '[[package]]\nname = "pandas"\nversion = "2.3.3"\n' },
    },
    {
      path: 'configs/train.yaml',
      bad: 'settings:\n  docker:\n    requirements:\n      - «"uvloop>=0.20 ; sys_platform != \'win32\'"»\n',
      message: 'range',
      good: 'settings:\n  docker:\n    requirements:\n      - "uvloop==0.21.0 ; sys_platform != \'win32\'"\n',
      fill: ['0.21.0'],
    },
    {
      path: 'configs/train.yaml',
      good: 'settings:\n  docker:\n    requirements: requirements.txt\n',
      because: 'a file, which is checked by itself',
    },
    {
      path: 'configs/train.yaml',
      good: 'settings:\n  docker:\n    requirements:\n      - pandas==2.3.3\n      - torch===2.7.1\n      - "uvloop==0.21.0 ; sys_platform != \'win32\'"\n',
      because: 'exact versions',
    },
    {
      path: 'configs/train.yaml',
      good: 'settings:\n  docker:\n    requirements:\n      - git+https://github.com/example/frames.git\n      - ./dist/frames.whl\n      - --extra-index-url https://pypi.example.com/simple\n    required_integrations: [sklearn]\n',
      because: 'an address, a path and an option',
    },
  ],
});
