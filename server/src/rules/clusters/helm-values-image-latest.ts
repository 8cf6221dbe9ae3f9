import { type ConfigEntry, child, config, defineRule, edit, placeholder, text as textOf } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { shownImage, withVersion } from '../_images.js';

const MOVING = /^latest(?:[-_.]|$)/i;

export default defineRule({
  summary: 'The values of a Helm chart name an image that moves.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-494', 'OWASP-ML06:2023', 'AML.T0010.001', 'https://helm.sh/docs/chart_best_practices/pods/#images'],
  docs: {
    why: 'An installation that was tested last month starts the newest build of the model server after the next restart, and a roll-back of the release does not bring the old one back, because the values still say `latest`.',
    instead:
      'Name the version the chart was tested with, or leave `tag` empty where the chart falls back to its `appVersion`.',
    fixSafety: 'Which version was tested is not known here, so the fix leaves a place for it.',
    limits:
      'An empty tag is left alone, since most charts then take their `appVersion`. Whether the component is installed at all is not known. Tags that are given on installation are not seen.',
  },
  messages: {
    moves: '`{image}` moves with every push, so a restart may change what is installed; name a version',
  },
  skipsTests: true,
  words: ['latest'],
  query: [config.entries(['helm-values'], '**.tag'), config.entries(['helm-values'], '**.image')],
  check(entry: ConfigEntry, { report, text }) {
    const written = textOf(entry);
    if (written === undefined || entry.alias !== undefined || entry.tag !== undefined) return;
    if (entry.key === 'tag') {
      const { parent } = entry;
      const hasImage = ['repository', 'image', 'name', 'registry', 'pullPolicy'].some(
        (key) => child(parent, key) !== undefined,
      );
      if (!hasImage || !MOVING.test(written) || isSet(child(parent, 'digest')) || isSet(child(parent, 'sha'))) return;
      if (textOf(child(parent, 'pullPolicy')) === 'Never') return;
      const name = textOf(child(parent, 'repository')) ?? textOf(child(parent, 'image')) ?? '';
      report(entry.valueRange, 'moves', { image: shownImage(`${name}:${written}`) }).fix(
        'Name a version',
        'placeholder',
        edit.setScalar(text, entry, placeholder('version')),
      );
      return;
    }
    if (/[${}<>\s]/.test(written)) return;
    const { tag, digest } = imageReference(written);
    if (digest === undefined && tag !== undefined && MOVING.test(tag) && child(entry.parent, 'tag') === undefined)
      report(entry.valueRange, 'moves', { image: shownImage(written) }).fix(
        'Name a version',
        'placeholder',
        edit.setScalar(text, entry, withVersion(written)),
      );
  },
  examples: [
    {
      path: 'charts/scoring/values.yaml',
      bad: 'image:\n  repository: registry.example.com/ml/scoring\n  tag: «latest»\nservice:\n  port: 8000\n',
      message: 'moves',
      good: 'image:\n  repository: registry.example.com/ml/scoring\n  tag: 1.4.2\nservice:\n  port: 8000\n',
      fill: ['1.4.2'],
    },
    {
      path: 'charts/scoring/values.yaml',
      bad: 'replicaCount: 1\nnodeSelector: {}\nconverter:\n  image: «nvcr.io/nvidia/tritonserver:latest-py3»\n',
      message: 'moves',
      good: 'replicaCount: 1\nnodeSelector: {}\nconverter:\n  image: nvcr.io/nvidia/tritonserver:24.05-py3\n',
      fill: ['24.05-py3'],
    },
    {
      path: 'charts/scoring/values.yaml',
      good: 'image:\n  repository: registry.example.com/ml/scoring\n  tag: ""\nservice:\n  port: 8000\n',
      because: 'the chart takes its `appVersion`',
    },
    {
      path: 'charts/scoring/values.yaml',
      good: 'image:\n  repository: scoring\n  tag: latest\n  digest: sha256:83e17edd8a4801bc0e4c16c1f585fab277d3f0f0457f444e583fb4b27dfcf271\nservice:\n  port: 8000\n',
      because: 'the digest decides',
    },
    {
      path: 'charts/scoring/values.yaml',
      good: 'image:\n  repository: scoring\n  tag: "{{ .Chart.AppVersion }}"\nservice:\n  port: 8000\n',
      because: 'a template',
    },
  ],
});

function isSet(entry: ConfigEntry | undefined): boolean {
  return (textOf(entry) ?? '') !== '';
}
