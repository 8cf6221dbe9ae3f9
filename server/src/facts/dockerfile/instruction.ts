import type { Range } from '../../base/range.js';

/** A word or a whole argument with its place in the file. */
export interface DockerWord {
  readonly text: string;
  readonly range: Range;
}

/** One Dockerfile instruction. */
export interface DockerInstruction {
  /** Upper case: `FROM`, `RUN`, … */
  readonly keyword: string;
  readonly range: Range;
  readonly keywordRange: Range;
  /** Flags such as `--platform=…`, `--mount=…` without the dashes. */
  readonly flags: readonly { readonly name: string; readonly value: string; readonly range: Range }[];
  /** Words after the flags; for the JSON (exec) form the decoded elements. */
  readonly words: readonly DockerWord[];
  /** The arguments as one string with line continuations joined by a space, and their range. */
  readonly argument: string;
  readonly argumentRange: Range;
  readonly execForm: boolean;
  /** 0-based index of the build stage; -1 before the first FROM. */
  readonly stage: number;
}

export interface DockerStage {
  readonly index: number;
  readonly name: string | undefined;
  readonly from: DockerInstruction;
  /** Image reference as written, `ARG` defaults substituted where known. */
  readonly image: string;
  readonly imageRange: Range;
  /** Set when the image is the name of an earlier stage. */
  readonly baseStage: number | undefined;
  /** True when the reference holds a variable without a known default. */
  readonly variable: boolean;
}

export interface DockerfileFacts {
  readonly instructions: readonly DockerInstruction[];
  readonly stages: readonly DockerStage[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}
