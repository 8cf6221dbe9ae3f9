import { argumentOf, type CallFact, type PythonQuestions } from '../../engine/index.js';
import type { VectorStore } from '../../knowledge/vector-stores.js';

/** A key is passed, or may be: as an argument, among the headers, or as the login inside the address. */
export function mayHaveKey(call: CallFact, store: VectorStore, address: string, py: PythonQuestions): boolean {
  if (/^\w+:\/\/[^/\s]+@/.test(address)) return true;
  return call.arguments.some(({ name, value }) => {
    if (name === undefined || ![...store.keys, ...store.carriers].includes(name)) return false;
    const known = py.value(value);
    return known.kind !== 'none' && !(known.kind === 'string' && known.value === '');
  });
}

/** Whether an address without a scheme is reached over TLS; undefined when that is not known. */
export function isEncrypted(
  call: CallFact,
  store: VectorStore,
  hasKey: boolean,
  py: PythonQuestions,
): boolean | undefined {
  const passed = store.tls === undefined ? undefined : argumentOf(call, store.tls, store.tlsPosition);
  const value = passed === undefined ? undefined : py.value(passed.value);
  if (value === undefined || value.kind === 'none') return store.tlsWithKey ? hasKey : false;
  return value.kind === 'boolean' ? value.value : undefined;
}
