import { memoise } from '../../base/bounded-cache.js';
import * as guard from './guards.js';
import { normalizedName, splitWords } from './normalize.js';

/** What a table, class or variable name says about its rows. */
export interface ContainerKind {
  readonly person: boolean;
  readonly organisation: boolean;
  readonly reference: boolean;
  readonly health: boolean;
}

function read(name: string): ContainerKind {
  const { tokens } = normalizedName(name);
  const machinery = tokens.some((token) => guard.machineryWords.has(token));
  const plural = splitWords(name).tokens.some((word) => guard.personPlurals.has(word));
  const person = !machinery && (plural || tokens.some((token) => guard.personNouns.has(token)));
  return {
    person,
    organisation: !person && tokens.some((token) => guard.organisationTables.has(token)),
    reference: !person && tokens.some((token) => guard.referenceTables.has(token)),
    health: tokens.some((token) => guard.healthContainers.has(token)),
  };
}

const none: ContainerKind = { person: false, organisation: false, reference: false, health: false };
const cached = memoise(4096, read);

/** Reads the name of a container; no name says nothing. */
export function containerKind(name: string | undefined): ContainerKind {
  return name === undefined || name.length > 120 ? none : cached(name);
}
