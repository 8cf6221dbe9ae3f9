/**
 * Names and types of everything that Tidegate's server and its clients say to each other beyond the Language Server
 * Protocol. Any LSP editor works without them; a client that knows them gets a status item, rule pages and checks on
 * demand. Plain data only: this module imports nothing and runs nothing.
 *
 * Positions follow LSP: zero-based lines, characters in UTF-16 code units, half-open ranges.
 */

/** A position as LSP defines it (zero-based line, UTF-16 character). */
export interface WirePosition {
  line: number;
  character: number;
}

/** A half-open range as LSP defines it. */
export interface WireRange {
  start: WirePosition;
  end: WirePosition;
}

/** A text edit as LSP defines it. */
export interface WireTextEdit {
  range: WireRange;
  newText: string;
}

/**
 * The subset of LSP's `WorkspaceEdit` that the server answers with: edits of text documents, each bound to the document
 * version it was computed for (`null`: the document is not open).
 */
export interface WireWorkspaceEdit {
  documentChanges: { textDocument: { uri: string; version: number | null }; edits: WireTextEdit[] }[];
}

/** The level of a finding, of a rule's default and of an override. */
export type SeverityName = 'error' | 'warning' | 'info' | 'hint';

// ---------------------------------------------------------------------------------------------------- initialisation

/** What a client may pass as LSP `initializationOptions`; every member is optional for other editors. */
export interface InitializationOptions {
  /** Whether the user trusts the workspace. Absent means trusted: only editors with that notion send it. */
  trusted?: boolean;
  /** Whether workspace edits may carry document versions (`documentChanges`). Absent: read from the capabilities. */
  documentVersionSupport?: boolean;
  /** Whether the client runs the commands of {@link Command}; without it the server offers no action that needs one. */
  clientCommands?: boolean;
}

// ------------------------------------------------------------------------------------------------------ notifications

/** Names of the notifications. */
export const Notification = {
  /** Server to client, {@link StatusParams}: what the server is doing, for a status item. */
  status: 'tidegate/status',
  /** Client to server, {@link TrustParams}: the user's trust in the workspace changed. */
  trust: 'tidegate/trust',
} as const;

/** The state shown to the user. `slow`: a document ran into its time budget; `disabled`: switched off by a setting. */
export type StatusState = 'starting' | 'ready' | 'busy' | 'slow' | 'error' | 'disabled';

/** Parameters of `tidegate/status`. */
export interface StatusParams {
  state: StatusState;
  /** One short sentence for the status item. */
  message: string;
  /** The document the state is about; absent when it is about the whole server. */
  uri?: string;
  filesChecked?: number;
  findings?: number;
  /** Path of the configuration file in effect, relative to its workspace folder. */
  config?: string;
  /** The profile in effect: essential, recommended or strict. */
  profile?: string;
  /** Duration of the last check in milliseconds. */
  ms?: number;
}

/** Parameters of `tidegate/trust`. */
export interface TrustParams {
  trusted: boolean;
}

// ----------------------------------------------------------------------------------------------------------- requests

/** Names of the requests, all from client to server. */
export const Request = {
  /** {@link ExplainParams} → {@link ExplainResult} or null for an unknown rule. */
  explain: 'tidegate/explain',
  /** No parameters → {@link RuleInfo}[], sorted by id. */
  rules: 'tidegate/rules',
  /** {@link CheckFileParams} → {@link CheckFileResult}. */
  checkFile: 'tidegate/checkFile',
  /** {@link CheckWorkspaceParams} → {@link CheckWorkspaceResult}; reports progress on its token and can be cancelled. */
  checkWorkspace: 'tidegate/checkWorkspace',
  /** No parameters → {@link ConfigTemplateResult}. */
  configTemplate: 'tidegate/configTemplate',
  /** {@link WhyParams} → {@link WhyResult}. */
  why: 'tidegate/why',
  /** {@link IgnoreEditParams} → {@link WireWorkspaceEdit} or null when the finding cannot be ignored in its file. */
  ignoreEdit: 'tidegate/ignoreEdit',
} as const;

/** Parameters of `tidegate/explain`. */
export interface ExplainParams {
  /** Rule id, for example `load-torch`. */
  rule: string;
}

/** Result of `tidegate/explain`. */
export interface ExplainResult {
  title: string;
  /** The whole page, its heading included. */
  markdown: string;
}

/** One row of `tidegate/rules`. */
export interface RuleInfo {
  id: string;
  summary: string;
  family: string;
  severity: SeverityName;
}

/** Parameters of `tidegate/checkFile`. */
export interface CheckFileParams {
  uri: string;
}

/** Result of `tidegate/checkFile`; the findings themselves are published as diagnostics. */
export interface CheckFileResult {
  findings: number;
}

/** Parameters of `tidegate/checkWorkspace`. */
export interface CheckWorkspaceParams {
  /** LSP work-done progress token. */
  workDoneToken?: string | number;
}

/** Result of `tidegate/checkWorkspace`; the findings themselves are published as diagnostics. */
export interface CheckWorkspaceResult {
  /** Files checked. */
  files: number;
  /** Files left out: too large, unreadable, excluded. */
  skipped: number;
  findings: number;
  /** Whether the user stopped the check: the numbers then tell what was done until that moment. */
  cancelled: boolean;
}

/** Result of `tidegate/configTemplate`. */
export interface ConfigTemplateResult {
  /** Text of a commented `tidegate.yaml`. */
  text: string;
}

/** Parameters of `tidegate/why`. */
export interface WhyParams {
  uri: string;
}

/** Result of `tidegate/why`. */
export interface WhyResult {
  checked: boolean;
  /** What the document is checked as with the evidence, or why it is not checked; one sentence a line, without full stops. */
  lines: string[];
}

/** What an ignore covers: the statement of the finding, or the whole file. */
export type IgnoreScope = 'statement' | 'file';

/** Parameters of `tidegate/ignoreEdit`. */
export interface IgnoreEditParams {
  /** The document, or the notebook cell's document. */
  uri: string;
  /** Version of the document the finding was computed for, where known. */
  version?: number;
  /** Rule id of the finding. */
  rule: string;
  /** Fingerprint of the finding, where known: identifies it when several findings of one rule share a range. */
  fingerprint?: string;
  range: WireRange;
  scope: IgnoreScope;
  /** The user's reason; at least {@link MINIMUM_REASON_LENGTH} characters after trimming. */
  reason: string;
}

/** An ignore without a reason of this length (in UTF-16 code units, trimmed) has no effect. */
export const MINIMUM_REASON_LENGTH = 10;

// ----------------------------------------------------------------------------------------------------------- commands

/** Ids of the commands that the client runs and that the server's code actions, lenses and hovers may name. */
export const Command = {
  checkFile: 'tidegate.checkFile',
  checkWorkspace: 'tidegate.checkWorkspace',
  /** Argument: {@link ExplainParams}, or none to ask the user. */
  explain: 'tidegate.explain',
  /** Argument: {@link IgnoreArguments}. */
  ignore: 'tidegate.ignore',
  createConfig: 'tidegate.createConfig',
  whyChecked: 'tidegate.whyChecked',
  restart: 'tidegate.restart',
  showLog: 'tidegate.showLog',
  showMenu: 'tidegate.showMenu',
} as const;

/** Argument of the command `tidegate.ignore`, as the server's code action carries it. */
export interface IgnoreArguments {
  uri: string;
  version?: number;
  /** The findings at the cursor; the client asks which one when there are several. */
  findings: IgnoreCandidate[];
  /** Absent: the client asks for the scope. */
  scope?: IgnoreScope;
}

/** A finding that can be ignored. */
export interface IgnoreCandidate {
  rule: string;
  fingerprint?: string;
  range: WireRange;
  message: string;
}
