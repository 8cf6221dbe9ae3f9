import type {
  ReportingConfiguration,
  ReportingDescriptor,
  ReportingDescriptorRelationship,
  ToolComponent,
} from 'sarif';
import { ruleUrl } from '../../base/links.js';
import type { Confidence, Severity } from '../../base/severity.js';
import type { RegisteredRule, RuleSet } from '../../engine/rule-set.js';
import { ruleHelp, ruleHelpText } from '../rule-page.js';

const LEVELS: Readonly<Record<Severity, NonNullable<ReportingConfiguration['level']>>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** Scores that GitHub groups by: high from 7.0, medium from 4.0 (https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  error: '8.0',
  warning: '5.5',
  info: '3.0',
  hint: '1.0',
};

const PRECISION: Readonly<Record<Confidence, string>> = { high: 'very-high', medium: 'high', low: 'medium' };

export function sarifLevel(severity: Severity): NonNullable<ReportingConfiguration['level']> {
  return LEVELS[severity];
}

/** The rule set as reporting descriptors, in its order. */
export function ruleDescriptors(rules: RuleSet): ReportingDescriptor[] {
  return rules.map((registered) => descriptor(registered));
}

function descriptor(registered: RegisteredRule): ReportingDescriptor {
  const { id, family, rule } = registered;
  const cwes = rule.references.filter((reference) => reference.startsWith('CWE-'));
  const relationships = cwes.map(relationship);
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    help: { text: ruleHelpText(registered), markdown: ruleHelp(registered) },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: sarifLevel(rule.severity) },
    ...(relationships.length === 0 ? {} : { relationships }),
    properties: {
      tags: [
        'security',
        'machine-learning',
        family,
        ...rule.stages,
        ...cwes.map((cwe) => `external/cwe/${cwe.toLowerCase()}`),
      ],
      precision: PRECISION[rule.confidence],
      'security-severity': SECURITY_SEVERITY[rule.severity],
    },
  };
}

function relationship(cwe: string): ReportingDescriptorRelationship {
  return { target: { id: cwe, toolComponent: { name: 'CWE', index: 0 } }, kinds: ['superset'] };
}

/** The CWE entries that rules name, as a taxonomy. */
export function cweTaxonomy(rules: RuleSet): ToolComponent {
  const ids = new Set(rules.flatMap(({ rule }) => rule.references.filter((reference) => /^CWE-\d+$/.test(reference))));
  const number = (id: string) => Number(id.slice(4));
  return {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/',
    shortDescription: { text: 'Common Weakness Enumeration' },
    taxa: [...ids]
      .sort((a, b) => number(a) - number(b))
      .map((id) => ({ id, helpUri: `https://cwe.mitre.org/data/definitions/${number(id)}.html` })),
  };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
