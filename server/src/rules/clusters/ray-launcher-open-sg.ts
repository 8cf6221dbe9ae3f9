import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';

const EVERYONE = new Set(['0.0.0.0/0', '::/0']);
const group = (range: string, port = '8265'): string =>
  `cluster_name: training\nprovider:\n  type: aws\n  region: eu-central-1\n  security_group:\n    GroupName: ray\n    IpPermissions:\n      - FromPort: ${port}\n        ToPort: ${port}\n        IpProtocol: TCP\n        IpRanges:\n          - CidrIp: ${range}\nauth:\n  ssh_user: ubuntu\n`;

export default defineRule({
  summary: 'The Ray cluster launcher opens ports to the internet.',
  stages: ['training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-284',
    'CWE-306',
    'OWASP-A01:2021',
    'AML.T0049',
    'CVE-2023-48022',
    'https://docs.ray.io/en/latest/cluster/vms/references/ray-cluster-configuration.html',
    'https://docs.ray.io/en/latest/ray-security/index.html',
  ],
  docs: {
    why: 'The dashboard and the client port of Ray run whatever they are sent. Scanners find an open head within hours and leave a miner on every GPU; the role of the machines gives them the buckets of training data as well.',
    instead:
      'Leave the rule out and use `ray dashboard cluster.yaml`, which tunnels through SSH, or name the address range of the office or VPN.',
    fixSafety: 'No fix: which addresses have to come in is not known here.',
    limits:
      'Rules for SSH and https alone are warnings, all others errors. Groups that are made elsewhere, and firewalls of Google Cloud and Azure, are not read.',
  },
  messages: {
    open: 'Port {ports} of this Ray cluster is open to the internet, where anyone may use it; name an address range',
  },
  words: ['ippermissions'],
  query: [
    config.entries(['ray-cluster'], 'provider.security_group.IpPermissions.*.IpRanges.*.CidrIp'),
    config.entries(['ray-cluster'], 'provider.security_group.IpPermissions.*.Ipv6Ranges.*.CidrIpv6'),
  ],
  check(range: ConfigEntry, { report }) {
    const permission = range.parent?.parent?.parent;
    if (range.alias !== undefined || !EVERYONE.has(textOf(range) ?? '') || permission === undefined) return;
    const [from, to] = [textOf(child(permission, 'FromPort')), textOf(child(permission, 'ToPort'))];
    const all = textOf(child(permission, 'IpProtocol')) === '-1' || from === undefined || from === '-1';
    const ports = all ? '0-65535' : from === to || to === undefined ? from : `${from}-${to}`;
    const finding = report(range.valueRange, 'open', { ports: ports.slice(0, 12) });
    if (ports === '22' || ports === '443') finding.severity('warning');
  },
  examples: [
    {
      path: 'cluster.yaml',
      bad: group('«0.0.0.0/0»'),
      message: 'open',
      good: group('203.0.113.0/24'),
      byHand: true,
    },
    { path: 'cluster.yaml', good: group('10.0.0.0/8'), because: 'the inner network' },
    { path: 'cluster.yaml', good: group('${OFFICE_RANGE}'), because: 'the range is not known' },
    {
      path: 'cluster.yaml',
      good: group('0.0.0.0/0').replace('cluster_name: training\n', 'name: other\n'),
      because: 'no configuration of the launcher',
    },
  ],
});
