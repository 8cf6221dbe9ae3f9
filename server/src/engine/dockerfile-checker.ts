import type { DockerfileFacts } from '../facts/dockerfile/instruction.js';
import { commandsOf } from '../facts/dockerfile/shell.js';
import { packagesOfPipInstall } from '../facts/shell/install.js';
import type { CheckRun } from './check-run.js';
import type { TextFact } from './query.js';
import { checkCommands } from './shell-checker.js';

/** Runs the rules over a Dockerfile. Linear in its instructions. */
export function checkDockerfile(run: CheckRun, facts: DockerfileFacts): void {
  run.fixable = facts.errors.length === 0;
  for (const { rule } of run.index.of('dockerfile')) run.invoke(rule, facts);
  const texts = run.index.of('text').filter(({ rule }) => run.mayFire(rule));
  for (const instruction of facts.instructions) {
    for (const { rule, query } of run.index.of('instruction')) {
      if (query.keywords.includes(instruction.keyword)) run.invoke(rule, instruction);
    }
    for (const word of texts.length === 0 ? [] : instruction.words) {
      const name = /^(\w+)=/.exec(word.text)?.[1];
      const escaped = run.text.slice(word.range.start, word.range.end) !== word.text;
      const fact: TextFact = { kind: 'text', text: word.text, range: word.range, escaped, name };
      for (const { rule } of texts) run.invoke(rule, fact);
    }
    const commands = commandsOf(instruction, run.text);
    checkCommands(run, commands, 'dockerfile');
    if (!run.index.has('requirement')) continue;
    for (const requirement of commands.flatMap((command) => packagesOfPipInstall(command))) {
      for (const { rule } of run.index.of('requirement')) run.invoke(rule, requirement);
    }
  }
}
