import type { Range } from '../base/range.js';
import type { ContainerFact } from '../facts/config/containers.js';
import type { ConfigEntry, FormatId } from '../facts/config/entry.js';
import type { DockerfileFacts, DockerInstruction } from '../facts/dockerfile/instruction.js';
import type { CallFact, ReferenceFact } from '../facts/python/call.js';
import type { Expression } from '../facts/python/expression.js';
import type { AssertStatement, FunctionStatement, TryStatement } from '../facts/python/statement.js';
import type { Requirement } from '../facts/requirements/requirement.js';
import type { ShellCommand } from '../facts/shell/command.js';
import type { FrameEvent } from '../semantics/frames/event.js';
import type { SplitEvent } from '../semantics/splits/event.js';
import type { IgnoreFact } from './ignore.js';

/** Plain descriptions of the facts a rule looks at; the type parameter is the fact `check` receives. */
export type Query<F> = QueryShape & { readonly fact?: F };

export type QueryShape =
  | { readonly kind: 'call'; readonly names: readonly string[] }
  | { readonly kind: 'keyword'; readonly names: readonly string[] }
  | { readonly kind: 'reference'; readonly names: readonly string[] }
  | { readonly kind: 'store'; readonly names: readonly string[] }
  | { readonly kind: 'frame'; readonly events: readonly FrameEvent['kind'][]; readonly of: 'personal' | 'any' }
  | { readonly kind: 'handler' }
  | { readonly kind: 'statement'; readonly statements: readonly ('try' | 'assert')[] }
  | { readonly kind: 'split'; readonly events: readonly SplitEvent['kind'][] }
  | { readonly kind: 'text' }
  | { readonly kind: 'output' }
  | { readonly kind: 'entry'; readonly formats: readonly FormatId[] | 'any'; readonly path: readonly string[] }
  | { readonly kind: 'container' }
  | { readonly kind: 'instruction'; readonly keywords: readonly string[] }
  | { readonly kind: 'dockerfile' }
  | { readonly kind: 'requirement' }
  | { readonly kind: 'command'; readonly names: readonly string[] }
  | { readonly kind: 'ignore' };

/** A function that a web or serving framework, or a user interface, calls with what a client sent. */
export interface HandlerFact {
  readonly kind: 'handler';
  readonly function: FunctionStatement;
  /** The decorator that makes it one, with its resolved name (`fastapi.FastAPI().post()`); undefined for callbacks of interfaces. */
  readonly decorator: { readonly name: string; readonly expression: Expression } | undefined;
  /** What its `return` statements give. */
  readonly returned: readonly Expression[];
  /** The function's name. */
  readonly nameRange: Range;
}

/** A statement of a kind a rule asks for. */
export interface StatementFact {
  readonly kind: 'statement';
  readonly statement: TryStatement | AssertStatement;
  /** Index of the scope it stands in. */
  readonly scope: number;
  /** The function around it, or the whole module. */
  readonly around: Range;
}

/** `environ["X"] = value` and the like: a subscript or attribute with a known name that is assigned. */
export interface StoreFact {
  readonly kind: 'store';
  /** Resolved name of what is assigned, e.g. `os.environ[]`. */
  readonly name: string;
  /** The string key of a subscript. */
  readonly key: string | undefined;
  readonly target: Range;
  readonly value: Expression;
  readonly range: Range;
  readonly scope: number;
  readonly statement: Range;
}

/** Every text a secret may hide in: string literals, config scalars, Dockerfile words, notebook sources. */
export interface TextFact {
  readonly kind: 'text';
  readonly text: string;
  /** Range of `text` in the document; offsets inside run in step unless `escaped`. */
  readonly range: Range;
  /** True when escapes or line folding keep offsets from running in step: report `range` as a whole. */
  readonly escaped: boolean;
  /** Name the text is given to: variable, keyword, key, environment variable; undefined when there is none. */
  readonly name: string | undefined;
}

/** One text output of a notebook cell. */
export interface OutputFact {
  readonly kind: 'output';
  readonly cell: number;
  readonly text: string;
  readonly mime: string;
  /** Last line of the cell's source, where editors show the finding. */
  readonly range: Range;
  /** Turns an offset range of `text` into a range of the raw file; undefined when there is no file. */
  readonly raw: (range: Range) => Range | undefined;
}

/** A command line found anywhere: notebook, Dockerfile, compose, Kubernetes, DVC, MLproject, workflow. */
export interface CommandFact {
  readonly kind: 'command';
  readonly command: ShellCommand;
  readonly origin: 'notebook' | 'dockerfile' | 'config' | 'python';
  readonly range: Range;
}

/** The text of calls, by dotted name. `*` stands for one path segment, `**` for any number: `transformers.*.from_pretrained`. */
export const python = {
  calls: (...names: string[]): Query<CallFact> => ({ kind: 'call', names }),
  /** Calls with one of these keyword arguments, whatever is called; `name` is the callee or `?`. */
  callsWithKeyword: (...names: string[]): Query<CallFact> => ({ kind: 'keyword', names }),
  /** The function named without being called. */
  references: (...names: string[]): Query<ReferenceFact> => ({ kind: 'reference', names }),
  /** Assignments to a resolved name: `os.environ[]`, `torch.load`. */
  stores: (...names: string[]): Query<StoreFact> => ({ kind: 'store', names }),
  /** Functions that answer requests. */
  handlers: (): Query<HandlerFact> => ({ kind: 'handler' }),
  /** `try` and `assert` statements. */
  statements: (...statements: ('try' | 'assert')[]): Query<StatementFact> => ({ kind: 'statement', statements }),
  /** What happens to data frames that hold personal columns: writes, logging, fitting. */
  frames: (...events: FrameEvent['kind'][]): Query<FrameEvent> => ({ kind: 'frame', events, of: 'personal' }),
  /** Trainings of models on any data. */
  trainings: (): Query<FrameEvent> => ({ kind: 'frame', events: ['fit'], of: 'any' }),
  /** Mistakes in the order of splitting, fitting and judging. */
  splits: (...events: SplitEvent['kind'][]): Query<SplitEvent> => ({ kind: 'split', events }),
};

export const texts = { any: (): Query<TextFact> => ({ kind: 'text' }) };

export const notebook = { outputs: (): Query<OutputFact> => ({ kind: 'output' }) };

export const config = {
  /** Entries of a format by path; `*` is any key or index, `**` any depth. `'any'` for every config document. */
  entries: (formats: readonly FormatId[] | 'any', path: string): Query<ConfigEntry> => ({
    kind: 'entry',
    formats,
    path: path === '' ? [] : path.split('.'),
  }),
};

/** Containers of compose files, Kubernetes resources of any kind and Kubeflow pipelines. */
export const containers = { all: (): Query<ContainerFact> => ({ kind: 'container' }) };

export const dockerfile = {
  instructions: (...keywords: string[]): Query<DockerInstruction> => ({ kind: 'instruction', keywords }),
  file: (): Query<DockerfileFacts> => ({ kind: 'dockerfile' }),
};

export const requirements = { all: (): Query<Requirement> => ({ kind: 'requirement' }) };

export const commands = { named: (...names: string[]): Query<CommandFact> => ({ kind: 'command', names }) };

export const ignores = { all: (): Query<IgnoreFact> => ({ kind: 'ignore' }) };
