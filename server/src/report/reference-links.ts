/** Address of a reference by the form of its id; undefined for ids of no known catalogue. */
export function referenceUrl(reference: string): string | undefined {
  for (const { pattern, url } of CATALOGUES) {
    const match = pattern.exec(reference);
    if (match !== null) return url(match);
  }
  return undefined;
}

/** A Markdown link, or the id as it is. */
export function referenceLink(reference: string): string {
  const url = referenceUrl(reference);
  if (url === undefined) return reference;
  return url === reference ? `<${url}>` : `[${reference}](${url})`;
}

const CATALOGUES: readonly { readonly pattern: RegExp; readonly url: (match: RegExpExecArray) => string }[] = [
  { pattern: /^https:\/\/\S+$/, url: (match) => match[0] },
  { pattern: /^CWE-(\d+)$/, url: (match) => `https://cwe.mitre.org/data/definitions/${match[1]}.html` },
  { pattern: /^AML\.(?:T|M|CS)[\d.]+$/, url: ([id]) => `https://atlas.mitre.org/${atlasFolder(id)}/${id}` },
  { pattern: /^OWASP-ML\d\d:/, url: () => 'https://owasp.org/www-project-machine-learning-security-top-10/' },
  { pattern: /^OWASP-LLM\d\d:/, url: () => 'https://genai.owasp.org/llm-top-10/' },
  {
    pattern: /^OWASP-A(\d\d):(\d{4})$/,
    url: (match) => `https://owasp.org/Top10/${match[2] === '2021' ? '' : `${match[2]}/`}`,
  },
  { pattern: /^CVE-\d{4}-\d+$/, url: ([id]) => `https://nvd.nist.gov/vuln/detail/${id}` },
  { pattern: /^GHSA(?:-[a-z0-9]{4}){3}$/, url: ([id]) => `https://github.com/advisories/${id}` },
  { pattern: /^PEP-(\d+)$/, url: (match) => `https://peps.python.org/pep-${match[1]!.padStart(4, '0')}/` },
  { pattern: /^CICD-SEC-\d+$/, url: () => 'https://owasp.org/www-project-top-10-ci-cd-security-risks/' },
  { pattern: /^PYSEC-\d{4}-\d+$/, url: ([id]) => `https://osv.dev/vulnerability/${id}` },
];

function atlasFolder(id: string): string {
  if (id.startsWith('AML.M')) return 'mitigations';
  return id.startsWith('AML.CS') ? 'studies' : 'techniques';
}
