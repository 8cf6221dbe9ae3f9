import type { FileSystem, FileText } from './file-system.js';

/** Larger files are not even read to learn about dependencies, settings and exported names. */
const MAX_SIDE_FILE = 20 * 1024 * 1024;

/** Texts of files, those of open documents first. */
export class TextSource {
  readonly #files: FileSystem;
  readonly #overlays = new Map<string, string>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Sets or takes back the text of an open document; true when the text seen by others changed. */
  overlay(path: string, text: string | undefined): boolean {
    const before = this.#overlays.get(path);
    if (before === text) return false;
    if (text === undefined) this.#overlays.delete(path);
    else this.#overlays.set(path, text);
    return true;
  }

  isOpen(path: string): boolean {
    return this.#overlays.has(path);
  }

  read(path: string): FileText {
    const open = this.#overlays.get(path);
    return open === undefined ? this.#files.read(path) : { text: open, encoding: 'utf-8', bom: false };
  }

  /** Text of a file that is read besides the checked ones; undefined when it is missing, unreadable or huge. */
  sideText(path: string): string | undefined {
    const open = this.#overlays.get(path);
    if (open !== undefined) return open;
    if ((this.#files.size(path) ?? 0) > MAX_SIDE_FILE) return undefined;
    const file = this.#files.read(path);
    return 'text' in file ? file.text : undefined;
  }
}
