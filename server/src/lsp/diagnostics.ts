import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver';
import { ruleUrl } from '../base/links.js';
import type { Place } from '../base/place.js';
import type { CheckProblem, Finding } from '../engine/finding.js';
import type { Abilities } from './abilities.js';
import { type Checked, partOf } from './checked.js';
import { type DiagnosticData, SOURCE, shownRange, toSeverity } from './convert.js';

/** More places than this make a list nobody reads. */
const RELATED = 4;

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** The document that shows a place; undefined when it has no address. */
export function addressOfPlace(checked: Checked, place: Place): string | undefined {
  if (place.path !== checked.path) return checked.folder.addressOf(place.path);
  return partOf(checked, { place })?.uri ?? checked.uri;
}

function inCell(checked: Checked, place: Place): boolean {
  return place.path === checked.path && checked.parts.some((part) => part.cell === place.cell?.index);
}

function relatedOf(checked: Checked, finding: Finding): DiagnosticRelatedInformation[] {
  return finding.related.slice(0, RELATED).flatMap(({ place, message }) => {
    const uri = addressOfPlace(checked, place);
    return uri === undefined ? [] : [{ location: { uri, range: shownRange(place, inCell(checked, place)) }, message }];
  });
}

/** A finding as the client shows it. */
export function toDiagnostic(checked: Checked, finding: Finding, abilities: Abilities): Diagnostic {
  const tag = finding.tag === undefined ? undefined : TAGS[finding.tag];
  const related = abilities.relatedInformation ? relatedOf(checked, finding) : [];
  const data: DiagnosticData = {
    v: 1,
    fp: finding.fingerprint,
    rule: finding.ruleId,
    fixes: finding.fixes.slice(0, 8).map(({ safety }) => ({ safety })),
  };
  return {
    range: shownRange(finding.place, inCell(checked, finding.place)),
    severity: toSeverity(finding.severity),
    code: finding.ruleId,
    ...(abilities.codeDescription ? { codeDescription: { href: ruleUrl(finding.ruleId) } } : {}),
    source: SOURCE,
    message: finding.message,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(tag === undefined || !abilities.diagnosticTags.includes(tag) ? {} : { tags: [tag] }),
    data,
  };
}

const PROBLEMS = {
  internal: { code: 'internal-error', severity: DiagnosticSeverity.Information },
  budget: { code: 'time-budget', severity: DiagnosticSeverity.Information },
  syntax: { code: 'read-in-part', severity: DiagnosticSeverity.Hint },
  config: { code: 'configuration', severity: DiagnosticSeverity.Warning },
} as const;

/** What kept a check from being complete, as the client shows it. */
export function problemDiagnostic(problem: CheckProblem, cell: boolean): Diagnostic {
  return {
    range: shownRange(problem.place, cell),
    ...PROBLEMS[problem.kind],
    source: SOURCE,
    message: problem.message,
  };
}

/** One of each kind and rule: a file full of syntax errors is read in part, once. */
function shownProblems(checked: Checked): CheckProblem[] {
  const seen = new Set<string>();
  return checked.result.problems.filter((problem) => {
    const key = `${problem.kind} ${problem.ruleId ?? ''}`;
    if (problem.place.path !== checked.path || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Diagnostics of each document that shows the result, those without any included. */
export function diagnosticsOf(checked: Checked, abilities: Abilities): ReadonlyMap<string, Diagnostic[]> {
  const lists = new Map<string, Diagnostic[]>(checked.parts.map((part) => [part.uri, []]));
  const add = (place: Place, diagnostic: Diagnostic) =>
    lists.get(partOf(checked, { place })?.uri ?? '')?.push(diagnostic);
  for (const finding of checked.result.findings) add(finding.place, toDiagnostic(checked, finding, abilities));
  for (const problem of shownProblems(checked)) {
    add(problem.place, problemDiagnostic(problem, inCell(checked, problem.place)));
  }
  return lists;
}
