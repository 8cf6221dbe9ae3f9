/** A finding somebody opened. `verdict` is `right` or `wrong`. */
export interface SampledFinding {
  readonly repository: string;
  readonly path: string;
  readonly line: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly verdict: string;
  readonly note: string;
}

export interface QualitySample {
  readonly seed: number;
  readonly repositories: readonly {
    readonly repository: string;
    readonly commit: string;
    /** Files checked, of every language. */
    readonly files: number;
    /** Findings in Python files and notebooks. */
    readonly findings: number;
    /** Those of level warning or error. */
    readonly serious: number;
    readonly fixable: number;
  }[];
  readonly rules: Readonly<Record<string, { findings: number; warnings: number; fixes: number }>>;
  /** By rule: files its queries match, and those with a finding above `hint`. */
  readonly rates?: Readonly<Record<string, { applies: number; found: number }>>;
  readonly findings: readonly SampledFinding[];
  /** Draws from the same repositories before what is in `changes` was changed. */
  readonly earlier?: readonly { readonly seed: number; readonly right: number; readonly of: number }[];
  /** What was changed because of the sample, one sentence each. */
  readonly changes: readonly string[];
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((1000 * part) / whole) / 10} %`;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Rows of the table about rules: what was found, and what was opened and wrong. */
function ruleRows({ rules, findings }: QualitySample): string[] {
  return Object.entries(rules).map(([rule, counts]) => {
    const opened = findings.filter((finding) => finding.rule === rule);
    const wrong = opened.filter(({ verdict }) => verdict === 'wrong').length;
    return `| \`${rule}\` | ${counts.findings} | ${counts.warnings} | ${counts.fixes} | ${opened.length} | ${wrong} |`;
  });
}

/** The part of a page about how often rules speak about the files they look at; nothing without figures. */
function ratePart({ rates = {} }: QualitySample): string[] {
  const rows = Object.entries(rates).filter(([, { found }]) => found > 0);
  if (rows.length === 0) return [];
  return [
    '## Base rates',
    '',
    'Files that the queries of a rule match, and the share of them with a finding above `hint`. A file matches when it is of a',
    'format that the rule names, or holds a container, an instruction, a command, a requirement or a text that it asks for.',
    '',
    '| Rule | Files it looks at | With a finding | Share |',
    '|---|---:|---:|---:|',
    ...rows
      .sort(([, a], [, b]) => b.found / b.applies - a.found / a.applies)
      .map(([rule, { applies, found }]) => `| \`${rule}\` | ${applies} | ${found} | ${percent(found, applies)} |`),
    '',
  ];
}

/** Draws before repairs tell more about other repositories than the last one. */
function earlierPart({ earlier = [] }: QualitySample): string[] {
  if (earlier.length === 0) return [];
  const draws = earlier.map(({ seed, right, of }) => `${percent(right, of)} (${right} of ${of}, seed ${seed})`);
  return [
    `Draws before the repairs that they led to: ${draws.join(', then ')}. Repairs for these repositories help here more than`,
    'elsewhere: the first figure is the one to expect of a repository that nobody tried.',
    '',
  ];
}

/** What a sample is drawn from. */
export interface QualitySubject {
  readonly title: string;
  /** The files the findings are in, for a sentence. */
  readonly files: string;
  /** Name of the list beside the page. */
  readonly list: string;
  readonly opened: string;
}

/** The page about a sample of findings that were opened and judged. */
export function qualityPage(sample: QualitySample, subject: QualitySubject): string {
  const { repositories, findings } = sample;
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong');
  const serious = repositories.reduce((sum, repository) => sum + repository.serious, 0);
  const fixable = repositories.reduce((sum, repository) => sum + repository.fixable, 0);
  const lines = [
    `# Findings in ${subject.title}, opened and judged`,
    '',
    `${findings.length} findings of level warning or error, drawn at random (seed ${sample.seed}) from the ${serious} that the default profile`,
    `reports in the ${subject.files} of ${repositories.length} public repositories, were opened and judged: is what the message`,
    'says true, and would its owner want to know?',
    '',
    `**${percent(findings.length - wrong.length, findings.length)} right** (${findings.length - wrong.length} of ${findings.length}). ` +
      `**${percent(fixable, serious)} of the findings carry a fix** (${fixable} of ${serious}).`,
    '',
    ...earlierPart(sample),
    'The repositories were not used while the rules were written; what was changed because of an earlier draw from them stands below.',
    subject.opened,
    `The list is in [\`${subject.list}\`](${subject.list}); \`tools/quality-sample.ts\` draws it.`,
    '',
    '## Repositories',
    '',
    '| Repository | Commit | Files | Findings | Warnings and errors | With a fix |',
    '|---|---|---:|---:|---:|---:|',
    ...repositories.map(
      ({ repository, commit, files, findings: all, serious: some, fixable: fixes }) =>
        `| ${repository} | \`${commit.slice(0, 12)}\` | ${files} | ${all} | ${some} | ${fixes} |`,
    ),
    '',
    '## By rule',
    '',
    '| Rule | Findings | Warnings and errors | With a fix | Opened | Wrong |',
    '|---|---:|---:|---:|---:|---:|',
    ...ruleRows(sample),
    '',
    ...ratePart(sample),
    '## Wrong ones, and what was changed',
    '',
    ...wrong.map(
      ({ repository, path, line, rule, note }) => `- \`${rule}\`, ${repository} \`${path}\` ${line}: ${note}`,
    ),
    '',
    ...sample.changes.map((change) => `- ${change}`),
    '',
    '## All findings of the sample',
    '',
    '| # | Repository | Where | Rule | Level | Verdict | Note |',
    '|---:|---|---|---|---|---|---|',
    ...findings.map(
      ({ repository, path, line, rule, severity, verdict, note }, index) =>
        `| ${index + 1} | ${repository} | \`${cell(path)}\` ${line} | \`${rule}\` | ${severity} | ${verdict} | ${cell(note)} |`,
    ),
    '',
  ];
  return lines.join('\n');
}
