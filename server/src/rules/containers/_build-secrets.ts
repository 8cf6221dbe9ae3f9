import type { Range, TextEdit } from '../../base/range.js';
import { type DockerfileFacts, type DockerInstruction, edit } from '../../engine/index.js';
import { type DownloadCommand, downloadCommands } from '../../knowledge/build-downloads.js';
import { escapeRegExp, isPlaceholder, isSecretName } from '../../knowledge/secrets/index.js';

/** A variable that an `ARG` or `ENV` sets. */
export interface BuildVariable {
  readonly name: string;
  /** Undefined for an argument without a default. */
  readonly value: string | undefined;
  readonly range: Range;
  readonly instruction: DockerInstruction;
}

/** A download in a `RUN` that takes its credentials from arguments of the build. */
export interface CredentialPull {
  readonly command: DownloadCommand;
  readonly range: Range;
  readonly run: DockerInstruction;
  /** The arguments, the most secret first. */
  readonly arguments: readonly BuildVariable[];
}

/** Variables of `ARG A B=x` and of both forms of `ENV`. */
export function variablesOf(instruction: DockerInstruction): BuildVariable[] {
  const { keyword, words } = instruction;
  if (keyword !== 'ARG' && keyword !== 'ENV') return [];
  const [first, second] = words;
  if (keyword === 'ENV' && first !== undefined && !first.text.includes('=')) {
    if (second === undefined) return [];
    const value = words
      .slice(1)
      .map(({ text }) => text)
      .join(' ');
    return [
      { name: first.text, value, range: { start: first.range.start, end: words.at(-1)!.range.end }, instruction },
    ];
  }
  return words.map(({ text, range }) => {
    const equals = text.indexOf('=');
    return equals < 0
      ? { name: text, value: undefined, range, instruction }
      : { name: text.slice(0, equals), value: text.slice(equals + 1), range, instruction };
  });
}

/** An argument whose value is passed by whoever builds: without a default, or with one that stands for nothing. */
export function isPassed({ name, instruction, value }: BuildVariable): boolean {
  return instruction.keyword === 'ARG' && (value === undefined || value === '' || copiedName(value) === name);
}

/** The same, or a default that has to be replaced before a download can work. */
function isCredential(variable: BuildVariable): boolean {
  return isPassed(variable) || (variable.instruction.keyword === 'ARG' && isPlaceholder(variable.value ?? ''));
}

/** A `RUN` that is given secrets in the way meant for them; what it says about arguments is a way out. */
function hasSecretMount({ flags }: DockerInstruction): boolean {
  return flags.some(({ name, value }) => name === 'mount' && /(?:^|,)type=secret\b/.test(value));
}

/** The name of the variable that a value consists of: `$X`, `${X}`, `${X:-}`. */
export function copiedName(value: string | undefined): string | undefined {
  return /^\$(?:\{(\w+)(?::?-)?\}|(\w+))$/
    .exec(value ?? '')
    ?.slice(1)
    .find(Boolean);
}

/** `RUN`s of the same stage behind a variable that name it. */
export function runsThatName(facts: DockerfileFacts, { name, instruction }: BuildVariable): DockerInstruction[] {
  const written = escapeRegExp(name);
  const named = new RegExp(`\\$(?:\\{${written}\\b|${written}\\b)`);
  return facts.instructions.filter(
    (one) =>
      one.keyword === 'RUN' &&
      one.stage === instruction.stage &&
      one.range.start > instruction.range.start &&
      named.test(one.argument) &&
      !hasSecretMount(one),
  );
}

/** Downloads with credentials from the arguments of the build; the first of a tool in each `RUN`. */
export function credentialPulls(facts: DockerfileFacts): CredentialPull[] {
  const passed = facts.instructions
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(variablesOf)
    .filter(isCredential);
  if (passed.length === 0) return [];
  return facts.instructions.flatMap((run) => {
    if (run.keyword !== 'RUN' || hasSecretMount(run)) return [];
    // The last declaration of a name counts.
    const inScope = new Map(
      passed
        .filter(({ instruction: { stage, range } }) => stage === run.stage && range.start < run.range.start)
        .map((variable) => [variable.name, variable]),
    );
    return inScope.size === 0 ? [] : pullsIn(run, [...inScope.values()]);
  });
}

function pullsIn(run: DockerInstruction, inScope: readonly BuildVariable[]): CredentialPull[] {
  const seen = new Set<DownloadCommand>();
  return run.words.flatMap((word, at) => {
    if (!beginsCommand(run, at)) return [];
    const name = word.text.slice(word.text.lastIndexOf('/') + 1);
    const rest = run.words.slice(at + 1, at + 12);
    const end = rest.findIndex(({ text }) => /^(?:&&|\|\|?|;)$|;$/.test(text));
    const own = end < 0 ? rest : rest.slice(0, end + 1);
    for (const command of downloadCommands) {
      if (seen.has(command) || !command.program.test(name)) continue;
      const action = own.find(({ text }) => command.action.test(text.replace(/;$/, '')));
      if (action === undefined || (action !== own[0] && !own[0]!.text.startsWith('-'))) continue;
      const used = inScope.filter(
        (variable) =>
          command.variables.includes(variable.name) ||
          (isSecretName(variable.name) &&
            own.some(({ text }) => copiedName(text.replace(/^-[\w-]+=/, '')) === variable.name)),
      );
      const secret = used.filter((variable) => isSecretName(variable.name));
      if (secret.length === 0) continue;
      seen.add(command);
      const shortText = !/\s/.test(action.text);
      const range = {
        start: word.range.start,
        end: shortText && action === own[0] ? action.range.end : word.range.end,
      };
      return [{ command, range, run, arguments: [...secret, ...used.filter((one) => !secret.includes(one))] }];
    }
    return [];
  });
}

/** A word that a command may start at: the first one, behind an operator, a prefix such as `sudo`, or an assignment. */
function beginsCommand({ words }: DockerInstruction, at: number): boolean {
  const before = words[at - 1]?.text;
  return before === undefined || /[;({]$|^(?:&&|\|\|?|!|then|do|else|sudo|env|exec|time|run|-m)$|^\w+=/.test(before);
}

/**
 * Edits that give variables to the `RUN`s that use them as secrets instead of arguments: their lines go, and each `RUN` gets a
 * mount. None where a line says more, or where another instruction uses a variable.
 */
export function mountInstead(
  text: string,
  facts: DockerfileFacts,
  variables: readonly BuildVariable[],
  runs: readonly DockerInstruction[],
): TextEdit[] {
  const names = variables.map(({ name }) => name);
  const [first] = variables;
  if (first === undefined || runs.length === 0 || runs.some(({ execForm }) => execForm)) return [];
  const declared = facts.instructions.filter(
    (one) => one.stage === first.instruction.stage && variablesOf(one).some(({ name }) => names.includes(name)),
  );
  const removable = declared.every((one) =>
    variablesOf(one).every(
      (variable) =>
        names.includes(variable.name) && (isCredential(variable) || copiedName(variable.value) === variable.name),
    ),
  );
  const others = new RegExp(`\\$\\{?(?:${names.map(escapeRegExp).join('|')})\\b`);
  const elsewhere = facts.instructions.some(
    (one) => one.keyword !== 'RUN' && !declared.includes(one) && others.test(one.argument),
  );
  if (!removable || elsewhere) return [];
  const mounts = names.map((name) => `--mount=type=secret,id=${name},env=${name} `).join('');
  return [
    ...declared.flatMap(({ range }) => edit.deleteLines(text, range)),
    ...runs.flatMap(({ argumentRange }) => edit.insert(argumentRange.start, mounts)),
  ];
}
