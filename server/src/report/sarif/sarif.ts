import type { ArtifactChange, Fix, Invocation, Log, Notification, Result } from 'sarif';
import type { Finding } from '../../engine/finding.js';
import type { ReportError, ReportedFinding, ReportedFix, RunReport } from '../run-report.js';
import { artifact, location, region } from './locations.js';
import { cweTaxonomy, ruleDescriptors, sarifLevel } from './rules.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Kinds of notifications, the skipped files included. */
const NOTIFICATIONS: Readonly<Record<ReportError['kind'] | 'skipped', string>> = {
  internal: 'A rule failed on a file; the other rules went on',
  syntax: 'A file has syntax errors and was checked in part',
  budget: 'A file took longer than its time budget and was checked in part',
  config: 'A setting has no effect',
  file: 'A file could not be read or written',
  encoding: 'A file is not UTF-8 and was read as Latin-1',
  skipped: 'A file or folder was not checked',
};

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). Ends in a line break. */
export function sarifReport(report: RunReport): string {
  const indexes = new Map(report.rules.map((rule, index) => [rule.id, index]));
  const open = report.findings.map((reported) => openResult(reported, indexes));
  const suppressed = report.suppressed.map((finding) => suppressedResult(finding, indexes));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Tidegate',
            version: report.version,
            semanticVersion: report.version,
            informationUri: 'https://github.com/tidegate/tidegate',
            rules: ruleDescriptors(report.rules),
            notifications: Object.entries(NOTIFICATIONS).map(([id, text]) => ({ id, shortDescription: { text } })),
            supportedTaxonomies: [{ name: 'CWE', index: 0 }],
          },
        },
        taxonomies: [cweTaxonomy(report.rules)],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository' } } },
        invocations: [invocation(report)],
        results: [...open, ...suppressed],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function openResult({ finding, fixes }: ReportedFinding, indexes: ReadonlyMap<string, number>): Result {
  // A fix of SARIF holds changes, so those that are not shown are no fix there.
  const shown = fixes.filter(({ edits }) => edits.length > 0);
  return { ...result(finding, indexes), ...(shown.length === 0 ? {} : { fixes: shown.map(sarifFix) }) };
}

function suppressedResult(finding: Finding, indexes: ReadonlyMap<string, number>): Result {
  const { justification = '', directive = '' } = finding.suppression ?? {};
  const text = justification === '' ? directive : justification;
  return { ...result(finding, indexes), suppressions: [{ kind: 'inSource', status: 'accepted', justification: text }] };
}

function result(finding: Finding, indexes: ReadonlyMap<string, number>): Result {
  const ruleIndex = indexes.get(finding.ruleId);
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: sarifLevel(finding.severity),
    message: { text: finding.message },
    locations: [location(finding.place)],
    partialFingerprints: { 'tidegate/v1': finding.fingerprint },
    ...trail(finding),
    properties: { confidence: finding.confidence },
  };
}

/** The steps that led to a finding, once as a flow that ends at the finding and once as places to jump to. */
function trail(finding: Finding): Pick<Result, 'codeFlows' | 'relatedLocations'> {
  if (finding.related.length === 0) return {};
  const steps = finding.related.map(({ place, message }) => ({ location: location(place, message) }));
  const last = { location: location(finding.place, finding.message) };
  return {
    codeFlows: [{ threadFlows: [{ locations: [...steps, last] }] }],
    relatedLocations: finding.related.map(({ place, message }, id) => ({ id, ...location(place, message) })),
  };
}

function sarifFix({ title, edits }: ReportedFix): Fix {
  const changes = new Map<string, ArtifactChange>();
  for (const { path, start, end, newText } of edits) {
    const change = changes.get(path) ?? { artifactLocation: artifact(path), replacements: [] };
    changes.set(path, change);
    change.replacements.push({ deletedRegion: region(start, end), insertedContent: { text: newText } });
  }
  return { description: { text: title }, artifactChanges: [...changes.values()] };
}

function invocation(report: RunReport): Invocation {
  const { errors, files } = report;
  const skipped = files.skipped.map(
    ({ path, reason }): Notification => ({
      descriptor: { id: 'skipped' },
      level: 'note',
      message: { text: `Not checked: ${reason}` },
      locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    }),
  );
  return {
    executionSuccessful: !errors.some(({ kind }) => kind === 'internal' || kind === 'file'),
    toolConfigurationNotifications: errors.filter(({ kind }) => kind === 'config').map(notification),
    toolExecutionNotifications: [...errors.filter(({ kind }) => kind !== 'config').map(notification), ...skipped],
  };
}

function notification({ kind, message, path, place, ruleId }: ReportError): Notification {
  return {
    descriptor: { id: kind },
    level: kind === 'internal' || kind === 'file' ? 'error' : 'warning',
    message: { text: message },
    ...(ruleId === undefined ? {} : { associatedRule: { id: ruleId } }),
    locations: [place === undefined ? { physicalLocation: { artifactLocation: artifact(path) } } : location(place)],
  };
}
