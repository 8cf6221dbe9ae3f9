import type { Language } from '../base/language.js';
import type { CheckProblem } from '../engine/finding.js';
import type { EffectiveConfig } from '../workspace/config.js';
import type { FileSystem } from '../workspace/file-system.js';
import type { WorkspaceModel } from '../workspace/model.js';
import type { SourceDocument } from '../workspace/source-document.js';

/** What the server asks of a workspace folder's model. */
export interface WorkspacePort extends WorkspaceModel {
  listFiles(under?: string): {
    readonly files: readonly { readonly path: string; readonly language: Language }[];
    readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  };
  configFor(path: string): { readonly config: EffectiveConfig; readonly problems: readonly CheckProblem[] };
  whySkipped(path: string): string | undefined;
  overlay(path: string, text: string | undefined): boolean;
  invalidate(path: string): boolean;
  source(path: string): SourceDocument | { readonly skipped: string };
}

export interface WorkspaceSettings {
  /** Weaker than the configuration in the repository. */
  readonly editorSettings: Partial<EffectiveConfig>;
  /** False: what the repository says may add checks, not take them away. */
  readonly trusted: boolean;
}

/** Opens the model of a folder. */
export type OpenWorkspace = (files: FileSystem, settings: WorkspaceSettings) => WorkspacePort;

/** A file system without files: for documents that belong to no folder. */
export const NO_FILES: FileSystem = {
  list: () => undefined,
  size: () => undefined,
  read: () => ({ unreadable: 'missing' }),
};
