import { defineRule, python } from '../../engine/index.js';
import { isIntegrity, isMetric, raising, sensitiveCall } from './_gate.js';

const ACCESS = /\b(?:is_admin|is_authenticated|is_authori[sz]ed|has_perm\w*|has_role|can_(?:deploy|publish|promote))\b/;

export default defineRule({
  summary: 'A gate before a release, a load or an answer is an `assert`.',
  stages: ['evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-703',
    'CWE-617',
    'OWASP-ML09:2023',
    'https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement',
    'https://docs.python.org/3/using/cmdline.html#cmdoption-O',
  ],
  overlaps: ['bandit:B101', 'ruff:S101'],
  docs: {
    why: 'Python leaves every `assert` out when it runs with `-O` or `PYTHONOPTIMIZE`, as many container images do to save memory: the model whose accuracy fell to one half, or whose checksum does not match, is then released without a word.',
    instead: 'Write the gate as `if not …: raise …`.',
    fixSafety:
      'The same error is raised at the same place with the same text. Only where Python runs with `-O`, and the gate did nothing, it works again.',
    limits:
      'Only comparisons of metrics before a call that saves, publishes or deploys, comparisons of checksums and questions of permission are gates. Tests, notebooks and assertions about types, shapes and `None` are passed over.',
  },
  messages: {
    release: '`assert` is the gate before `{callee}`, and `python -O` removes it; raise an error instead',
    integrity: '`assert` checks integrity, and `python -O` removes it: a changed file passes; raise an error instead',
    access: '`assert` decides who may go on, and `python -O` removes it; raise an error instead',
  },
  skipsTests: true,
  query: python.statements('assert'),
  check(fact, { report, python: py, text, language }) {
    const { statement } = fact;
    if (statement.kind !== 'assert' || language === 'notebook') return;
    if (/^(?:async\s+)?def\s+_?test/.test(text.slice(fact.around.start, fact.around.start + 30))) return;
    const { start, end } = statement.condition.range;
    const condition = text.slice(start, end);
    const keyword = { start: statement.range.start, end: statement.range.start + 'assert'.length };
    let finding: ReturnType<typeof report> | undefined;
    const released = isMetric(statement.condition, text) ? sensitiveCall(fact, py, text) : undefined;
    if (released !== undefined) {
      finding = report(keyword, 'release', { callee: released.callee });
      finding.related(released.range, 'what the gate is for');
    } else if (isIntegrity(statement.condition, py)) finding = report(keyword, 'integrity');
    else if (ACCESS.test(condition) && !/\bis (?:not )?None\b/.test(condition)) {
      const guarded = sensitiveCall(fact, py, text, true);
      if (guarded === undefined) return;
      finding = report(keyword, 'access');
      finding.related(guarded.range, 'what the gate is for');
    }
    const edits = finding === undefined ? [] : raising(fact, text);
    if (finding !== undefined && edits.length > 0) finding.fix('Raise the error with `if not …`', 'safe', edits);
  },
  examples: [
    {
      bad: 'import joblib\nfrom sklearn.metrics import roc_auc_score\n\nauc = roc_auc_score(y_test, scores)\n«assert» auc >= 0.8, f"AUC {auc:.3f} is too low"\njoblib.dump(model, "model.joblib")\n',
      message: 'release',
      good: 'import joblib\nfrom sklearn.metrics import roc_auc_score\n\nauc = roc_auc_score(y_test, scores)\nif not (auc >= 0.8):\n    raise AssertionError(f"AUC {auc:.3f} is too low")\njoblib.dump(model, "model.joblib")\n',
      path: 'release.py',
    },
    {
      bad: 'import hashlib as h\n\n\ndef verified(path, expected):\n    data = path.read_bytes()\n    «assert» h.sha256(data).hexdigest() == expected\n    return data\n',
      message: 'integrity',
      good: 'import hashlib as h\n\n\ndef verified(path, expected):\n    data = path.read_bytes()\n    if not (h.sha256(data).hexdigest() == expected):\n        raise AssertionError\n    return data\n',
    },
    {
      bad: 'from mlflow import register_model as register\n\n\ndef promote(user, uri):\n    «assert» user.is_admin, "only for release managers"\n    register(uri, "loan-default")\n',
      message: 'access',
      good: 'from mlflow import register_model as register\n\n\ndef promote(user, uri):\n    if not (user.is_admin):\n        raise AssertionError("only for release managers")\n    register(uri, "loan-default")\n',
    },
    {
      good: 'import joblib\n\nassert model is not None\nassert scores.shape == (4, 2)\nassert isinstance(score, float)\njoblib.dump(model, "model.joblib")\n',
      because: 'types and shapes, no gate',
    },
    { good: 'assert accuracy > 0.5\nprint(accuracy)\n', because: 'nothing is released' },
    {
      good: 'import joblib\n\n\ndef test_release():\n    assert accuracy > 0.9\n    joblib.dump(model, "model.joblib")\n',
      because: 'a test',
    },
  ],
});
