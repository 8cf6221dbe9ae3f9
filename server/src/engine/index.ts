export type { ContainerFact, ContainerPort, ContainerVariable } from '../facts/config/containers.js';
export type { ConfigEntry } from '../facts/config/entry.js';
export { at, child, descendants, items, rootOf, text } from '../facts/config/entry.js';
export type { DockerfileFacts, DockerInstruction, DockerStage } from '../facts/dockerfile/instruction.js';
export { commandsOf } from '../facts/dockerfile/shell.js';
export { KUBERNETES_LIKE } from '../facts/formats/table.js';
export type { CallFact, ReferenceFact } from '../facts/python/call.js';
export type { Argument, Expression } from '../facts/python/expression.js';
export { argumentOf, passesUnknown } from '../facts/python/expression.js';
export type { FunctionStatement, Statement } from '../facts/python/statement.js';
export { writtenByResolver } from '../facts/requirements/file.js';
export type { Requirement } from '../facts/requirements/requirement.js';
export type { ShellCommand } from '../facts/shell/command.js';
export { type InstallCommand, installCommand } from '../facts/shell/install.js';
export type { TerraformFile, TerraformResource } from '../facts/terraform/resources.js';
export { blocks, isRepeated, refersTo, resourcesOf, siblingsOf } from '../facts/terraform/resources.js';
export type { FrameEvent } from '../semantics/frames/event.js';

export type { Origin, Sink, SourceKind, Tier } from '../semantics/origin.js';

export type { SplitEvent } from '../semantics/splits/event.js';

export type { Value } from '../semantics/value.js';
export type { ConfigFile } from '../workspace/config-neighbours.js';
export type { PackageList } from '../workspace/package-lists.js';
export { placeIn } from '../workspace/place-in.js';
export type { NewValue } from './config-edits.js';
export * as configEdit from './config-edits.js';
export type { PythonQuestions, Report, RuleContext } from './context.js';
export * as edit from './edits.js';
export * as hclEdit from './hcl-edits.js';
export type { IgnoredId, IgnoreFact } from './ignore.js';
export { placeholder } from './placeholders.js';
export type { CommandFact, HandlerFact, OutputFact, StatementFact, StoreFact, TextFact } from './query.js';
export { commands, config, containers, dockerfile, ignores, notebook, python, requirements, texts } from './query.js';
export { defineRule } from './rule.js';
export { programIndex } from './shell-checker.js';
export { MINIMUM_REASON } from './suppress.js';
