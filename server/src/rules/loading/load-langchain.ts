import { NamePatterns } from '../../base/name-pattern.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { CHAIN_FILES, PICKLED_INDEXES, PROMPT_HUBS, REVIVERS } from '../../knowledge/loaders/langchain.js';
import type { Loader } from '../../knowledge/loaders/loader.js';
import { shortCallee } from '../_callee.js';
import { isWrittenHere } from './_same-file.js';
import { reportByTier } from './_tiers.js';

const ALL: readonly Loader[] = [...PICKLED_INDEXES, ...CHAIN_FILES, ...REVIVERS, ...PROMPT_HUBS];
const LOADERS = new NamePatterns<Loader>();
for (const loader of ALL) LOADERS.add(loader.name, loader);

const MESSAGES = {
  index: '`allow_dangerous_deserialization=True` unpickles the index, so it can run code; rebuild it from documents',
  untrustedIndex: 'The index comes from outside ({source}) and is unpickled: whoever supplies it runs code here',
  chain: '`{callee}` builds whatever chain the file describes, tools included; build it in code',
  revives: '`{callee}` builds LangChain objects that data from outside ({source}) names; allow messages only',
  secrets: '`secrets_from_env=True` lets the data name environment variables and read keys from them',
  prompt: '`{callee}` takes the newest `{id}`, whose author can change it; pin a commit',
  promptModel: '`{callee}` also builds the model that the newest `{id}` describes; pin a commit',
} as const;

type Context = RuleContext<typeof MESSAGES>;

export default defineRule({
  summary: 'LangChain builds objects that a stored file or a message describes.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-LLM03:2025',
    'OWASP-LLM08:2025',
    'AML.T0011.000',
    'CVE-2025-68664',
    'CVE-2026-44843',
    'https://reference.langchain.com/python/langchain_core/load/',
  ],
  docs: {
    why: 'A FAISS index of LangChain keeps its documents as a pickle, and a serialised chain says which classes are built with which arguments. An index that somebody put into the bucket of a chatbot runs code in it; a crafted JSON text sends its API key to another address.',
    instead:
      'Rebuild indexes from the documents, or keep them in a vector database. Revive messages only (`allowed_objects="messages"`), leave `secrets_from_env` off, and pin prompts to a commit.',
    fixSafety:
      'Objects other than chat messages are refused and keys are no longer looked up, so the fixes are offered for review.',
    limits:
      'JSON is reported when it is seen to come from outside. Before langchain-core 1.2.5 (0.3.81 in the old line) keys are read from the environment unless `secrets_from_env=False` is passed. Prompts without an owner are your own.',
    ignoreWhen: 'The same job writes the index and reads it again from a folder nobody else can write to.',
  },
  messages: MESSAGES,
  query: python.calls(...ALL.map((loader) => loader.name)),
  check(call: CallFact, context) {
    const [loader] = LOADERS.match(call.name);
    const source = loader && argumentOf(call, loader.argument, loader.position);
    if (loader === undefined || source === undefined) return;
    if (PICKLED_INDEXES.includes(loader)) checkIndex(call, source, context);
    else if (CHAIN_FILES.includes(loader)) {
      const finding = context.report(call.calleeRange, 'chain', { callee: shortCallee(call.name) });
      reportByTier(finding, context.python.origin(source.value), context.path);
    } else if (REVIVERS.includes(loader)) checkRevived(call, source, context);
    else checkPrompt(call, source, context);
  },
  examples: [
    {
      bad: 'from langchain_community.vectorstores import FAISS\ndef index(folder, embeddings):\n    return FAISS.load_local(folder, embeddings, «allow_dangerous_deserialization=True»)\n',
      message: 'index',
      good: 'from langchain_community.vectorstores import FAISS\ndef index(documents, embeddings):\n    return FAISS.from_documents(documents, embeddings)\n',
      byHand: true,
    },
    {
      bad: 'from huggingface_hub import snapshot_download\nfrom langchain.vectorstores import FAISS as Store\nstore = Store.load_local(snapshot_download("org/index"), embeddings, «allow_dangerous_deserialization=True»)\n',
      message: 'untrustedIndex',
      good: 'from langchain.vectorstores import FAISS as Store\nstore = Store.from_documents(documents, embeddings)\n',
      byHand: true,
    },
    {
      bad: 'from langchain.chains import load_chain\ndef chain(path):\n    return «load_chain»(path)\n',
      message: 'chain',
      good: 'from langchain.chains import LLMChain\ndef chain(model, prompt):\n    return LLMChain(llm=model, prompt=prompt)\n',
      byHand: true,
    },
    {
      bad: 'from flask import request\nfrom langchain_core.load import loads\nhistory = «loads»(request.json["history"])\n',
      message: 'revives',
      good: 'from flask import request\nfrom langchain_core.load import loads\nhistory = loads(request.json["history"], allowed_objects="messages")\n',
    },
    {
      bad: 'from langchain_core.load import load\ndef revive(record):\n    return load(record, «secrets_from_env=True»)\n',
      message: 'secrets',
      good: 'from langchain_core.load import load\ndef revive(record):\n    return load(record, secrets_from_env=False)\n',
    },
    {
      bad: 'from langchain import hub\nprompt = hub.pull(«"lab/summary"»)\n',
      message: 'prompt',
      good: 'from langchain import hub\nprompt = hub.pull("lab/summary:0a1b2c3d")\n',
      byHand: true,
    },
    {
      bad: 'from langsmith import Client\nchain = Client().pull_prompt(«"lab/summary"», include_model=True)\n',
      message: 'promptModel',
      good: 'from langsmith import Client\nchain = Client().pull_prompt("lab/summary:0a1b2c3d", include_model=True)\n',
      byHand: true,
    },
    {
      good: 'from langchain_community.vectorstores import FAISS\nstore = FAISS.load_local("index", embeddings)\n',
      because: 'refused by the library unless it is allowed',
    },
    {
      good: 'from langchain_core.load import loads\nmessages = loads(text)\n',
      because: 'nothing says that the text comes from outside',
    },
    { good: 'from langchain import hub\nprompt = hub.pull("summary")\n', because: 'a prompt of your own account' },
    {
      good: 'store.load_local("index", embeddings, allow_dangerous_deserialization=True)\n',
      because: 'nothing says which library this is',
    },
  ],
});

function isTrue(argument: Argument | undefined, { python: py }: Context): argument is Argument {
  const value = argument === undefined ? undefined : py.value(argument.value);
  return value?.kind === 'boolean' && value.value;
}

function checkIndex(call: CallFact, source: Argument, context: Context): void {
  const flag = argumentOf(call, 'allow_dangerous_deserialization');
  if (!isTrue(flag, context)) return;
  const { report, python: py, text, path } = context;
  const origin = py.origin(source.value);
  const finding =
    origin.tier === 'T1' && !origin.operator
      ? report(flag.range, 'untrustedIndex', { source: origin.description })
      : report(flag.range, 'index');
  reportByTier(finding, origin, path);
  if (origin.tier === 'T2' && isWrittenHere(text, source.value.range)) finding.severity('info');
}

function checkRevived(call: CallFact, source: Argument, context: Context): void {
  const { report, python: py, text, version } = context;
  const origin = py.origin(source.value);
  const outside = origin.tier === 'T1' && !origin.operator;
  const secrets = argumentOf(call, 'secrets_from_env');
  if (isTrue(secrets, context) && (outside || origin.tier === 'T2')) {
    const finding = report(secrets.range, 'secrets');
    if (!outside) finding.severity('warning');
    const off = edit.setKeyword(text, call.expression, 'secrets_from_env', 'False');
    finding.fix('Set `secrets_from_env=False`', 'review', off, 'keys have to be passed in `secrets_map`');
    return;
  }
  const allowed = argumentOf(call, 'allowed_objects');
  const list = allowed === undefined ? undefined : py.value(allowed.value);
  if (!outside || (list !== undefined && !(list.kind === 'string' && list.value !== 'messages'))) return;
  const finding = report(call.calleeRange, 'revives', { callee: shortCallee(call.name), source: origin.description });
  for (const step of origin.trail) finding.related(step.range, step.message);
  const core = version('langchain-core');
  if (core !== undefined && isBelow(core, '1.2.5') === true) return;
  finding.fix(
    'Allow chat messages only',
    'review',
    edit.setKeyword(text, call.expression, 'allowed_objects', edit.quote(text, 'messages')),
    'other objects are refused; needs langchain-core 1.2.5',
  );
}

function checkPrompt(call: CallFact, source: Argument, context: Context): void {
  const value = context.python.value(source.value);
  const [, id, owner] = (value.kind === 'string' && /^(([\w.-]+)\/[\w.-]+)(:[\w.-]+)?$/.exec(value.value)) || [];
  if (value.kind !== 'string' || id === undefined || owner === undefined || /:[0-9a-f]{8,64}$/.test(value.value))
    return;
  if (context.config.trusted.organizations.includes(owner)) return;
  const model = isTrue(argumentOf(call, 'include_model'), context);
  const finding = context.report(source.value.range, model ? 'promptModel' : 'prompt', {
    callee: shortCallee(call.name),
    id: id.slice(0, 40),
  });
  finding.severity(model ? 'warning' : 'info');
}
