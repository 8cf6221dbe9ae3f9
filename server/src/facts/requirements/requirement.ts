import type { Range } from '../../base/range.js';

/** A dependency declaration (PEP 508 or a pip line), wherever it was written. */
export interface Requirement {
  readonly kind: 'named' | 'url' | 'vcs' | 'path';
  /** PEP 503 normalised name (`scikit-learn`); undefined for a URL or path without `#egg=` or `name @`. */
  readonly name: string | undefined;
  readonly nameRange: Range | undefined;
  readonly extras: readonly string[];
  /** PEP 440 specifier set as written without spaces, e.g. `>=2.0,<3`; empty when there is none. Poetry's `^`/`~` are translated. */
  readonly specifier: string;
  /** From the first operator to the end of the last version; empty and behind the name and extras when there is none. */
  readonly specifierRange: Range;
  /** The one version of `==x` / `===x` without a wildcard. */
  readonly exact: string | undefined;
  readonly url: string | undefined;
  /** VCS only: the part after `@`. */
  readonly revision: string | undefined;
  readonly marker: string | undefined;
  readonly hashes: readonly string[];
  readonly editable: boolean;
  /** The declaration without comment and line break. */
  readonly range: Range;
  /** Where it stands: decides which rules apply. */
  readonly source: 'requirements' | 'constraints' | 'pyproject' | 'lock' | 'conda' | 'pip-install' | 'pipfile';
}

/** An option line of a requirements file: `-r base.txt`, `--index-url …`. */
export interface RequirementOption {
  readonly name: string;
  readonly value: string;
  readonly range: Range;
}

export interface RequirementsFacts {
  readonly requirements: readonly Requirement[];
  readonly options: readonly RequirementOption[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
  /** True when the file says it was written by a resolver (pip-compile, uv, poetry export). */
  readonly compiled: boolean;
}
