import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, config, configEdit, defineRule, edit } from '../../engine/index.js';

const OPTION = /(?:^|\s)(--privileged(?:[= ]true)?)(?=\s|$)/;
const HEAD =
  'cluster_name: training\nprovider: {type: aws, region: eu-central-1}\nauth: {ssh_user: ubuntu}\ndocker:\n  image: rayproject/ray:2.52.0\n';

export default defineRule({
  summary: 'The Ray cluster launcher starts privileged containers.',
  stages: ['training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A05:2021',
    'AML.T0105',
    'https://docs.ray.io/en/latest/cluster/vms/references/ray-cluster-configuration.html',
    'https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities',
  ],
  docs: {
    why: 'Jobs of all users run in the one container of each node. With `--privileged` any of them, or a model file that runs code, mounts the disk of the machine and takes the keys of its role, and so the buckets of the other teams.',
    instead:
      'Ask for what is needed: `--cap-add SYS_PTRACE` for profiling, `--device` for a device; Ray passes GPUs by itself.',
    fixSafety: 'What needed the rights stops working, so the fix is offered for review.',
    limits: 'Options in variables and scripts are not read.',
  },
  messages: {
    privileged: '`--privileged` gives each job the whole machine; ask for the single capability or device instead',
  },
  words: ['--privileged'],
  query: [
    config.entries(['ray-cluster'], 'docker.run_options.*'),
    config.entries(['ray-cluster'], 'docker.head_run_options.*'),
    config.entries(['ray-cluster'], 'docker.worker_run_options.*'),
    config.entries(['ray-cluster'], 'available_node_types.*.docker.*.*'),
  ],
  check(item: ConfigEntry, { report, text }) {
    if (typeof item.value !== 'string' || item.alias !== undefined || !OPTION.test(item.value)) return;
    const written = text.slice(item.valueRange.start, item.valueRange.end);
    const at = written.indexOf('--privileged');
    const start = item.valueRange.start + Math.max(at, 0);
    const option = /^--privileged(?:[= ]true)?/.exec(written.slice(at))?.[0] ?? '';
    const range = at < 0 ? item.valueRange : { start, end: start + option.length };
    report(range, 'privileged').fix(
      'Delete `--privileged`',
      'review',
      without(item, range, text),
      'what needs the rights stops working',
    );
  },
  examples: [
    {
      path: 'cluster.yaml',
      bad: `${HEAD}  run_options:\n    - --ulimit nofile=65536:65536\n    - «--privileged»\n`,
      message: 'privileged',
      good: `${HEAD}  run_options:\n    - --ulimit nofile=65536:65536\n`,
    },
    {
      path: 'cluster.yaml',
      bad: `${HEAD}  head_run_options: ["--shm-size 8g «--privileged»"]\n`,
      message: 'privileged',
      good: `${HEAD}  head_run_options: ["--shm-size 8g"]\n`,
    },
    {
      path: 'cluster.yaml',
      good: `${HEAD}  run_options: ["--cap-add SYS_PTRACE", "--device /dev/infiniband"]\n`,
      because: 'one capability and one device',
    },
    {
      path: 'cluster.yaml',
      good: `${HEAD}  run_options: ["--privileged=false"]\n`,
      because: 'switched off',
    },
    {
      path: 'other.yaml',
      good: 'docker:\n  run_options: ["--privileged"]\n',
      because: 'no configuration of the launcher',
    },
  ],
});

/** Deletes the option: with its item when it stands alone there, with the list when it is the last one. */
function without(item: ConfigEntry, option: { start: number; end: number }, text: string): TextEdit[] {
  const words = String(item.value).trim().replace(OPTION, '').trim();
  if (words !== '') {
    const before = text[option.start - 1] === ' ';
    return edit.replace(
      { start: before ? option.start - 1 : option.start, end: before ? option.end : option.end + 1 },
      '',
    );
  }
  return configEdit.removeItem(text, item);
}
