import type { Range } from '../../base/range.js';
import {
  argumentOf,
  defineRule,
  type Expression,
  edit,
  type HandlerFact,
  type PythonQuestions,
  python,
} from '../../engine/index.js';
import { isOption } from './_option.js';

const APPS = ['flask.Flask()', 'quart.Quart()', 'flask.current_app'];
const SETTINGS = ['WTF_CSRF_ENABLED', 'WTF_CSRF_CHECK_DEFAULT', 'JWT_COOKIE_CSRF_PROTECT'];
const DJANGO = 'django.views.decorators.csrf.csrf_exempt';
const FLASK = ['flask_wtf.CSRFProtect().exempt', 'flask_wtf.csrf.CSRFProtect().exempt'];
/** What a Django view answers with; decorators themselves are no facts. */
const ANSWERS = ['django.http.JsonResponse', 'django.http.HttpResponse', 'django.shortcuts.render'];
const DJANGO_IMPORT = /^from django\.views\.decorators\.csrf import [^\n]*?\bcsrf_exempt\b(?: as (\w+))?/m;
/** Callers that prove themselves with a header or a signature send no cookie that a foreign page could ride on. */
const OWN_PROOF = /authoriz|api[_-]?key|bearer|token|signature|hmac|x-hub|webhook|oauth|secret/i;

export default defineRule({
  summary: 'Protection against forged requests is switched off.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-352',
    'https://flask-wtf.readthedocs.io/en/latest/csrf/',
    'https://docs.djangoproject.com/en/stable/howto/csrf/',
    'https://flask-jwt-extended.readthedocs.io/en/stable/options.html',
  ],
  docs: {
    why: 'A browser sends its cookies along whichever page starts the request. A page that an annotator visits can post to the labelling tool under that login: thousands of labels change, or the retraining job starts on data of the attacker, and the log names a colleague.',
    instead:
      'Leave the check on and send the token in the `X-CSRFToken` header; programs that call the API prove themselves with a key or a bearer token in a view of their own.',
    fixSafety: 'Forms and scripts that send no token are refused afterwards, so the fix is offered for review.',
    limits:
      'Settings in classes and in plain variables of a settings module, `MIDDLEWARE` lists and single forms are not judged. A view whose text speaks of tokens, keys or signatures is taken for an API that does not rely on cookies.',
    ignoreWhen: 'Nobody is logged in by a cookie, e.g. because every caller sends a bearer token.',
  },
  messages: {
    setting: '`{key}=False` lets any page post under the login of its visitor; leave the check on',
    exempt: '`{decorator}` lets any page post to this view under the login of its visitor; send the token instead',
  },
  skipsTests: true,
  query: [
    python.stores(...APPS.map((app) => `${app}.config[]`)),
    python.calls(...APPS.map((app) => `${app}.config.update`), DJANGO, ...ANSWERS),
    python.references(DJANGO),
    python.handlers(),
  ],
  check(fact, { report, python: py, text }) {
    const off = (key: string, at: Range, value: Expression): void => {
      const finding = report(at, 'setting', { key });
      if (text.slice(value.range.start, value.range.end) !== 'False') return;
      finding.fix(
        'Switch the check on',
        'review',
        edit.replace(value.range, 'True'),
        'forms without a token are refused',
      );
    };
    switch (fact.kind) {
      case 'store':
        if (fact.key === undefined || !SETTINGS.includes(fact.key) || !isFalse(py, fact.value)) return;
        // Views of such an application call `csrf.protect()` themselves.
        if (fact.key === 'WTF_CSRF_CHECK_DEFAULT' && text.includes('.protect(')) return;
        if (!isOption(text, fact.statement.start)) off(fact.key, fact.range, fact.value);
        return;
      case 'reference':
        report(fact.range, 'exempt', { decorator: 'csrf_exempt' });
        return;
      case 'handler':
        for (const at of exemptions(fact, py)) exempt(at, fact.function.range);
        return;
    }
    if (fact.name === DJANGO) report(fact.calleeRange, 'exempt', { decorator: 'csrf_exempt' });
    else if (ANSWERS.includes(fact.name)) {
      for (const { at, view } of exemptViews(text)) if (holds(view, fact.range)) exempt(at, view);
    } else if (!isOption(text, fact.statement.start)) {
      for (const key of SETTINGS) {
        const argument = argumentOf(fact, key);
        if (argument !== undefined && isFalse(py, argument.value)) off(key, argument.range, argument.value);
      }
    }

    function exempt(at: Range, view: Range): void {
      if (OWN_PROOF.test(text.slice(view.start, view.end).replace(/csrf_?token/gi, ''))) return;
      const decorator = text.slice(at.start, at.end).slice(-20);
      const line = text.slice(text.lastIndexOf('\n', at.start) + 1, at.start);
      const finding = report(at, 'exempt', { decorator });
      if (/^[ \t]*@$/.test(line) && /^[ \t]*\r?\n/.test(text.slice(at.end, at.end + 200))) {
        finding.fix(
          `Remove \`@${decorator}\``,
          'review',
          edit.deleteLines(text, at),
          'requests without a token are refused',
        );
      }
    }
  },
  examples: [
    {
      bad: 'from flask import Flask\n\napp = Flask(__name__)\n«app.config["WTF_CSRF_ENABLED"] = False»\n',
      message: 'setting',
      good: 'from flask import Flask\n\napp = Flask(__name__)\napp.config["WTF_CSRF_ENABLED"] = True\n',
    },
    {
      bad: 'from django.http import JsonResponse\nfrom django.views.decorators.csrf import csrf_exempt\n\n\n@«csrf_exempt»\ndef label(request):\n    save(request.POST["label"], request.user)\n    return JsonResponse({})\n',
      message: 'exempt',
      good: 'from django.http import JsonResponse\nfrom django.views.decorators.csrf import csrf_exempt\n\n\ndef label(request):\n    save(request.POST["label"], request.user)\n    return JsonResponse({})\n',
    },
    {
      bad: 'from flask import Flask\nfrom flask_wtf.csrf import CSRFProtect as Protect\n\napp = Flask(__name__)\ncsrf = Protect(app)\n\n\n@app.post("/retrain")\n@«csrf.exempt»\ndef retrain():\n    return start()\n',
      message: 'exempt',
      good: 'from flask import Flask\nfrom flask_wtf.csrf import CSRFProtect as Protect\n\napp = Flask(__name__)\ncsrf = Protect(app)\n\n\n@app.post("/retrain")\ndef retrain():\n    return start()\n',
    },
    {
      good: 'from flask import Flask\n\napp = Flask(__name__)\nif app.testing:\n    app.config["WTF_CSRF_ENABLED"] = False\n',
      because: 'an option for tests',
    },
    {
      good: 'from django.http import JsonResponse\nfrom django.views.decorators.csrf import csrf_exempt\n\n\n@csrf_exempt\ndef predict(request):\n    check(request.headers["Authorization"])\n    return JsonResponse(score(request.body))\n',
      because: 'the caller proves itself without a cookie',
    },
    {
      good: 'from flask import Flask\n\napp = Flask(__name__)\napp.config["WTF_CSRF_ENABLED"] = settings.csrf\n',
      because: 'the flag is not known',
    },
    { good: 'store.config["WTF_CSRF_ENABLED"] = False\n', because: 'not the configuration of an application' },
  ],
});

function isFalse(py: PythonQuestions, expression: Expression): boolean {
  const value = py.value(expression);
  return value.kind === 'boolean' && !value.value;
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Decorators of a Flask view that take it out of the check. */
function exemptions({ function: view }: HandlerFact, py: PythonQuestions): readonly Range[] {
  return view.decorators.filter((one) => py.names(one).some((name) => FLASK.includes(name))).map(({ range }) => range);
}

/** Functions below `@csrf_exempt`, when the file imports it: from the decorator to the next line that is indented less. */
function exemptViews(text: string): readonly { readonly at: Range; readonly view: Range }[] {
  const imported = DJANGO_IMPORT.exec(text);
  if (imported === null) return [];
  const decorator = imported[1] ?? 'csrf_exempt';
  return [...text.matchAll(new RegExp(`^([ \\t]*)@(${decorator})[ \\t]*(?:#.*)?\\r?$`, 'gm'))].map((match) => {
    const start = match.index + match[1]!.length + 1;
    const lines = text.slice(match.index).split('\n');
    const head = lines.findIndex((line) => /^\s*(?:async\s+)?def\s/.test(line));
    const next = lines.findIndex(
      (line, i) => i > head && line.trim() !== '' && !/^\s/.test(line.slice(match[1]!.length)),
    );
    const length = (next < 0 ? lines : lines.slice(0, next)).join('\n').length;
    return { at: { start, end: start + decorator.length }, view: { start: match.index, end: match.index + length } };
  });
}
