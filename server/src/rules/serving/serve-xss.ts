import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  defineRule,
  type Expression,
  edit,
  type HandlerFact,
  passesUnknown,
  python,
  type RuleContext,
  type SourceKind,
} from '../../engine/index.js';
import { answersOtherwise, convertedBy, holdsMarkup, isBuilt, leaves } from './_page-values.js';
import { shown } from './_shown.js';

/** Calls whose first argument a browser reads as HTML. */
const PAGES: Readonly<Record<string, string>> = {
  'fastapi.responses.HTMLResponse': 'content',
  'starlette.responses.HTMLResponse': 'content',
  'markupsafe.Markup': 'object',
  'flask.Markup': 'object',
  'jinja2.Markup': 'object',
  'django.utils.safestring.mark_safe': 's',
  'django.http.HttpResponse': 'content',
  'flask.make_response': '',
  'quart.make_response': '',
};
const ENVIRONMENTS = ['jinja2.Environment', 'jinja2.environment.Environment', 'jinja2.sandbox.SandboxedEnvironment'];
/** What tells templates of pages from those of prompts. */
const HTML = /["'][^"'\s:]*\.html?(?:\.\w+)?["']|text\/html|HTMLResponse|<html|<body|<div|<p>|<h1/i;
const PROMPTS = /prompt/i;
const SENT: readonly SourceKind[] = ['request', 'interface'];
/** The names that the fix needs mean something else in the file. */
const OTHER_ESCAPE = /\bescape\b/;
const OTHER_HTML = /\bhtml\s*=|\bdef html\b|\bas html\b|^from .* import .*\bhtml\b/m;
/** A returned value of its own is a page only where it is a text. */
const TEXTS = /^(?:flask|quart)\.request\.(?:args|form|values|headers|cookies)(?:\.get\(\)|\[\])$/;

export default defineRule({
  summary: 'A page shows text of a request as markup.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-79',
    'OWASP-LLM05:2025',
    'https://jinja.palletsprojects.com/en/stable/api/#autoescaping',
    'https://flask.palletsprojects.com/en/stable/web-security/#cross-site-scripting-xss',
    'https://docs.python.org/3/library/html.html#html.escape',
    'https://docs.djangoproject.com/en/stable/ref/utils/#django.utils.safestring.mark_safe',
  ],
  overlaps: ['bandit:B701', 'ruff:S701'],
  docs: {
    why: 'The demo of a model repeats what was asked: `f"<p>You asked: {text}</p>"`. A link with a script in that text, opened by a colleague who is logged in, runs the script on the page of the service: it reads the key from the form, queries the model and posts labels in their name.',
    instead:
      'Render a template with `autoescape=True`, or pass each value through `html.escape` or `markupsafe.escape`.',
    fixSafety:
      'Markup in the values is shown as text afterwards, so the fix is offered for review: pages that are meant to hold some lose it.',
    limits:
      'Values of a request count, and what a browser gets from Flask, Quart, FastAPI, Starlette and Django. Templates are not read; an environment without escaping is reported where the file speaks of HTML and of no prompts. What a model wrote, and pages of Streamlit and Gradio, are not judged here.',
  },
  messages: {
    markup: '`{value}` comes from a request and becomes part of a page, where a script in it runs; escape it',
    noEscape:
      '`{setting}` leaves markup in values as it is, so a script in them runs on the page; set `autoescape=True`',
  },
  query: [python.calls(...Object.keys(PAGES), ...ENVIRONMENTS), python.handlers()],
  check(fact, context) {
    const { report, python: py, path, text } = context;
    if (isTestFile(path)) return;
    if (fact.kind === 'handler') {
      for (const value of fact.returned) showReturned(fact, value, context);
      return;
    }
    if (!ENVIRONMENTS.includes(fact.name)) {
      if (answersOtherwise(fact, py)) return;
      const content = argumentOf(fact, PAGES[fact.name] || undefined, 0)?.value;
      if (content === undefined) return;
      if (fact.name.endsWith('make_response') && !holdsMarkup(py.definition(content))) return;
      tell(content, new Set(), context, fact.name.startsWith('flask') || fact.name.startsWith('quart'));
      return;
    }
    const flag = argumentOf(fact, 'autoescape');
    const value = flag === undefined ? undefined : py.value(flag.value);
    const off = flag === undefined || (value?.kind === 'boolean' && !value.value);
    if (!off || passesUnknown(fact) || !HTML.test(text) || PROMPTS.test(text)) return;
    const setting = flag === undefined ? fact.name.split('.').pop()! : 'autoescape=False';
    report(flag?.range ?? fact.calleeRange, 'noEscape', { setting })
      .severity('warning')
      .fix(
        'Set `autoescape=True`',
        'review',
        edit.setKeyword(text, fact.expression, 'autoescape', 'True'),
        'markup in values is shown as text',
      );
  },
  examples: [
    {
      bad: 'from flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.get("/ask")\ndef ask():\n    text = request.args["text"]\n    return f"<p>You asked: {«text»}</p>"\n',
      message: 'markup',
      good: 'from markupsafe import escape\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.get("/ask")\ndef ask():\n    text = request.args["text"]\n    return f"<p>You asked: {escape(text)}</p>"\n',
    },
    {
      bad: 'from fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse as Page\n\napp = FastAPI()\n\n\n@app.get("/ask")\ndef ask(text: str):\n    return Page("<p>" + «text» + "</p>")\n',
      message: 'markup',
      good: 'import html\nfrom fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse as Page\n\napp = FastAPI()\n\n\n@app.get("/ask")\ndef ask(text: str):\n    return Page("<p>" + html.escape(text) + "</p>")\n',
    },
    {
      bad: 'from jinja2 import Environment, FileSystemLoader\n\nenv = Environment(loader=FileSystemLoader("pages"), «autoescape=False»)\npage = env.get_template("report.html")\n',
      message: 'noEscape',
      good: 'from jinja2 import Environment, FileSystemLoader\n\nenv = Environment(loader=FileSystemLoader("pages"), autoescape=True)\npage = env.get_template("report.html")\n',
    },
    {
      good: 'from jinja2 import Environment\n\nenv = Environment(autoescape=False)\nchat = env.from_string(open("chat_prompt.j2").read())\n',
      because: 'a prompt is no page',
    },
    {
      good: 'from flask import Flask, request\nfrom markupsafe import escape\n\napp = Flask(__name__)\n\n\n@app.get("/ask")\ndef ask():\n    return f"<p>{escape(request.args[\'text\'])} {len(request.args)}</p>"\n',
      because: 'escaped, and a number',
    },
    {
      good: 'from flask import Flask, jsonify, request\n\napp = Flask(__name__)\n\n\n@app.get("/ask")\ndef ask():\n    return jsonify({"text": f"<p>{request.args[\'text\']}</p>"})\n',
      because: 'JSON is no page',
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/ask")\ndef ask(text: str):\n    return f"<p>{text}</p>"\n',
      because: 'FastAPI sends it as JSON',
    },
  ],
});

type Context = RuleContext<{ markup: '{value}'; noEscape: '{setting}' }>;

/** What Flask and Quart send as a page when a view returns it. */
function showReturned(handler: HandlerFact, value: Expression, context: Context): void {
  if (handler.decorator === undefined || !/^(?:flask|quart)\./.test(handler.decorator.name)) return;
  const { python: py } = context;
  const body = value.kind === 'tuple' ? value.items[0] : value;
  if (body === undefined || (value.kind === 'tuple' && value.items.length > 2)) return;
  if (value.kind === 'tuple' && py.definition(value.items[1]!).kind === 'dict') return;
  const shape = py.definition(body);
  const whole = [body, shape].some((one) => py.names(one).some((name) => TEXTS.test(name)));
  if (!whole && !isBuilt(shape)) return;
  tell(body, convertedBy(handler.decorator.expression, py), context, true);
}

function tell(
  content: Expression,
  converted: ReadonlySet<string>,
  { report, python: py, text }: Context,
  flask: boolean,
): void {
  for (const leaf of leaves(content, py, 0)) {
    if (leaf.kind === 'name' && converted.has(leaf.name)) continue;
    const origin = py.origin(leaf, SENT);
    if ((origin.source !== 'request' && origin.source !== 'interface') || origin.cleanedFor?.includes('html') === true)
      continue;
    const { start, end } = leaf.range;
    const finding = report(leaf, 'markup', { value: shown(text, leaf.range, 24) });
    for (const step of origin.trail) finding.related(step.range, step.message);
    const single = leaf === content;
    const taken = (flask ? OTHER_ESCAPE : OTHER_HTML).test(text.replace(/^from markupsafe import escape$/m, ''));
    if (single || taken || !/[\s({+,%]/.test(text[start - 1] ?? '') || !/[\s)}+,]/.test(text[end] ?? '')) continue;
    const name = flask ? 'escape' : 'html.escape';
    const value = text.slice(start, end);
    // Inside an f-string a value need not be a text.
    const passed = flask || text[start - 1] !== '{' ? value : `str(${value})`;
    const edits = [
      ...edit.replace(leaf.range, `${name}(${passed})`),
      ...edit.addImport(text, flask ? 'from markupsafe import escape' : 'import html'),
    ];
    finding.fix(`Pass it through \`${name}\``, 'review', edits, 'markup in it is shown as text');
  }
}
