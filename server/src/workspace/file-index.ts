/** With more files of a kind than this nobody is told about them: reading all of them would cost seconds. */
const MAX_FILES = 3_000;

/** A kind of file, and what one of them has to say. */
export interface IndexedKind<T> {
  /** By the path alone. */
  takes(path: string): boolean;
  /** What the file says; undefined when it has nothing to say. */
  read(path: string, text: string): T | undefined;
  /** False as long as files cannot be read, because their reader is not loaded; nothing is kept before. */
  ready?(): boolean;
}

/**
 * What the files of one kind say, wherever in the workspace they stand. Each is read once, at the first question, and again when it
 * changed. The first question costs the length of all files of the kind, the following ones nothing until the list of files changes.
 */
export class FileIndex<T> {
  readonly #list: () => readonly { readonly path: string }[];
  readonly #text: (path: string) => string | undefined;
  readonly #kind: IndexedKind<T>;
  readonly #byPath = new Map<string, { readonly said: T | undefined }>();
  #listed: readonly { readonly path: string }[] | undefined;
  #all: readonly T[] = [];

  /** `list`: the checked files; the same array as long as they are the same. */
  constructor(
    list: () => readonly { readonly path: string }[],
    text: (path: string) => string | undefined,
    kind: IndexedKind<T>,
  ) {
    this.#list = list;
    this.#text = text;
    this.#kind = kind;
  }

  /** What the files say, in the order of their paths. */
  all(): readonly T[] {
    if (this.#kind.ready?.() === false) return [];
    const listed = this.#list();
    if (listed !== this.#listed) {
      const paths = listed.map(({ path }) => path).filter((path) => this.#kind.takes(path));
      const said = paths.length > MAX_FILES ? [] : paths.map((path) => this.#of(path));
      this.#all = said.filter((one) => one !== undefined);
      this.#listed = listed;
    }
    return this.#all;
  }

  /** A file changed, appeared or vanished; true when somebody was told what it said, or would be told more now. */
  changed(path: string): boolean {
    if (this.#listed === undefined || !this.#kind.takes(path)) return false;
    const before = this.#byPath.get(path)?.said;
    this.#byPath.delete(path);
    const after = this.#of(path);
    this.#listed = before === undefined && after === undefined ? this.#listed : NOTHING_LISTED;
    return before !== undefined || after !== undefined;
  }

  clear(): void {
    this.#byPath.clear();
    this.#listed = undefined;
  }

  #of(path: string): T | undefined {
    let known = this.#byPath.get(path);
    if (known === undefined) {
      const text = this.#text(path);
      known = { said: text === undefined ? undefined : this.#kind.read(path, text) };
      this.#byPath.set(path, known);
    }
    return known.said;
  }
}

/** Makes the next question put the answers together again. */
const NOTHING_LISTED: readonly never[] = [];
