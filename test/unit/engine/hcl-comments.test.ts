import { expect, it } from 'vitest';
import { directivesIn } from '../../../server/src/engine/ignore-comments.js';
import { lineComments } from '../../../server/src/engine/line-comments.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';

it('finds ignores in comments of both kinds, not in strings or here-documents', async () => {
  await loadDrivers(['hcl']);
  const text = [
    'a = "https://x # tidegate: ignore[s]"',
    'b = 1 // tidegate: ignore[one] -- the reason',
    '# tidegate: ignore[two] -- the reason',
    'c = <<EOT',
    '# tidegate: ignore[three] -- no comment',
    'EOT',
  ].join('\n');
  const facts = configFacts('main.tf', 'hcl', text);
  const found = lineComments(text, '(?:#|//)', facts).flatMap(({ start, end }) =>
    directivesIn(text.slice(start, end), start, []),
  );
  expect(found.flatMap(({ ids }) => ids.map(({ id }) => id))).toEqual(['one', 'two']);
  expect(found.map(({ range }) => text.slice(range.start, range.start + 2))).toEqual(['//', '# ']);
});
