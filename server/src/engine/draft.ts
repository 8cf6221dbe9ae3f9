import type { Place } from '../base/place.js';
import type { Range, TextEdit } from '../base/range.js';
import type { Confidence, Severity } from '../base/severity.js';
import type { Report } from './context.js';
import type { EnabledRule } from './enabled-rules.js';
import type { FileEdit, Fix, FixSafety } from './finding.js';
import { fillMessage, type Target } from './message.js';

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
    return this.#offer(title, safety, [{ path: this.#path, edits }], reason);
  }

  fixFiles(title: string, files: readonly FileEdit[], reason: string): Report {
    return this.#offer(title, 'review', files, reason);
  }

  #offer(title: string, safety: FixSafety, files: readonly FileEdit[], reason: string | undefined): Report {
    const used = files.filter((file) => file.edits.length > 0);
    if (!this.#fixable || used.length === 0) return this;
    if (safety === 'safe' && this.fixes.some((fix) => fix.safety === 'safe')) return this;
    const fix: Fix = {
      title: safety === 'safe' ? title : `${title} (review: ${reason ?? 'changes behaviour'})`,
      safety,
      files: used,
    };
    if (safety === 'safe') this.fixes.unshift(fix);
    else this.fixes.push(fix);
    return this;
  }
}
