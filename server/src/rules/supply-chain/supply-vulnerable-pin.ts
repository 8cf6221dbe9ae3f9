import { NamePatterns } from '../../base/name-pattern.js';
import type { Severity } from '../../base/severity.js';
import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, passesUnknown, python, type RuleContext } from '../../engine/index.js';
import { ADVISORIES_CHECKED, EXPOSED_CALLS, type ExposedCall } from '../../knowledge/advisories.js';
import { COMMIT_ID, isHubId } from '../../knowledge/hub-references.js';
import { shortCallee } from '../_callee.js';
import { affecting, firstFixed, raisePin } from './_affected.js';

const EXPOSED = new NamePatterns<ExposedCall>();
for (const exposed of EXPOSED_CALLS) for (const name of exposed.names) EXPOSED.add(name, exposed);
/** Weights that another rule judges by their format. */
const HDF5 = /\.(?:h5|hdf5)$/i;

const messages = {
  affected: '`{callee}` of {library} {version} {does}; {fixed} is fixed',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A pinned release has a published weakness that this call reaches.',
  stages: ['data-collection', 'training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-1395',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://osv.dev/',
    ...new Set(EXPOSED_CALLS.flatMap(({ advisories }) => advisories.map(({ link }) => link))),
  ],
  docs: {
    why: 'keras 3.5 promises that a model loaded in safe mode runs no code, and does not keep it: whoever uploads a crafted `.keras` file to the registry runs commands on the evaluation machine. The pin keeps that release in every image that is built later.',
    instead: 'Raise the pin to a release without the weakness, and look for advisories on every build.',
    fixSafety:
      'A newer release may behave differently or need newer companions, so the fix is offered for review; it writes the first release that no advisory of the table names.',
    limits: `A table of advisories about calls of ML libraries, compared on ${ADVISORIES_CHECKED}, not a scanner of all dependencies. Only versions that a pin, a lock or a bounded range decides are judged. What comes from a request, a download or a bucket is an error, a repository of the Hub or an unknown value a warning, a file of the project information, as is an unknown value that may be a local folder as well as a repository. Calls that a rule for their loader reports already are left to it.`,
    ignoreWhen: 'The library is patched by its distributor under the old version number.',
  },
  messages,
  query: python.calls(...EXPOSED_CALLS.flatMap(({ names }) => names)),
  check(call: CallFact, context) {
    const [exposed] = EXPOSED.match(call.name);
    if (exposed === undefined || exposed.on?.test(call.name.split('.').at(-2) ?? '') === false) return;
    const library = context.version(exposed.library);
    if (library === undefined) return;
    const [worst, ...others] = affecting(exposed.advisories, library);
    const fixed = firstFixed(library);
    if (worst === undefined || fixed === undefined || !isReached(call, exposed, context)) return;
    const reached = levelOf(call, exposed, context);
    if (reached === undefined) return;
    const finding = context.report(call.calleeRange, 'affected', {
      callee: shortCallee(call.name),
      library: exposed.library,
      version: library.exact ?? library.specifier,
      does: worst.does,
      fixed,
    });
    finding.severity(reached.level);
    for (const step of reached.trail) finding.related(step.range, step.message);
    const ids = [worst, ...others].map(({ id }) => id).join(', ');
    finding.related(library.place, `${exposed.library} is pinned here: ${ids}`);
    finding.fixFiles(
      `Pin ${exposed.library} ${fixed}`,
      raisePin(library, fixed),
      'newer releases may behave differently',
    );
  },
  examples: [
    {
      bad: 'import io\nimport requests\nimport torch\nnet = «torch.load»(io.BytesIO(requests.get(url, timeout=30).content), weights_only=True)\n',
      message: 'affected',
      good: 'import requests\nfrom safetensors.torch import load\nnet = load(requests.get(url, timeout=30).content)\n',
      byHand: true,
      given: { torch: '2.4.1' },
    },
    {
      bad: 'from keras import models\n\ndef evaluate(path):\n    return «models.load_model»(path)\n',
      message: 'affected',
      given: { keras: '3.5.0' },
    },
    {
      bad: 'from transformers import AutoModelForCausalLM as Auto\nnet = «Auto.from_pretrained»("somebody/net")\n',
      message: 'affected',
      given: { transformers: '4.57.1' },
    },
    {
      bad: 'import ray\n«ray.init»()\n',
      message: 'affected',
      good: 'import ray\nray.init(include_dashboard=False)\n',
      byHand: true,
      given: { ray: '2.40.0' },
    },
    {
      good: 'import torch\n\ndef load(path):\n    return torch.load(path, weights_only=True)\n',
      given: { torch: '2.6.0' },
      because: 'this release has the fix',
    },
    {
      good: 'from keras.models import load_model\n\ndef load(path):\n    return load_model(path)\n',
      because: 'nothing says which release is used',
    },
    {
      good: 'import torch\n\ndef load(path):\n    return torch.load(path)\n',
      given: { torch: '2.4.1' },
      because: 'without `weights_only` no release is safe: another rule says so',
    },
    {
      good: 'from transformers import AutoTokenizer\ntokens = AutoTokenizer.from_pretrained("somebody/net")\n',
      given: { transformers: '4.57.1' },
      because: 'tokenizers do not take that path',
    },
    {
      good: `from transformers import AutoModel\nnet = AutoModel.from_pretrained("somebody/net", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      given: { transformers: '4.57.1' },
      because: 'the commit that was looked at cannot change',
    },
    {
      good: 'import ray\nray.init("ray://cluster:10001")\n',
      given: { ray: '2.40.0' },
      because: 'no dashboard is started here',
    },
  ],
});

/** False when the arguments keep the call from the weak place, or another rule reports it whatever the release. */
function isReached(call: CallFact, { protectedBy, exceptWith = [] }: ExposedCall, { python: py }: Context): boolean {
  const isOn = (keyword: string): boolean | undefined => {
    const passed = argumentOf(call, keyword);
    const value = passed === undefined ? undefined : py.value(passed.value);
    return value?.kind === 'boolean' ? value.value : undefined;
  };
  if (protectedBy !== undefined && isOn(protectedBy) !== true) return false;
  return !exceptWith.some(({ keyword, position, value }) =>
    value === undefined ? argumentOf(call, keyword, position) !== undefined : isOn(keyword) === value,
  );
}

type Trail = ReturnType<Context['python']['origin']>['trail'];

/** How bad the call is by what it is given; undefined when that is not known to come from elsewhere. */
function levelOf(
  call: CallFact,
  exposed: ExposedCall,
  { python: py, path, config, workspace }: Context,
): { readonly level: Severity; readonly trail: Trail } | undefined {
  const milder: Severity = isTestFile(path) ? 'info' : 'warning';
  // What is unpacked may pin a commit or switch a dashboard off.
  if (passesUnknown(call) && (exposed.hub || exposed.source === undefined)) return undefined;
  if (exposed.source === undefined) return { level: milder, trail: [] };
  const source = argumentOf(call, exposed.source.argument, exposed.source.position);
  if (source === undefined) return undefined;
  const value = py.value(source.value);
  const text = value.kind === 'string' ? value.value : value.kind === 'partial' ? (value.pieces.at(-1) ?? '') : '';
  if (HDF5.test(text)) return undefined;
  if (exposed.hub && value.kind === 'string' && isHubId(value.value)) {
    const revision = argumentOf(call, 'revision');
    const commit = revision === undefined ? undefined : py.value(revision.value);
    const trusted = config.trusted.organizations.includes(value.value.split('/')[0]!);
    if (trusted || workspace.has(`${value.value}/config.json`)) return undefined;
    return commit?.kind === 'string' && COMMIT_ID.test(commit.value) ? undefined : { level: milder, trail: [] };
  }
  const { tier, operator, trail } = py.origin(source.value);
  if (tier === 'T0' || (tier === 'T3' && exposed.source.evaluated)) return undefined;
  if (tier === 'T1' && !operator) return exposed.source.outsideIsReported ? undefined : { level: 'error', trail };
  return { level: tier === 'T3' || exposed.hub ? 'info' : milder, trail };
}
