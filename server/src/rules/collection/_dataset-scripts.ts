import {
  argumentOf,
  type CallFact,
  passesUnknown,
  type RuleContext,
  type StoreFact,
  type Value,
} from '../../engine/index.js';
import { COMMIT_ID } from '../../knowledge/hub-references.js';

export const LOAD = ['datasets.load_dataset', 'datasets.load.load_dataset'];
/** They took the flag until scripts were dropped; from 4.0 on they refuse it. */
export const OTHERS = [
  'load_dataset_builder',
  'get_dataset_config_names',
  'get_dataset_config_info',
  'get_dataset_split_names',
  'get_dataset_default_config_name',
  'get_dataset_infos',
].map((name) => `datasets.${name}`);
export const VARIABLE = 'HF_DATASETS_TRUST_REMOTE_CODE';
export const SETTERS = ['os.environ.setdefault', 'os.putenv'];
export const CONFIG = `datasets.config.${VARIABLE}`;

type Asked = Pick<RuleContext<Record<string, string>>, 'python' | 'workspace'>;

/** The environment variable or the member of `datasets.config` is set to a value that means yes. */
export function switchesOn(fact: CallFact | StoreFact, { python: py }: Asked): boolean {
  if (fact.kind === 'store') return (fact.name === CONFIG || fact.key === VARIABLE) && isYes(py.value(fact.value));
  const key = argumentOf(fact, 'key', 0);
  const value = argumentOf(fact, 'value', 1);
  const name = key === undefined ? undefined : py.value(key.value);
  return name?.kind === 'string' && name.value === VARIABLE && value !== undefined && isYes(py.value(value.value));
}

/** What `datasets.config` takes for yes. */
function isYes(value: Value): boolean {
  if (value.kind === 'boolean') return value.value;
  return value.kind === 'string' && /^(1|on|yes|true)$/i.test(value.value);
}

/** A full commit, or a revision that is not known here. */
export function hasFixedRevision(call: CallFact, { python: py }: Asked): boolean {
  const revision = argumentOf(call, 'revision');
  if (revision === undefined) return passesUnknown(call);
  const commit = py.value(revision.value);
  if (commit.kind === 'unknown' || commit.kind === 'partial') return true;
  return commit.kind === 'string' && COMMIT_ID.test(commit.value);
}

export function isFolder(id: string, { workspace }: Asked): boolean {
  return /^(\.{0,2}\/|~|[A-Za-z]:\\)|\.py$/.test(id) || workspace.has(`${id}/${id.split('/').pop()}.py`);
}
