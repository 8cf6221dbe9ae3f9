import type { Finding } from '../../engine/finding.js';
import { NotebookLayout } from '../../engine/notebook-layout.js';
import type { RuleSet } from '../../engine/rule-set.js';
import { redact, secretsIn } from '../../report/redact.js';
import type { Frame } from '../../report/run-report.js';
import type { CheckedFile } from './share.js';

/** Source lines for code frames, with the secrets of their file masked. Paths are relative to the root. */
export class Frames {
  readonly #files: ReadonlyMap<string, CheckedFile>;
  readonly #rules: RuleSet;
  readonly #sources = new Map<string, FileSource>();

  constructor(files: ReadonlyMap<string, CheckedFile>, rules: RuleSet) {
    this.#files = files;
    this.#rules = rules;
  }

  /** Lines around a finding; undefined when its file is not at hand. */
  of(path: string, finding: Finding): Frame | undefined {
    const source = this.#source(path);
    if (source === undefined) return undefined;
    const { cell, start, end } = finding.place;
    if (cell === undefined) return { lines: source.lines(), start, end };
    return { lines: source.cellLines(cell.index), start: cell.start, end: cell.end };
  }

  /** Masks the secrets that were found in a file in any text made from it. */
  hide(path: string, text: string): string {
    return redact(text, this.#source(path)?.secrets() ?? []);
  }

  #source(path: string): FileSource | undefined {
    const known = this.#sources.get(path);
    const file = this.#files.get(path);
    if (known !== undefined || file === undefined) return known;
    const source = new FileSource(file, this.#rules);
    this.#sources.set(path, source);
    return source;
  }
}

class FileSource {
  readonly #file: CheckedFile;
  readonly #rules: RuleSet;
  #layout: NotebookLayout | undefined;
  #lines: readonly string[] | undefined;
  #secrets: readonly string[] | undefined;

  constructor(file: CheckedFile, rules: RuleSet) {
    this.#file = file;
    this.#rules = rules;
  }

  lines(): readonly string[] {
    this.#lines ??= splitLines(redact(this.#file.document.text ?? '', this.secrets()));
    return this.#lines;
  }

  cellLines(index: number): readonly string[] {
    return splitLines(redact(this.#cellSource(index), this.secrets()));
  }

  secrets(): readonly string[] {
    const { document, result } = this.#file;
    const text = document.text ?? '';
    this.#secrets ??= secretsIn(
      [...result.findings, ...result.suppressed],
      this.#rules,
      ({ place: { range, cell } }) => {
        const raw = text.slice(range.start, range.end);
        if (cell === undefined) return [raw];
        const lines = splitLines(this.#cellSource(cell.index)).slice(cell.start.line, cell.end.line + 1);
        const last = lines.length - 1;
        return [
          raw,
          ...lines.map((line, i) =>
            line.slice(i === 0 ? cell.start.character : 0, i === last ? cell.end.character : undefined),
          ),
        ];
      },
    );
    return this.#secrets;
  }

  #cellSource(index: number): string {
    const { document } = this.#file;
    if (document.language !== 'notebook') return '';
    this.#layout ??= new NotebookLayout(document);
    return this.#layout.cells[index]?.source ?? '';
  }
}

function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
