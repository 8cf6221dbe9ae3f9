import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../server/src/base/language.js';
import { CheckedFiles } from '../rules/check-files.js';
import { ROOT } from '../samples/run-cli.js';

function filesOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const walk = (at: string): void => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (languageOf(relative(folder, path)) !== undefined)
        files[relative(folder, path)] = readFileSync(path, 'utf8');
    }
  };
  walk(folder);
  return files;
}

// Every rule example and case compares as well, where it runs.
describe.each(['samples/loan-default', 'samples/loan-default-secure', 'test/corpus/python'])('%s', (folder) => {
  it('gives the same findings when no file is skipped for want of a trigger word', async () => {
    const files = filesOf(`${ROOT}${folder}`);
    const checked = await CheckedFiles.open(files);
    for (const path of Object.keys(files))
      expect(checked.check(path, true).findings).toEqual(checked.check(path, false).findings);
  });
});
