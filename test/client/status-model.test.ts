import { describe, expect, it } from 'vitest';
import { StatusStore, statusView, type Translate } from '../../client/src/common/status-model.js';

const t: Translate = (message, ...args) => message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));

describe('words of the status item', () => {
  it('count findings and tell how they came about', () => {
    const view = statusView(
      { state: 'ready', message: 'Ready', findings: 3, ms: 12.4, profile: 'recommended', config: 'tidegate.yaml' },
      t,
    );
    expect(view).toEqual({
      text: 'Tidegate: 3 findings',
      detail: 'checked in 12 ms · recommended · tidegate.yaml',
      severity: 'information',
      busy: false,
    });
  });

  it('keep a message that says more than "ready"', () => {
    const view = statusView({ state: 'ready', message: '2 findings are hidden by this workspace', findings: 0 }, t);
    expect(view.text).toBe('Tidegate: No findings');
    expect(view.detail).toBe('2 findings are hidden by this workspace');
  });

  it.each([
    ['starting', 'information', true],
    ['ready', 'information', false],
    ['busy', 'information', true],
    ['slow', 'warning', false],
    ['error', 'error', false],
    ['disabled', 'information', false],
  ] as const)('give the state "%s" the weight %s', (state, severity, busy) => {
    expect(statusView({ state, message: 'words' }, t)).toMatchObject({ text: 'Tidegate: words', severity, busy });
  });

  it('use the singular for one', () => {
    const view = statusView({ state: 'ready', message: 'Ready', findings: 1, filesChecked: 1 }, t);
    expect(view).toMatchObject({ text: 'Tidegate: 1 finding', detail: '1 file' });
  });
});

describe('the state in front', () => {
  const ready = { state: 'ready', message: 'Ready' } as const;

  it('is that of the document, of a cell before its notebook', () => {
    const store = new StatusStore(ready);
    store.update({ ...ready, uri: 'notebook', findings: 5 });
    store.update({ ...ready, uri: 'cell', findings: 1 });
    expect(store.current(['cell', 'notebook']).findings).toBe(1);
    expect(store.current(['other cell', 'notebook']).findings).toBe(5);
    expect(store.current(['unknown'])).toBe(ready);
  });

  it('is that of the server while the server is in trouble', () => {
    const store = new StatusStore(ready);
    store.update({ ...ready, uri: 'a', findings: 1 });
    store.update({ state: 'error', message: 'gone' });
    expect(store.current(['a']).state).toBe('error');
    store.update(ready);
    expect(store.current(['a']).findings).toBe(1);
  });

  it('forgets documents with their server, and the oldest of very many', () => {
    const store = new StatusStore(ready);
    for (let i = 0; i <= 200; i++) store.update({ ...ready, uri: `file${i}`, findings: i });
    expect(store.current(['file0'])).toBe(ready);
    expect(store.current(['file1']).findings).toBe(1);
    store.forgetDocuments();
    expect(store.current(['file1'])).toBe(ready);
  });
});
