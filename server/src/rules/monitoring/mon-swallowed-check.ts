import { defineRule, edit, python } from '../../engine/index.js';
import { CHECK_ERROR } from '../../knowledge/integrity-checks.js';
import { checkIn, isNothing } from './_check-step.js';

const EVERY_ERROR = ['Exception', 'BaseException'];
export default defineRule({
  summary: 'The error of a check of integrity, schema or access is thrown away.',
  stages: ['monitoring', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-390',
    'CWE-703',
    'OWASP-ML09:2023',
    'AML.T0031',
    'https://docs.python.org/3/tutorial/errors.html#handling-exceptions',
  ],
  overlaps: ['bandit:B110', 'ruff:S110', 'ruff:SIM105'],
  docs: {
    why: 'A check that cannot fail is none: the checksum of a swapped checkpoint does not match, the error is passed over, and the next line loads it. Monitoring shows nothing, because nothing was logged.',
    instead: 'Let the error stop the step, or record it and take the way for data that was refused.',
    fixSafety: 'A step that went on after a failed check stops from then on, so the fix is offered for review.',
    limits:
      'The check has to be the last step of its `try`, since what stands behind it there is skipped when it fails; a handler that does more than `pass` is trusted, and so is `continue`, which drops what was refused. What a function of the project checks is read from its name.',
  },
  messages: {
    swallowed: 'Errors of `{check}` are thrown away: what fails the check is used all the same; raise the error again',
  },
  words: [
    'verif',
    'validat',
    'digest',
    'checksum',
    'signature',
    '_hash',
    'schema',
    'assert_',
    'ensure_',
    'enforce_',
    'require_',
    'check_',
    'jwt',
  ],
  skipsTests: true,
  query: python.statements('try'),
  check(fact, { report, python: py, text }) {
    const { statement } = fact;
    // What follows in the `try`, or under `else`, runs only for what passed.
    if (statement.kind !== 'try' || statement.otherwise.length > 0) return;
    const silent = statement.handlers.flatMap(({ type, body }) => {
      const [only] = body;
      return body.length === 1 && only !== undefined && isNothing(only) ? [{ type, only }] : [];
    });
    const last = statement.body[statement.body.length - 1];
    const check = silent.length === 0 || last === undefined ? undefined : checkIn(last, py, text);
    if (check === undefined) return;
    for (const { type, only } of silent) {
      const types = type === undefined ? [] : type.kind === 'tuple' ? type.items : [type];
      const caught = types.flatMap((one) => (one.kind === 'name' ? [one.name, ...py.names(one)] : py.names(one)));
      if (type !== undefined && !caught.some((name) => EVERY_ERROR.includes(name) || CHECK_ERROR.test(name))) continue;
      const finding = report(only.range, 'swallowed', { check: check.name });
      finding.related(check.range, 'the check');
      finding.fix(
        'Raise the error again',
        'review',
        edit.replace(only.range, 'raise'),
        'a failed check stops the program',
      );
    }
  },
  examples: [
    {
      bad: 'import torch\nfrom artefacts import verify_checksum as verify\n\ntry:\n    verify("model.pt", EXPECTED)\nexcept Exception:\n    «pass»\nmodel = torch.load("model.pt", weights_only=True)\n',
      message: 'swallowed',
      good: 'import torch\nfrom artefacts import verify_checksum as verify\n\ntry:\n    verify("model.pt", EXPECTED)\nexcept Exception:\n    raise\nmodel = torch.load("model.pt", weights_only=True)\n',
    },
    {
      bad: 'import hashlib\n\n\ndef check(data, expected):\n    try:\n        if hashlib.sha256(data).hexdigest() != expected:\n            raise ValueError("changed")\n    except ValueError:\n        «...»\n    return data\n',
      message: 'swallowed',
      good: 'import hashlib\n\n\ndef check(data, expected):\n    try:\n        if hashlib.sha256(data).hexdigest() != expected:\n            raise ValueError("changed")\n    except ValueError:\n        raise\n    return data\n',
    },
    {
      bad: 'import pandera as pa\n\nschema = pa.DataFrameSchema({})\ntry:\n    schema.validate(batch)\nexcept pa.errors.SchemaError:\n    «pass»\nscore(batch)\n',
      message: 'swallowed',
      good: 'import pandera as pa\n\nschema = pa.DataFrameSchema({})\ntry:\n    schema.validate(batch)\nexcept pa.errors.SchemaError:\n    raise\nscore(batch)\n',
    },
    {
      good: 'from artefacts import verify_checksum\n\ntry:\n    verify_checksum("model.pt", EXPECTED)\n    model = load("model.pt")\nexcept Exception:\n    pass\n',
      because: 'the model is not loaded when the check fails',
    },
    {
      good: 'from artefacts import verify_checksum\n\nfor path in paths:\n    try:\n        verify_checksum(path, EXPECTED)\n    except ValueError:\n        continue\n    load(path)\n',
      because: 'what fails is left out',
    },
    {
      good: 'try:\n    shutil.rmtree(folder)\nexcept Exception:\n    pass\n',
      because: 'no check of anything',
    },
  ],
});
