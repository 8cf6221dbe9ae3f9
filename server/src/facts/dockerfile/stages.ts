import type { DockerInstruction, DockerStage } from './instruction.js';

const VARIABLE = /\$(?:\{([A-Za-z_]\w*)(?::([-+])([^}]*))?\}|([A-Za-z_]\w*))/g;
const MAX_VALUE = 2048;

/**
 * Build stages with the defaults of the `ARG`s in front of the first `FROM` put in, the only ones that count there.
 *
 * https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
 */
export function readStages(instructions: readonly DockerInstruction[]): DockerStage[] {
  const defaults = new Map<string, string | undefined>();
  const names = new Map<string, number>();
  const stages: DockerStage[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'ARG' && instruction.stage < 0) {
      for (const { text } of instruction.words) {
        const equals = text.indexOf('=');
        if (equals > 0) defaults.set(text.slice(0, equals), known(substitute(text.slice(equals + 1), defaults)));
        else if (!defaults.has(text)) defaults.set(text, undefined);
      }
    }
    if (instruction.keyword !== 'FROM') continue;
    const stage = readStage(instruction, defaults, names, stages.length);
    stages.push(stage);
    if (stage.name !== undefined) names.set(stage.name.toLowerCase(), stage.index);
  }
  return stages;
}

function readStage(
  from: DockerInstruction,
  defaults: ReadonlyMap<string, string | undefined>,
  names: ReadonlyMap<string, number>,
  index: number,
): DockerStage {
  const [reference, as, name] = from.words;
  const image = substitute(reference?.text ?? '', defaults);
  return {
    index,
    name: as?.text.toLowerCase() === 'as' ? name?.text : undefined,
    from,
    image: image.text,
    imageRange: reference?.range ?? { start: from.keywordRange.end, end: from.keywordRange.end },
    baseStage: names.get(image.text.toLowerCase()),
    variable: image.variable,
  };
}

function known(value: { text: string; variable: boolean }): string | undefined {
  return value.variable || value.text.length > MAX_VALUE ? undefined : value.text;
}

function substitute(
  text: string,
  defaults: ReadonlyMap<string, string | undefined>,
): { text: string; variable: boolean } {
  let variable = false;
  const replaced = text.replace(
    VARIABLE,
    (whole, braced: string | undefined, mode: string | undefined, word: string, plain: string) => {
      const value = defaults.get(braced ?? plain);
      if (mode === '-') return value === undefined || value === '' ? word : value;
      if (mode === '+') return value === undefined || value === '' ? '' : word;
      if (value !== undefined) return value;
      variable = true;
      return whole;
    },
  );
  return { text: replaced, variable };
}
