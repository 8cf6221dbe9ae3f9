/**
 * Translates a Poetry constraint (`^1.2`, `~1.2`, `1.*`, `1.2`, `*`, comma lists, `||`) to a PEP 440 specifier set.
 * Alternatives (`||`) become their hull: the lower bounds of the first and the upper bounds of the last.
 *
 * https://python-poetry.org/docs/dependency-specification/
 */
export function fromPoetry(constraint: string): string {
  const alternatives = constraint.split('||').map((part) => conjunction(part, bareIsExact));
  const first = alternatives[0] ?? [];
  const last = alternatives.at(-1) ?? [];
  if (alternatives.length === 1) return first.join(',');
  const lower = first.map((clause) =>
    /^(?:>=?.*|==.*|~=.*)$/
      .exec(clause)?.[0]
      ?.replace(/^(?:==|~=)/, '>=')
      .replace(/\.\*$/, ''),
  );
  const upper = last.map((clause) => /^(?:<=?.*|==[^*]*)$/.exec(clause)?.[0]?.replace(/^==/, '<='));
  return [...lower, ...upper].filter((clause) => clause !== undefined).join(',');
}

/** Translates a version constraint of Pipfile or Pixi: PEP 440, where `*` means any and a bare version means exactly it. */
export function fromPlain(constraint: string): string {
  return conjunction(constraint, bareIsExact).join(',');
}

function bareIsExact(version: string): string[] {
  return [`==${version}`];
}

function conjunction(text: string, bare: (version: string) => string[]): string[] {
  return text
    .replace(/([<>=!~^])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((part) => part !== '' && part !== '*' && part !== 'and')
    .flatMap((part) => {
      if (part.startsWith('^')) return caret(part.slice(1));
      if (/^~[^=]/.test(part)) return tilde(part.slice(1));
      if (/^=[^=]/.test(part)) return [`==${part.slice(1)}`];
      return /^[<>=!~]/.test(part) ? [part] : bare(part);
    });
}

function caret(version: string): string[] {
  const numbers = releaseOf(version);
  if (numbers.length === 0) return [];
  const changed = numbers.findIndex((n) => n !== 0);
  const index = changed < 0 ? numbers.length - 1 : changed;
  return [`>=${version}`, `<${bumped(numbers, index)}`];
}

function tilde(version: string): string[] {
  const numbers = releaseOf(version);
  return numbers.length === 0 ? [] : [`>=${version}`, `<${bumped(numbers, numbers.length === 1 ? 0 : 1)}`];
}

function bumped(numbers: readonly number[], index: number): string {
  return [...numbers.slice(0, index), numbers[index]! + 1].join('.');
}

function releaseOf(version: string): number[] {
  const release = /^v?(\d{1,15}(?:\.\d{1,15}){0,20})/.exec(version);
  return release === null ? [] : release[1]!.split('.').map(Number);
}

/**
 * Translates the version part of a conda match specification. `=1.2` means any 1.2; with a build string or three numbers
 * and more, as `conda env export` writes them, it names one version.
 *
 * https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html#package-match-specifications
 */
export function fromConda(constraint: string): string {
  const text = constraint.trim();
  const pinned = /^(==|=)?\s*([^\s=<>!~,|]+)(?:(?:=|\s+)(\S+))?$/.exec(text);
  if (pinned === null) return conjunction(text.split('|')[0]!, bareIsExact).join(',');
  const version = pinned[2]!;
  if (version === '*') return '';
  if (version.endsWith('*')) return `==${version.replace(/\.?\*$/, '.*')}`;
  const single = pinned[1] === '=' && pinned[3] === undefined && version.split('.').length < 3;
  return single ? `==${version}.*` : `==${version}`;
}
