/** Everything Tidegate reads of a machine; the host implements it. Paths are workspace-relative with `/`, root is ``. */
export interface FileSystem {
  /** Names in a folder; undefined when it cannot be read. Symbolic links are reported as such and never followed. */
  list(path: string): readonly DirectoryEntry[] | undefined;
  /** Size in bytes; undefined when there is no such file. */
  size(path: string): number | undefined;
  /** Decoded text, or the reason why not. */
  read(path: string): FileText;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export type FileText =
  | { readonly text: string; readonly encoding: 'utf-8' | 'latin-1'; readonly bom: boolean }
  | { readonly unreadable: 'missing' | 'permission' | 'binary' | 'too-large' | 'not-a-file'; readonly detail?: string };
