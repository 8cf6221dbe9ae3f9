import { NamePatterns } from '../../base/name-pattern.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  type Origin,
  type PythonQuestions,
  python,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { COMMIT_ID, isHubId } from '../../knowledge/hub-references.js';
import { CONFIG_READERS, CONFIGURED_LOADERS, type ConfiguredLoader } from '../../knowledge/loaders/named-objects.js';
import { shortCallee } from '../_callee.js';

const LOADERS = new NamePatterns<ConfiguredLoader>();
for (const loader of CONFIGURED_LOADERS) LOADERS.add(loader.name, loader);

export default defineRule({
  summary: 'A configuration from outside says which Python objects are built.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-470',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'CVE-2025-23304',
    'CVE-2026-68508',
    'CVE-2026-106439',
    'https://hydra.cc/docs/advanced/instantiate_objects/overview/',
  ],
  docs: {
    why: 'A configuration with `_target_`, `!new:` or a class name is a program: `_target_: os.system` runs a command. A model repository needs no weights to attack the machine that loads it, its `config.yaml` is enough.',
    instead:
      'Take only values from such a file and build the objects in code; or look every `_target_` up in a dict of your own classes before anything is built. Pin repositories of others to a commit you read.',
    fixSafety: 'There is no automatic fix: which classes a configuration may name is known to the project only.',
    limits:
      'Configurations that whoever starts the program chose, that are passed in, or that lie in the project are not reported. Hydra 1.3.7 blocks the best-known dangerous targets, which lowers the level; an execution whitelist (Hydra 1.4) counts as the safe form. Repositories of the organisation that publishes the library are left alone.',
    ignoreWhen: 'The configuration is signed, or every target in it is compared with a list first.',
  },
  messages: {
    untrusted: '`{callee}` calls what a configuration from outside ({source}) names, so its author runs code here',
    repository: '`{callee}` calls what the configuration of `{id}` names; pin a commit that you reviewed',
  },
  query: python.calls(...new Set(CONFIGURED_LOADERS.map((loader) => loader.name))),
  check(call: CallFact, { report, python: py, text, version, config }) {
    for (const loader of LOADERS.match(call.name)) {
      const source = argumentOf(call, loader.argument, loader.position);
      if (source === undefined) continue;
      const callee = shortCallee(call.name);
      const origin = originOfConfig(source.value, py);
      if (origin.tier === 'T1' && !origin.operator) {
        if (text.includes('execution_whitelist')) return;
        const finding = report(call.calleeRange, 'untrusted', { callee, source: origin.description });
        const library = version(loader.library);
        if (loader.library === 'hydra-core' && library !== undefined && isBelow(library, '1.3.7') === false)
          finding.severity('warning').related(library.place, 'this release blocks some dangerous targets');
        for (const step of origin.trail) finding.related(step.range, step.message);
        return;
      }
      const id = py.value(source.value);
      if (loader.publisher === undefined || id.kind !== 'string' || !id.value.includes('/') || !isHubId(id.value))
        return;
      const owner = id.value.split('/')[0]!;
      if (owner === loader.publisher || config.trusted.organizations.includes(owner)) return;
      const revision = argumentOf(call, 'revision');
      const pinned = revision === undefined ? undefined : py.value(revision.value);
      if (pinned !== undefined && (pinned.kind !== 'string' || COMMIT_ID.test(pinned.value))) return;
      report(source.value.range, 'repository', { callee, id: id.value.slice(0, 40) }).severity('warning');
      return;
    }
  },
  examples: [
    {
      bad: 'import hydra\nfrom huggingface_hub import hf_hub_download\nfrom omegaconf import OmegaConf\nconfig = OmegaConf.load(hf_hub_download("org/model", "config.yaml"))\nnet = «hydra.utils.instantiate»(config.model)\n',
      message: 'untrusted',
      good: 'from huggingface_hub import hf_hub_download\nfrom omegaconf import OmegaConf\nconfig = OmegaConf.load(hf_hub_download("org/model", "config.yaml"))\nnet = Net(width=int(config.model.width))\n',
      byHand: true,
    },
    {
      bad: 'import requests\nfrom hydra.utils import instantiate as build\njob = requests.get(url, timeout=30).json()\nnet = «build»(job["model"])\n',
      message: 'untrusted',
      good: 'import requests\njob = requests.get(url, timeout=30).json()\nnet = MODELS[job["model"]]()\n',
      byHand: true,
    },
    {
      bad: 'from speechbrain.inference.ASR import EncoderDecoderASR\nasr = EncoderDecoderASR.from_hparams(source=«"lab/asr-german"»)\n',
      message: 'repository',
      good: `from speechbrain.inference.ASR import EncoderDecoderASR\nasr = EncoderDecoderASR.from_hparams(source="lab/asr-german", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      byHand: true,
    },
    {
      good: 'import hydra\n@hydra.main(config_path="conf", config_name="train")\ndef main(config):\n    net = hydra.utils.instantiate(config.model)\n',
      because: 'the configuration of the project',
    },
    {
      good: 'import sys\nfrom hyperpyyaml import load_hyperpyyaml\nwith open(sys.argv[1]) as file:\n    settings = load_hyperpyyaml(file)\n',
      because: 'whoever starts the program chose it and can run code anyway',
    },
    {
      good: 'from pyannote.audio import Pipeline\npipeline = Pipeline.from_pretrained("pyannote/speaker-diarization-3.1")\n',
      because: 'published with the library',
    },
    {
      good: 'import requests\nfrom hydra.utils import instantiate\njob = requests.get(url, timeout=30).json()\nnet = instantiate(job["model"], _execution_whitelist_=["net.*"])\n',
      because: 'the call names the targets it allows',
    },
    { good: 'net = instantiate(requests.get(url).json())\n', because: 'nothing says which library this is' },
  ],
});

/** Where the text of a configuration comes from, through its parts and the calls that read it. */
function originOfConfig(expression: Expression, py: PythonQuestions, depth = 0): Origin {
  const origin = py.origin(expression);
  if (origin.tier === 'T1' || depth > 4) return origin;
  if (expression.kind === 'attribute' || expression.kind === 'subscript')
    return originOfConfig(expression.object, py, depth + 1);
  const definition = py.definition(expression);
  if (definition !== expression) return originOfConfig(definition, py, depth + 1);
  const [file] = expression.kind === 'call' ? expression.arguments : [];
  const reads = file !== undefined && py.names(expression).some((name) => CONFIG_READERS.has(name));
  return reads ? originOfConfig(file.value, py, depth + 1) : origin;
}
