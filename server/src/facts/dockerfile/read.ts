import type { Range } from '../../base/range.js';
import { parseDockerfile, type RawInstruction } from '../../syntax/dockerfile/parse.js';
import { parseJson } from '../../syntax/json/parse.js';
import type { DockerfileFacts, DockerInstruction, DockerWord } from './instruction.js';
import { readStages } from './stages.js';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const FLAG = /^--([A-Za-z][\w-]*)(?:=(.*))?$/s;
const EXEC_KEYWORDS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'COPY', 'ADD', 'VOLUME']);

/** Instructions and build stages of a Dockerfile. Never throws; O(n). */
export function dockerfileFacts(text: string): DockerfileFacts {
  const instructions: DockerInstruction[] = [];
  const errors: { range: Range; message: string }[] = [];
  let stage = -1;
  for (const raw of parseDockerfile(text)) {
    if (raw.keyword === 'FROM') stage++;
    if (!KEYWORDS.has(raw.keyword) && errors.length < 100) {
      errors.push({ range: raw.keywordRange, message: `Unknown instruction ${raw.keyword.slice(0, 40)}` });
    }
    const instruction = readInstruction(text, raw, stage);
    if (raw.keyword === 'FROM' && instruction.words.length === 0 && errors.length < 100) {
      errors.push({ range: raw.keywordRange, message: 'FROM names no image' });
    }
    instructions.push(instruction);
  }
  return { instructions, stages: readStages(instructions), errors };
}

function readInstruction(text: string, raw: RawInstruction, stage: number): DockerInstruction {
  const all = splitWords(raw.flat, raw.argumentStart);
  const flags: { name: string; value: string; range: Range }[] = [];
  for (const word of all) {
    const flag = FLAG.exec(word.text);
    if (flag === null) break;
    flags.push({ name: flag[1]!, value: flag[2] ?? '', range: word.range });
  }
  const shellWords = all.slice(flags.length);
  const from = shellWords[0]?.range.start ?? raw.argumentEnd;
  const exec = EXEC_KEYWORDS.has(raw.keyword) ? execWords(raw, from) : undefined;
  const body = raw.heredocs.length === 0 ? '' : text.slice(raw.argumentEnd, raw.range.end);
  return {
    keyword: raw.keyword,
    range: raw.range,
    keywordRange: raw.keywordRange,
    flags,
    words: exec ?? shellWords,
    argument:
      raw.flat.replace(/[ \t\r\n]{2,}/g, (run, at: number) => collapse(text, raw.argumentStart + at, run)) + body,
    argumentRange: { start: raw.argumentStart, end: Math.max(raw.argumentStart, raw.range.end) },
    execForm: exec !== undefined,
    stage,
  };
}

/** A run of blanks that held a line break in the file was a continuation: one space. Others stay as written. */
function collapse(text: string, at: number, run: string): string {
  return /[\r\n]/.test(text.slice(at, at + run.length)) ? ' ' : run;
}

/** Words at blanks, with quotes removed and the escape character left alone, as instructions other than RUN read them. */
function splitWords(flat: string, offset: number): DockerWord[] {
  const words: DockerWord[] = [];
  const word = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs;
  for (const match of flat.matchAll(word)) {
    const range = { start: offset + match.index, end: offset + match.index + match[0].length };
    words.push({ text: unquoted(match[0]), range });
  }
  return words;
}

function unquoted(word: string): string {
  if (!/["']/.test(word)) return word;
  return word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, double?: string, single?: string) =>
    double === undefined ? (single ?? '') : double.replace(/\\(["\\$])/g, '$1'),
  );
}

/** Elements of the JSON form `["a", "b"]`; undefined when the arguments are not a list of strings. */
function execWords(raw: RawInstruction, from: number): DockerWord[] | undefined {
  const source = raw.flat.slice(from - raw.argumentStart);
  if (!source.startsWith('[')) return undefined;
  const { root, errors } = parseJson(source);
  if (root?.kind !== 'array' || errors.length > 0 || root.end !== source.trimEnd().length) return undefined;
  if (root.children.some((child) => child.kind !== 'string')) return undefined;
  return root.children.map((child) => ({
    text: String(child.value),
    range: { start: from + child.start, end: from + child.end },
  }));
}
