import { at, type ConfigEntry, containers, defineRule, descendants, edit, text as textOf } from '../../engine/index.js';

const deployment = (args: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: argo-server}\nspec:\n  template:\n    spec:\n      containers:\n        - name: argo-server\n          image: quay.io/argoproj/argocli:v3.5.10\n${args}`;

export default defineRule({
  summary: 'The server of Argo Workflows lets everybody in with its own rights.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'AML.T0049',
    'https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/',
  ],
  docs: {
    why: 'In the mode `server` whoever reaches port 2746 acts with the service account of the server. In 2021 miners searched the Internet for such servers and submitted workflows of their own; the same request reads the Secrets and the data that the trainings use.',
    instead: 'Use `--auth-mode=client`, where everybody brings a token of their own, or `--auth-mode=sso`.',
    fixSafety: 'People and jobs that use the server without a token are kept out, so the fix is offered for review.',
    limits:
      'The arguments of containers are read, not patches and values of charts. A warning; with a Service of type `LoadBalancer` or `NodePort`, an Ingress or a Route to the server in the same file an error. Versions before 3.0, where `server` is the default, are not known.',
    ignoreWhen: 'A proxy in front of the server asks who is there, and nothing else in the cluster reaches it.',
  },
  messages: {
    open: '`--auth-mode={mode}` lets everybody run workflows with the rights of the server; use `client` or `sso`',
  },
  words: ['auth-mode'],
  query: containers.all(),
  check({ origin, words, image }, { report, facts, text }) {
    const first = words.findIndex((word) => /^--auth-mode(?:=|$)/.test(word.text));
    if (origin !== 'kubernetes' || first < 0) return;
    const server = words.slice(0, first).some((word) => word.text === 'server');
    if (!server && !/argocli|argo-server/.test(textOf(image) ?? '')) return;
    for (const [index, word] of words.entries()) {
      if (!/^--auth-mode(?:=|$)/.test(word.text)) continue;
      const value = word.text === '--auth-mode' ? words[index + 1] : word;
      const mode = value?.text.replace(/^--auth-mode=/, '');
      if (value === undefined || (mode !== 'server' && mode !== 'hybrid')) continue;
      const finding = report(value.range, 'open', { mode });
      if (facts?.roots.some(leadsToServer)) finding.severity('error');
      const start = value.range.end - mode.length;
      if (text.slice(start, value.range.end) !== mode) continue;
      finding.fix(
        'Ask for tokens of clients',
        'review',
        edit.replace({ start, end: value.range.end }, 'client'),
        'who uses the server needs a token',
      );
    }
  },
  examples: [
    {
      path: 'argo.yaml',
      bad: deployment('          args: [server, «--auth-mode=server»]\n'),
      message: 'open',
      good: deployment('          args: [server, --auth-mode=client]\n'),
    },
    {
      path: 'argo.yaml',
      bad: deployment(
        '          args:\n            - server\n            - --auth-mode\n            - "«hybrid»" # for CI\n',
      ),
      message: 'open',
      good: deployment(
        '          args:\n            - server\n            - --auth-mode\n            - "client" # for CI\n',
      ),
    },
    {
      path: 'argo.yaml',
      good: deployment('          args: [server, --auth-mode=client, --auth-mode=sso]\n'),
      because: 'tokens or single sign-on',
    },
    {
      path: 'argo.yaml',
      good: deployment('          args: [server]\n'),
      because: '`client` is the default since 3.0',
    },
    {
      path: 'argo.yaml',
      good: deployment('          args: [server, "--auth-mode=$(MODE)"]\n'),
      because: 'the mode is set elsewhere',
    },
    {
      path: 'other.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - {name: a, image: "a:1", args: [--auth-mode=server]}\n',
      because: 'an option of another program',
    },
  ],
});

/** Something that brings the server in front of the cluster. */
function leadsToServer(root: ConfigEntry): boolean {
  const kind = textOf(at(root, 'kind')) ?? '';
  const type = textOf(at(root, 'spec', 'type')) ?? '';
  const open =
    kind === 'Service' ? /^(?:LoadBalancer|NodePort)$/.test(type) : /^(?:Ingress|Route|HTTPRoute)$/.test(kind);
  if (!open) return false;
  for (const { value } of descendants(root)) if (value === 'argo-server') return true;
  return false;
}
