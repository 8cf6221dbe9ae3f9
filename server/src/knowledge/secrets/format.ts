import { isPlaceholder } from './placeholder.js';
import { entropy, looksLikeWords } from './randomness.js';

export type SecretFamily =
  | 'hugging-face'
  | 'aws'
  | 'google'
  | 'azure'
  | 'llm'
  | 'tracking'
  | 'code-host'
  | 'package-index'
  | 'messaging'
  | 'payment'
  | 'infrastructure'
  | 'private-key';

/** One kind of credential with a shape of its own. */
export interface SecretFormat {
  readonly id: string;
  readonly family: SecretFamily;
  /** Who issues it. */
  readonly provider: string;
  /** Words for messages: "Hugging Face access token". */
  readonly title: string;
  /** Public beginning, safe to show; empty when every character is secret. */
  readonly prefix: string;
  /** The shape alone says nothing: it counts only behind a name such as `WANDB_API_KEY =`. */
  readonly needsContext: boolean;
  /**
   * Literal texts to look for. Without context they are in the secret, `anchorOffset` characters behind its start, with their
   * case; with context they are the name in front of it, in lower case, any case in the text.
   */
  readonly anchors: readonly string[];
  readonly anchorOffset: number;
  /** With context: what may stand between the name and the secret. Sticky. */
  readonly bridge?: RegExp;
  /** The whole secret. Sticky, bounded repetitions only. */
  readonly pattern: RegExp;
  /** Checks on a match of `pattern`: checksum, entropy, placeholders. */
  readonly isValid: (value: string) => boolean;
}

interface Shape {
  readonly family: SecretFamily;
  readonly provider: string;
  readonly title: string;
  /** Beginning that is matched literally and shown. */
  readonly prefix: string;
  /** Source of the expression behind the prefix. */
  readonly body: string;
  /** Characters that must not follow; default: word characters. */
  readonly stop?: string;
  /** Least entropy of the body in bits per character. */
  readonly bits: number;
  /** The alphabet mixes cases, so that readable words are no secret. */
  readonly mixed?: boolean;
  readonly check?: (body: string) => boolean;
}

export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Entropy at least `bits` per character, no placeholder and, for mixed-case alphabets, no words. */
export function isRandomBody(body: string, bits: number, mixed: boolean): boolean {
  return !isPlaceholder(body) && entropy(body) >= bits && !(mixed && looksLikeWords(body));
}

/** A format with a public prefix. */
export function prefixed(id: string, shape: Shape): SecretFormat {
  const { family, provider, title, prefix, bits, mixed = false, check } = shape;
  return {
    id,
    family,
    provider,
    title,
    prefix,
    needsContext: false,
    anchors: [prefix],
    anchorOffset: 0,
    pattern: new RegExp(`${escapeRegExp(prefix)}${shape.body}(?![${shape.stop ?? 'A-Za-z0-9_'}])`, 'y'),
    isValid: (value) => {
      const body = value.slice(prefix.length);
      return isRandomBody(body, bits, mixed) && (check?.(body) ?? true);
    },
  };
}

/** `"name": "`, `name="`, `name = `, `['name'] = '`, `--name `, with the quotes of a JSON-escaped notebook. */
const assignment = /["'`\\\])]{0,6}[ \t]{0,8}(?:=>|:=|=|:|,|[ \t])[ \t]{0,8}\\?["'`]?/y;

interface Named {
  readonly family: SecretFamily;
  readonly provider: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly body: string;
  readonly stop: string;
  readonly bits: number;
  readonly bridge?: RegExp;
}

/** A format without a shape of its own, recognised behind one of its names. */
export function named(id: string, shape: Named): SecretFormat {
  const { family, provider, title, names, bits } = shape;
  return {
    id,
    family,
    provider,
    title,
    prefix: '',
    needsContext: true,
    anchors: names,
    anchorOffset: 0,
    bridge: shape.bridge ?? assignment,
    pattern: new RegExp(`${shape.body}(?![${shape.stop}])`, 'y'),
    isValid: (value) => isRandomBody(value, bits, false),
  };
}
