import { describe, expect, it } from 'vitest';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { CheckQueue, inSlices } from '../../server/src/lsp/check-queue.js';
import { Publisher } from '../../server/src/lsp/publisher.js';
import { readSettings } from '../../server/src/lsp/settings.js';
import { addressOf, comparable, folderOf, nameOf, pathBelow, schemeOf } from '../../server/src/lsp/uri.js';
import { at } from './editor.js';

describe('addresses', () => {
  it('the same file in several spellings compares equal', () => {
    expect(comparable('file:///C%3A/a%20b')).toBe(comparable('file:///c:/a b'));
    expect(comparable('file:///100%')).toBe('file:///100%');
  });

  it.each([
    ['file:///w', 'file:///w/a/b.py', 'a/b.py'],
    ['file:///w/', 'file:///w/a%20b.py', 'a b.py'],
    ['file:///c%3A/w', 'file:///C:/w/a.py', 'a.py'],
    ['file:///w', 'file:///w2/a.py', undefined],
    ['file:///w', 'file:///w', undefined],
    ['file:///w', 'untitled:w/a.py', undefined],
    ['vscode-vfs://github/o/r', 'vscode-vfs://github/o/r/a.py', 'a.py'],
    ['file:///w', 'file:///w/a.py?x#c1', 'a.py'],
  ])('%s holds %s as %s', (folder, uri, path) => {
    expect(pathBelow(folder, uri)).toBe(path);
  });

  it('paths lead back to addresses', () => {
    expect(addressOf('file:///w/', 'a b/#c.py')).toBe('file:///w/a%20b/%23c.py');
    expect(pathBelow('file:///w', addressOf('file:///w', 'a b/#ü.py'))).toBe('a b/#ü.py');
  });

  it('names, folders and schemes', () => {
    expect(nameOf('untitled:Untitled-1')).toBe('Untitled-1');
    expect(nameOf('file:///w/a%20b.py')).toBe('a b.py');
    expect(folderOf('file:///w/x/a.py')).toBe('file:///w/x');
    expect([schemeOf('vscode-notebook-cell:/x'), schemeOf('no uri')]).toEqual(['vscode-notebook-cell', '']);
  });
});

describe('settings', () => {
  it('keeps what is well formed, and only that', () => {
    expect(
      readSettings({
        enable: true,
        run: 'onSave',
        profile: 'strict',
        severityOverrides: { a: 'off', b: 'nonsense', c: 'hint' },
        minimumConfidence: 'low',
        files: { exclude: ['x/**', 7, ''], maxSizeKB: 10 },
      }),
    ).toEqual({
      enable: true,
      run: 'onSave',
      editor: {
        profile: 'strict',
        minimumConfidence: 'low',
        severity: { a: 'off', c: 'hint' },
        exclude: ['x/**'],
        maxSizeKB: 10,
      },
    });
  });

  it.each([[undefined], [null], [7], [[]], ['x'], [{ files: [] }]])('%j gives the defaults', (raw) => {
    expect(readSettings(raw)).toEqual({ enable: true, run: 'onType', editor: {} });
  });
});

describe('Publisher', () => {
  const one = { range: at(3, 0, 5), message: 'x' };

  function publisher(): { sent: PublishDiagnosticsParams[]; publisher: Publisher } {
    const sent: PublishDiagnosticsParams[] = [];
    return { sent, publisher: new Publisher((params) => sent.push(params)) };
  }

  it('says an open document is clean, once', () => {
    const { sent, publisher: p } = publisher();
    p.set('a', 1, []);
    p.set('a', 2, []);
    expect(sent).toEqual([{ uri: 'a', version: 1, diagnostics: [] }]);
  });

  it('says nothing of clean files that are not open, and of clearing what was never shown', () => {
    const { sent, publisher: p } = publisher();
    p.set('a', undefined, []);
    p.clear('a');
    p.clear('b');
    expect(sent).toEqual([]);
  });

  it('sends equal diagnostics again only when an edit touched their lines', () => {
    const { sent, publisher: p } = publisher();
    p.set('a', 1, [one]);
    p.edited('a', [{ from: 4, to: 9 }]);
    p.set('a', 2, [one]);
    expect(sent).toHaveLength(1);
    p.edited('a', [{ from: 2, to: Number.POSITIVE_INFINITY }]);
    p.set('a', 3, [one]);
    expect(sent).toHaveLength(2);
    p.set('a', 4, [one]);
    expect(sent).toHaveLength(2);
  });

  it('keeps what two sources say of a document apart', () => {
    const { sent, publisher: p } = publisher();
    p.set('a', 1, [one], 'check');
    p.set('a', undefined, [{ ...one, message: 'y' }], 'config');
    expect(sent.at(-1)).toEqual({ uri: 'a', version: 1, diagnostics: [one, { ...one, message: 'y' }] });
    p.clear('a');
    expect(sent.at(-1)).toEqual({ uri: 'a', diagnostics: [{ ...one, message: 'y' }] });
  });

  it('takes spellings of one address for one document', () => {
    const { sent, publisher: p } = publisher();
    p.set('file:///C%3A/a', undefined, [one]);
    p.set('file:///c:/a', 1, [one]);
    p.clear('file:///c%3A/a');
    expect(sent.at(-1)!.diagnostics).toEqual([]);
  });
});

describe('CheckQueue', () => {
  function queue(msPerItem = 0): {
    turns: (() => void)[];
    done: string[];
    queue: CheckQueue<string>;
    run: () => number;
  } {
    const turns: (() => void)[] = [];
    const done: string[] = [];
    let clock = 0;
    const work = (item: string) => {
      done.push(item);
      clock += msPerItem;
    };
    const result = new CheckQueue<string>(
      (run) => turns.push(run),
      () => clock,
      work,
      () => done.push('idle'),
    );
    const run = () => {
      let count = 0;
      for (; turns.length > 0; count++) turns.shift()!();
      return count;
    };
    return { turns, done, queue: result, run };
  }

  it('does nothing before it is released', () => {
    const q = queue();
    q.queue.add('a');
    q.run();
    expect(q.done).toEqual([]);
    q.queue.release();
    q.run();
    expect(q.done).toEqual(['a', 'idle']);
  });

  it('does a thing once however often it was added, urgent things first', () => {
    const q = queue();
    q.queue.release();
    q.queue.addLater('z');
    for (const item of ['a', 'b', 'a']) q.queue.add(item);
    q.run();
    expect(q.done).toEqual(['a', 'b', 'z', 'idle']);
  });

  it('waits for a turn without additions', () => {
    const q = queue();
    q.queue.release();
    q.queue.add('a');
    q.turns.shift()!();
    for (let i = 0; i < 5; i++) {
      q.queue.add('a');
      q.turns.shift()!();
      expect(q.done).toEqual([]);
    }
    q.run();
    expect(q.done).toEqual(['a', 'idle']);
  });

  it('yields between slices of work', () => {
    const q = queue(20);
    q.queue.release();
    for (const item of ['a', 'b', 'c']) q.queue.add(item);
    const before = q.run();
    expect(q.done).toEqual(['a', 'b', 'c', 'idle']);
    expect(before).toBeGreaterThanOrEqual(5);
  });

  it('forgets what was removed', () => {
    const q = queue();
    q.queue.release();
    q.queue.add('a');
    q.queue.addLater('b');
    q.queue.remove('a');
    q.queue.clear();
    q.run();
    expect(q.done).toEqual(['idle']);
  });
});

describe('inSlices', () => {
  it('yields when a slice is over and stops when told', async () => {
    let clock = 0;
    let yields = 0;
    const timing = {
      now: () => clock,
      defer: (run: () => void) => {
        yields++;
        run();
      },
    };
    const seen: number[] = [];
    const work = (item: number) => {
      seen.push(item);
      clock += 6;
    };
    expect(await inSlices([1, 2, 3, 4, 5, 6], timing, work, () => seen.length >= 5)).toBe(5);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(yields).toBe(1);
  });
});
