import { argumentOf, type CallFact, defineRule, edit, type PythonQuestions, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import {
  CHAT_TEMPLATE_LOADERS,
  JINJA_ENVIRONMENTS,
  JINJA_TEMPLATE,
  PROMPT_TEMPLATES,
  TEMPLATE_ENGINES,
} from '../../knowledge/template-engines.js';
import { alongTrail } from './_model-text.js';

export default defineRule({
  summary: 'A template that somebody else wrote is rendered without a sandbox.',
  stages: ['deployment', 'evaluation'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-1336',
    'OWASP-LLM05:2025',
    'OWASP-LLM03:2025',
    'CVE-2024-34359',
    'CVE-2024-2952',
    'https://jinja.palletsprojects.com/en/stable/sandbox/',
    'https://github.com/langchain-ai/langchain/issues/4394',
  ],
  overlaps: ['bandit:B702', 'ruff:S702'],
  docs: {
    why: 'A service lets clients send a prompt template along. Jinja is a language: `{{ cycler.__init__.__globals__.os.popen("id").read() }}` runs a command as soon as it is rendered. The same holds for the chat template inside of a downloaded model file.',
    instead:
      'Keep templates in the project and pass what comes from outside as variables; where clients must write templates, render them in `ImmutableSandboxedEnvironment`, or use format strings with named fields.',
    fixSafety:
      'Templates that call methods the sandbox refuses raise `SecurityError`; format strings write placeholders with one brace. The fixes are offered for review.',
    limits:
      'A template whose origin is not known, or that is chosen by whoever starts the program, stays silent. The sandbox stops code, not endless loops.',
  },
  messages: {
    template: '`{callee}` compiles a template from outside ({source}): it runs any Python; use a sandboxed environment',
    prompt: '`template_format="jinja2"` renders a template from outside ({source}) as code; use format strings',
    chatTemplate: '`{callee}` of {version} renders the chat template of a model unsandboxed: it runs code; upgrade',
  },
  query: python.calls(...TEMPLATE_ENGINES.keys(), ...PROMPT_TEMPLATES, ...CHAT_TEMPLATE_LOADERS.keys()),
  check(call: CallFact, { report, python: py, version, text }) {
    const loader = CHAT_TEMPLATE_LOADERS.get(call.name);
    if (loader !== undefined) {
      const library = version(loader[0]);
      if (library === undefined || isBelow(library, loader[1]) !== true || namesFormat(call, py)) return;
      report(call.calleeRange, 'chatTemplate', {
        callee: loader[0] === 'litellm' ? 'completion' : 'Llama',
        version: `${loader[0]} ${library.exact ?? library.specifier}`,
      }).related(library.place, `${loader[0]} is pinned here`);
      return;
    }
    const prompt = PROMPT_TEMPLATES.has(call.name);
    const format = prompt ? argumentOf(call, 'template_format') : undefined;
    if (prompt && !isJinja(format?.value === undefined ? undefined : py.value(format.value))) return;
    const source = argumentOf(
      call,
      prompt ? 'template' : TEMPLATE_ENGINES.get(call.name),
      prompt && !call.name.endsWith('from_template') ? undefined : 0,
    );
    const origin = source === undefined ? undefined : py.origin(source.value);
    if (source === undefined || origin?.tier !== 'T1' || origin.operator) return;
    const callee = call.name.replaceAll('()', '').split('.').slice(-1)[0]!;
    const finding =
      format === undefined
        ? report(call.calleeRange, 'template', { callee, source: origin.description })
        : report(format.range, 'prompt', { source: origin.description });
    alongTrail(finding, origin);
    if (format !== undefined)
      finding.fix(
        'Use format strings',
        'review',
        edit.replace(format.value.range, '"f-string"'),
        'templates have to write placeholders with one brace',
      );
    else {
      const edits = sandboxed(call, py, text);
      if (edits.length > 0)
        finding.fix(
          'Render it in `ImmutableSandboxedEnvironment`',
          'review',
          edits,
          'calls that the sandbox refuses raise `SecurityError`',
        );
    }
  },
  examples: [
    {
      bad: 'from flask import request\nfrom jinja2 import Template\nprompt = «Template»(request.json["template"]).render(rows=rows)\n',
      message: 'template',
      good: 'from jinja2.sandbox import ImmutableSandboxedEnvironment\nfrom flask import request\nfrom jinja2 import Template\nprompt = ImmutableSandboxedEnvironment().from_string(request.json["template"]).render(rows=rows)\n',
    },
    {
      bad: 'import jinja2 as j\nimport requests\nenv = j.Environment()\nprompt = «env.from_string»(requests.get("https://prompts.example.org/loan").text)\n',
      message: 'template',
      good: 'from jinja2.sandbox import ImmutableSandboxedEnvironment\nimport jinja2 as j\nimport requests\nenv = ImmutableSandboxedEnvironment()\nprompt = env.from_string(requests.get("https://prompts.example.org/loan").text)\n',
    },
    {
      bad: 'from flask import request\nfrom langchain_core.prompts import PromptTemplate\nprompt = PromptTemplate.from_template(request.json["template"], «template_format="jinja2"»)\n',
      message: 'prompt',
      good: 'from flask import request\nfrom langchain_core.prompts import PromptTemplate\nprompt = PromptTemplate.from_template(request.json["template"], template_format="f-string")\n',
    },
    {
      bad: 'from llama_cpp import Llama\nnet = «Llama»("net.gguf")\n',
      message: 'chatTemplate',
      good: 'from llama_cpp import Llama\nnet = Llama("net.gguf", chat_format="chatml")\n',
      given: { 'llama-cpp-python': '0.2.70' },
      byHand: true,
    },
    {
      good: 'from llama_cpp import Llama\nnet = Llama("net.gguf")\n',
      given: { 'llama-cpp-python': '0.2.72' },
      because: 'chat templates are rendered in a sandbox from 0.2.72 on',
    },
    {
      good: 'from flask import render_template_string, request\nrender_template_string("<p>{{ name }}</p>", name=request.args["name"])\n',
      because: 'the template is constant, the request a variable of it',
    },
    {
      good: 'from flask import request\nfrom jinja2.sandbox import SandboxedEnvironment\nSandboxedEnvironment().from_string(request.json["template"])\n',
      because: 'a sandbox',
    },
    {
      good: 'from jinja2 import Template\n\ndef render(template, rows):\n    return Template(template).render(rows=rows)\n',
      because: 'who wrote the template is not known',
    },
    {
      good: 'from string import Template\nfrom flask import request\nTemplate(request.json["template"]).substitute(name="a")\n',
      because: 'the template of the standard library only fills in names',
    },
  ],
});

function isJinja(value: ReturnType<PythonQuestions['value']> | undefined): boolean {
  return value?.kind === 'string' && value.value === 'jinja2';
}

/** True when the template of the model is not used: the program chooses the chat format, or a service of its own does. */
function namesFormat(call: CallFact, py: PythonQuestions): boolean {
  if (call.name.startsWith('litellm.')) {
    const model = argumentOf(call, 'model', 0);
    const id = model === undefined ? undefined : py.value(model.value);
    return !(
      (id?.kind === 'string' && id.value.startsWith('huggingface/')) ||
      (id?.kind === 'partial' && id.prefix.startsWith('huggingface/'))
    );
  }
  const chosen = [argumentOf(call, 'chat_format'), argumentOf(call, 'chat_handler')];
  return chosen.some((argument) => argument !== undefined && py.value(argument.value).kind !== 'none');
}

/** Edits that put the sandbox in the place of the environment; none where it takes arguments that are not known to fit. */
function sandboxed(call: CallFact, py: PythonQuestions, text: string): ReturnType<typeof edit.replace> {
  const addition = edit.addImport(text, 'from jinja2.sandbox import ImmutableSandboxedEnvironment');
  if (call.name === JINJA_TEMPLATE) {
    if (call.arguments.length !== 1) return [];
    return [...edit.replace(call.calleeRange, 'ImmutableSandboxedEnvironment().from_string'), ...addition];
  }
  if (!call.name.endsWith('from_string') || call.callee.kind !== 'attribute') return [];
  const made = py.definition(call.callee.object);
  if (made.kind !== 'call' || !py.names(made.callee).some((name) => JINJA_ENVIRONMENTS.includes(name))) return [];
  return [...edit.replace(made.callee.range, 'ImmutableSandboxedEnvironment'), ...addition];
}
