import {
  commandsOf,
  type DockerfileFacts,
  installCommand,
  type PackageList,
  type RuleContext,
} from '../engine/index.js';
import { buildContextOf, copiedSources, isCopied } from './_build-context.js';

/** Programs that answer requests, and scripts named after what they do. */
const SERVES =
  /\b(?:uvicorn|gunicorn|hypercorn|granian|waitress-serve|fastapi run|flask run|streamlit run|mlflow models serve|bentoml serve|mlserver start|serve run|torchserve)\b|\b(?:serve|server|serving|app|api|predict|predictor|inference|scoring|score)\.py\b|-m \S*\b(?:serve|serving|server|api|inference|predictor)(?=\s|$)/;

/** Libraries that load models, each of which reads only what its own releases wrote, or reads it differently. */
export const MODEL_LIBRARIES: ReadonlySet<string> = new Set([
  ...['scikit-learn', 'torch', 'tensorflow', 'keras', 'xgboost', 'lightgbm', 'catboost', 'transformers'],
  ...['sentence-transformers', 'onnxruntime', 'mlflow', 'joblib', 'skops', 'bentoml', 'diffusers', 'spacy', 'fastai'],
]);

/** True when what the image starts answers requests: its last `CMD` and `ENTRYPOINT`. */
export function serves({ instructions, stages }: DockerfileFacts): boolean {
  const last = stages.length - 1;
  const started = instructions.filter(
    ({ keyword, stage }) => stage === last && (keyword === 'CMD' || keyword === 'ENTRYPOINT'),
  );
  const words = started.slice(-2).flatMap((one) => one.words.map(({ text }) => text));
  return SERVES.test(words.join(' '));
}

/** A list that an image installs, where it is installed. */
export interface InstalledList {
  readonly list: PackageList;
  /** The option of the command. */
  readonly range: { readonly start: number; readonly end: number };
}

/**
 * Lists of packages that a Dockerfile copies and installs with `-r`; without those whose versions a constraint, a lock or hashes fix,
 * and those of which several files may be meant. O(files of the build context).
 */
export function installedLists(
  facts: DockerfileFacts,
  context: Pick<RuleContext<never>, 'path' | 'text' | 'workspace'>,
): readonly InstalledList[] {
  const options = facts.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap((run) => commandsOf(run, context.text))
    .flatMap((command) => {
      const all = installCommand(command)?.options ?? [];
      return all.some(({ name }) => /^--(?:constraint|require-hashes|no-index)$/.test(name)) ? [] : all;
    })
    .filter(({ name, value }) => name === '--requirement' && !/[$*]|:\/\//.test(value));
  if (options.length === 0) return [];
  const folder = buildContextOf(facts, context);
  if (folder === undefined) return [];
  const sources = facts.instructions.flatMap(copiedSources);
  const copied = context.workspace
    .sentToBuild(folder, context.path)
    .filter((file) => sources.some((source) => isCopied(file, source, folder)));
  const lists = context.workspace.packageLists();
  return options.flatMap(({ value, range }) => {
    const name = value.slice(value.lastIndexOf('/') + 1);
    const named = copied.filter((file) => file === name || file.endsWith(`/${name}`));
    // With the whole folder copied the written path is that of the folder.
    const exact = named.filter((file) => file === (folder === '' ? '' : `${folder}/`) + value.replace(/^\.\//, ''));
    const [file, ...others] = exact.length === 1 ? exact : named;
    const list = others.length > 0 ? undefined : lists.find(({ path }) => path === file);
    return list === undefined ? [] : [{ list, range }];
  });
}

/** A list with those it includes. */
export function withIncludes(list: PackageList, all: readonly PackageList[]): readonly PackageList[] {
  const found = new Set([list]);
  for (const one of found) {
    for (const path of one.includes) {
      const included = all.find((other) => other.path === path);
      if (included !== undefined) found.add(included);
    }
  }
  return [...found];
}
