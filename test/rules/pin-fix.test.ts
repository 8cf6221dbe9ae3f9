import { expect, it } from 'vitest';
import { CheckedFiles } from './check-files.js';

const CODE = 'import keras\n\ndef load(path):\n    return keras.models.load_model(path)\n';

/** A file with a pin, and what it holds after the fix; undefined when there is none. */
const PINS: readonly (readonly [path: string, before: string, after: string | undefined])[] = [
  ['requirements.txt', 'numpy==2.0.0\nkeras==3.5.0  # see notes\n', 'numpy==2.0.0\nkeras==3.12.2  # see notes\n'],
  ['requirements.txt', 'Keras==3.13.0\n', 'Keras==3.14.0\n'],
  ['pyproject.toml', '[project]\ndependencies = ["keras==3.5.0"]\n', '[project]\ndependencies = ["keras==3.12.2"]\n'],
  [
    'environment.yml',
    'channels: [conda-forge]\ndependencies:\n  - keras=3.5.0\n',
    'channels: [conda-forge]\ndependencies:\n  - keras=3.12.2\n',
  ],
  ['requirements.txt', 'keras==3.5.0; python_version < "3.12"\n', undefined],
  ['requirements.txt', 'keras<3.6,>=3.5\n', undefined],
  ['uv.lock', '[[package]]\nname = "keras"\nversion = "3.5.0"\n', undefined],
];

it.each(PINS)('%s: %j', async (path, before, after) => {
  const files = await CheckedFiles.open({ [path]: before, 'load.py': CODE }, ['supply-vulnerable-pin']);
  const { findings } = files.check('load.py');
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['supply-vulnerable-pin']);
  files.fixed('load.py', findings);
  expect(files.files[path]).toBe(after ?? before);
  if (after === undefined) return;
  const again = await CheckedFiles.open(files.files, ['supply-vulnerable-pin']);
  expect(again.check('load.py').findings).toEqual([]);
});
