import { beforeAll, expect, test } from 'vitest';
import { commandsInConfig } from '../../../server/src/facts/config/commands.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['yaml']));

/** The commands of a file, each with the text at its range. */
const commands = (text: string): (readonly [command: string, source: string])[] =>
  commandsInConfig(configFacts('a.yaml', 'yaml', text), text).map(({ words, range }) => [
    words.map((word) => word.text).join(' '),
    text.slice(range.start, range.end),
  ]);

test('commands of a block stand where they are written', () => {
  const text =
    'jobs:\n  - run: |\n      pip install torch\n\n      scp -o A=no \\\n        data.csv b:/tmp\n    name: a\n';
  expect(commands(text)).toEqual([
    ['pip install torch', 'pip install torch'],
    ['scp -o A=no data.csv b:/tmp', 'scp -o A=no \\\n        data.csv b:/tmp'],
  ]);
  expect(commands(text.replaceAll('\n', '\r\n')).map(([, source]) => source)[0]).toBe('pip install torch');
});

test('a here-document keeps the block as a whole', () => {
  const text = 'run: |\n  cat << EOF > a\n  pip install torch\n  EOF\n  pip install numpy\n';
  const found = commands(text).map(([command]) => command);
  expect(found).toContain('pip install numpy');
  expect(found).not.toContain('pip install torch');
});
