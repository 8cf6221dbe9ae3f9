import { at, type ConfigEntry, child, items, rootOf, text as textOf } from '../../engine/index.js';
import { contributions, type Insertion, insertionsIn } from './_expression.js';

/** The job an entry stands in; undefined outside of `jobs`. */
export function jobOf(entry: ConfigEntry): ConfigEntry | undefined {
  let job: ConfigEntry | undefined = entry;
  while (job !== undefined && !(job.parent?.key === 'jobs' && job.parent.parent?.parent === undefined))
    job = job.parent;
  return job;
}

/** The step an entry stands in. */
export function stepOf(entry: ConfigEntry): ConfigEntry | undefined {
  let step: ConfigEntry | undefined = entry;
  while (step !== undefined && !(step.parent?.key === 'steps' && step.parent.kind === 'list')) step = step.parent;
  return step;
}

export function stepsOf(job: ConfigEntry | undefined): readonly ConfigEntry[] {
  return items(child(job, 'steps'));
}

/** The entry `on`, which readers of YAML 1.1 take for the word true. */
export function onOf(root: ConfigEntry): ConfigEntry | undefined {
  return child(root, 'on') ?? child(root, 'true');
}

/** Names of the events that start a workflow. */
export function eventsOf(root: ConfigEntry): ReadonlySet<string> {
  const on = onOf(root);
  const names =
    on === undefined || on.kind === 'scalar' ? [textOf(on)] : items(on).map((one) => one.key ?? textOf(one));
  return new Set(names.filter((name) => name !== undefined));
}

/** The `if` of a step, of its job and of the jobs that this one waits for, as one text. */
export function conditionsOf(entry: ConfigEntry): string {
  return conditionList(entry).join('\n');
}

function conditionList(entry: ConfigEntry): readonly string[] {
  const job = jobOf(entry);
  const own = [stepOf(entry), job].map((one) => textOf(child(one, 'if')) ?? '');
  return [...own, ...neededConditions(job)];
}

function neededConditions(job: ConfigEntry | undefined): string[] {
  return neededJobs(job).map((needed) => textOf(child(needed, 'if')) ?? '');
}

/** Jobs without which this one is left out: those it needs, unless its own condition says otherwise. */
function neededJobs(job: ConfigEntry | undefined): ConfigEntry[] {
  const waiting = job === undefined ? [] : [job];
  for (let i = 0; i < waiting.length && i < 20; i++) {
    if (/\b(?:always|failure|cancelled)\s?\(/.test(textOf(child(waiting[i], 'if')) ?? '')) continue;
    const needs = child(waiting[i], 'needs');
    const names = needs?.kind === 'list' ? items(needs).map((name) => textOf(name)) : [textOf(needs)];
    for (const name of names) {
      const next = name === undefined ? undefined : child(job?.parent, name);
      if (next !== undefined && !waiting.includes(next)) waiting.push(next);
    }
  }
  return waiting.slice(1);
}

/** Events on which a step or job runs: those of the workflow that no condition excludes for certain. */
export function eventsAt(entry: ConfigEntry): ReadonlySet<string> {
  const conditions = conditionList(entry);
  return new Set([...eventsOf(rootOf(entry))].filter((event) => conditions.every((one) => admits(one, event, 0))));
}

/** Whether a condition can hold on an event; what it does not know it takes for true. */
function admits(condition: string, event: string, depth: number): boolean {
  const text = condition
    .trim()
    .replace(/^\$\{\{(.*)\}\}$/s, '$1')
    .trim();
  if (depth > 20) return true;
  for (const operator of ['||', '&&'] as const) {
    const parts = splitOutside(text, operator);
    if (parts.length < 2) continue;
    const admitted = (part: string): boolean => admits(part, event, depth + 1);
    return operator === '||' ? parts.some(admitted) : parts.every(admitted);
  }
  if (text.startsWith('(') && text.endsWith(')')) return admits(text.slice(1, -1), event, depth + 1);
  const test = /^github\.event_name\s*([!=]=)\s*'(\w+)'$/.exec(text);
  if (test !== null) return (test[1] === '==') === (test[2] === event);
  return event !== 'pull_request' || !/^github\.ref(?:_name)?\s*==\s*'(?!refs\/pull)/.test(text);
}

/** Splits at an operator that stands in no parentheses. */
function splitOutside(text: string, operator: '||' | '&&'): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (depth === 0 && text.startsWith(operator, i)) {
      parts.push(text.slice(start, i));
      start = i + 2;
      i++;
    }
  }
  return [...parts, text.slice(start)];
}

/** True when a condition admits pull requests from branches of the repository itself only. */
export function excludesForks(entry: ConfigEntry): boolean {
  const conditions = conditionsOf(entry);
  return (
    /head\.repo\.full_name\s{0,5}==\s{0,5}(?:github\.repository\b|github\.event\.(?:pull_request\.base\.repo|repository)\.full_name|')/.test(
      conditions,
    ) ||
    /github\.repository\s{0,5}==\s{0,5}github\.event\.pull_request\.head\.repo\.full_name/.test(conditions) ||
    /head_repository\.full_name\s{0,5}==\s{0,5}github\.repository\b/.test(conditions) ||
    /head(?:\.repo|_repository)\.fork\s{0,5}==\s{0,5}false|!\s{0,5}github\.event\.(?:pull_request\.head\.repo|workflow_run\.head_repository)\.fork/.test(
      conditions,
    ) ||
    /pull_request\.merged\s{0,5}(?:==\s{0,5}true|$|&&|\}|\))/m.test(conditions)
  );
}

/** True when a condition asks who caused the event, or a person has to approve the job or one it needs, or set a label. */
export function isVetted(entry: ConfigEntry): boolean {
  return (
    /author_association|github\.(?:triggering_)?actor\b|sender\.login|\.user\.login|label/.test(conditionsOf(entry)) ||
    [jobOf(entry), ...neededJobs(jobOf(entry))].some((job) => child(job, 'environment') !== undefined)
  );
}

/** `${{ … }}` of a scalar with the contexts that flow into the text. */
export function flowing(text: string, entry: ConfigEntry): { insertion: Insertion; references: readonly string[] }[] {
  return insertionsIn(text, entry.valueRange).flatMap((insertion) => {
    const references = contributions(insertion.body);
    return references === undefined || references.length === 0 ? [] : [{ insertion, references }];
  });
}

/** The entry that sets an environment variable for a step: its own, its job's or the workflow's. */
export function variableAt(entry: ConfigEntry, name: string): ConfigEntry | undefined {
  const scopes = [stepOf(entry), jobOf(entry), rootOf(entry)];
  return scopes.map((scope) => at(scope, 'env', name)).find((variable) => variable !== undefined);
}

/** True for the file of a composite action, whose steps have no format of their own. */
export function isAction(path: string): boolean {
  return /(^|\/)action\.ya?ml$/.test(path);
}

/** True when a step of a script runs in a POSIX shell for certain. */
export function runsInPosixShell(entry: ConfigEntry): boolean {
  const [step, job, root] = [stepOf(entry), jobOf(entry), rootOf(entry)];
  const shell =
    textOf(child(step, 'shell')) ??
    textOf(at(job, 'defaults', 'run', 'shell')) ??
    textOf(at(root, 'defaults', 'run', 'shell'));
  if (shell !== undefined) return /^(?:bash|sh)\b/.test(shell);
  const runner = child(job, 'runs-on');
  const labels = runner?.kind === 'list' ? items(runner).map((label) => textOf(label) ?? '') : [textOf(runner) ?? ''];
  return child(job, 'container') !== undefined || labels.some((label) => /^(?:ubuntu|macos|linux)\b/i.test(label));
}
