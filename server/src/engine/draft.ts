import type { Place } from '../base/place.js';
import type { Range, TextEdit } from '../base/range.js';
import type { Confidence, Severity } from '../base/severity.js';
import type { Report } from './context.js';
import type { EnabledRule } from './enabled-rules.js';
import type { FileEdit, Fix, FixSafety } from './finding.js';
import { fillMessage, type Target } from './message.js';
import { placeholderWords, readPlaceholders } from './placeholders.js';

/** A finding while its rule still describes it, in offsets of the analysis text. */
export class Draft implements Report {
  readonly rule: EnabledRule;
  readonly messageId: string;
  readonly message: string;
  readonly range: Range;
  level: Severity;
  sureness: Confidence;
  readonly places: { readonly place: Range | Place; readonly message: string }[] = [];
  readonly fixes: Fix[] = [];
  readonly #path: string;
  readonly #fixable: boolean;

  constructor(
    rule: EnabledRule,
    path: string,
    target: Target,
    messageId: string,
    values: Readonly<Record<string, string | number>> | undefined,
    fixable: boolean,
  ) {
    this.rule = rule;
    this.#path = path;
    this.#fixable = fixable;
    this.messageId = messageId;
    this.message = fillMessage(rule.rule.messages[messageId] ?? messageId, values);
    this.range =
      'range' in target
        ? { start: target.range.start, end: target.range.end }
        : { start: target.start, end: target.end };
    this.level = rule.rule.severity;
    this.sureness = rule.rule.confidence;
  }

  severity(severity: Severity): Report {
    this.level = severity;
    return this;
  }

  confidence(confidence: Confidence): Report {
    this.sureness = confidence;
    return this;
  }

  related(place: Range | Place, message: string): Report {
    this.places.push({ place, message });
    return this;
  }

  fix(title: string, safety: FixSafety, edits: readonly TextEdit[], reason?: string): Report {
    if (safety !== 'placeholder') return this.#offer(title, safety, [{ path: this.#path, edits }], reason);
    const read = edits.map(readPlaceholders);
    const words = read.flatMap(placeholderWords);
    if (words.length === 0) return this;
    return this.#offer(title, safety, [{ path: this.#path, edits: read }], reason ?? words.join(', '));
  }

  fixFiles(title: string, files: readonly FileEdit[], reason: string, confidential?: 'confidential'): Report {
    return this.#offer(title, 'review', files, reason, confidential);
  }

  #offer(
    title: string,
    safety: FixSafety,
    files: readonly FileEdit[],
    reason: string | undefined,
    confidential?: 'confidential',
  ): Report {
    const used = files.filter((file) => file.edits.length > 0);
    if (!this.#fixable || used.length === 0) return this;
    if (safety === 'safe' && this.fixes.some((fix) => fix.safety === 'safe')) return this;
    const fix: Fix = {
      title: titleOf(title, safety, reason),
      safety,
      files: used,
      ...(confidential === undefined ? {} : { confidential: true }),
    };
    if (safety === 'safe') this.fixes.unshift(fix);
    else this.fixes.push(fix);
    return this;
  }
}

function titleOf(title: string, safety: FixSafety, reason: string | undefined): string {
  if (safety === 'safe') return title;
  return safety === 'review' ? `${title} (review: ${reason ?? 'changes behaviour'})` : `${title} (fill in: ${reason})`;
}
