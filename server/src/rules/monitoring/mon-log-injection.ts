import { defineRule, type Expression, edit, python } from '../../engine/index.js';
import { isForeignText } from './_foreign-text.js';
import { LOG_CALLS, messageOf } from './_log-calls.js';

/** Structured loggers write one record for a call whatever its values hold. */
const PLAIN = LOG_CALLS.filter((name) => !name.startsWith('structlog.'));
/** What a file names that reads requests itself; values that come through other files are not judged. */
const FRAMEWORKS = (
  'flask fastapi starlette quart sanic bottle tornado werkzeug django rest_framework chainlit bentoml ray.serve ' +
  'litserve kserve mlserver torch_handler modal aiohttp'
).split(' ');
const PLACEHOLDER = /%(?:%|(?:\([^)]*\))?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z])/g;

export default defineRule({
  summary: 'Text of a request goes into the log as it came.',
  stages: ['deployment', 'monitoring'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-117',
    'https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting',
    'https://docs.python.org/3/library/string.html#format-string-syntax',
    'https://owasp.org/www-community/attacks/Log_Injection',
  ],
  docs: {
    why: 'A client of the scoring service sends a name with a line break and a line of its own behind it. The log now holds an entry the service never wrote: a drift alarm that fires on counted lines is fed, or a refused login reads like a granted one.',
    instead: 'Show such values with `%r` or `{value!r}`, which writes line breaks as `\\n`, or log as JSON.',
    fixSafety: 'The value stands in quotes afterwards; programs that read the log may expect it without.',
    limits:
      'Only values that are known to come from a request and to be a text are judged: members, items and parameters that are declared as `str`. Numbers, whole mappings, values that come through other files or many steps, and structured loggers are silent, and so are formatters that escape line breaks, which are not seen: ignore the rule for them.',
    ignoreWhen: 'The formatter of the log writes JSON or escapes line breaks.',
  },
  messages: {
    asItCame: '`{value}` comes from a request and may hold line breaks that forge log lines; show it with `{safe}`',
  },
  skipsTests: true,
  words: FRAMEWORKS,
  query: python.calls(...PLAIN),
  check(call, { report, python: py, text }) {
    const message = messageOf(call);
    if (message === undefined) return;
    const tell = (part: Expression, safe: string): ReturnType<typeof report> => {
      const value = text.slice(part.range.start, part.range.end).replace(/\s+/g, ' ').slice(0, 24);
      const finding = report(part.range, 'asItCame', { value, safe });
      for (const step of py.origin(part).trail) finding.related(step.range, step.message);
      return finding;
    };
    const reason = 'the value stands in quotes afterwards';
    if (message.text.kind === 'formatted') {
      for (const part of message.text.parts) {
        if (typeof part === 'string' || !isForeignText(part, py, text)) continue;
        const plain = text[part.range.end] === '}' && text[part.range.start - 1] === '{';
        if (!plain) continue;
        tell(part, '!r').fix('Show it with `!r`', 'review', edit.insert(part.range.end, '!r'), reason);
      }
      return;
    }
    if (message.text.kind !== 'string') return;
    const format = text.slice(message.text.range.start, message.text.range.end);
    const places = [...format.matchAll(PLACEHOLDER)].filter(([written]) => written !== '%%');
    message.values.forEach((value, index) => {
      const place = places[index];
      if (place?.[0] !== '%s' || !isForeignText(value, py, text)) return;
      const at = message.text.range.start + place.index + 1;
      tell(value, '%r').fix('Show it with `%r`', 'review', edit.replace({ start: at, end: at + 1 }, 'r'), reason);
    });
  },
  examples: [
    {
      bad: 'import logging\nfrom flask import request\n\nlogging.info("model %s", «request.args["model"]»)\n',
      message: 'asItCame',
      good: 'import logging\nfrom flask import request\n\nlogging.info("model %r", request.args["model"])\n',
    },
    {
      bad: 'from fastapi import FastAPI, UploadFile\nfrom loguru import logger as log\n\napp = FastAPI()\n\n\n@app.post("/score")\ndef score(file: UploadFile):\n    log.info(f"scoring {«file.filename»}")\n',
      message: 'asItCame',
      good: 'from fastapi import FastAPI, UploadFile\nfrom loguru import logger as log\n\napp = FastAPI()\n\n\n@app.post("/score")\ndef score(file: UploadFile):\n    log.info(f"scoring {file.filename!r}")\n',
    },
    {
      good: 'import logging\nfrom flask import request\n\nlogging.info("rows %s", int(request.args["rows"]))\n',
      because: 'a number holds no line break',
    },
    {
      good: 'import logging\nfrom flask import request\n\nlogging.info("body %s", request.get_json())\n',
      because: 'a mapping shows its texts with quotes',
    },
    { good: 'import logging\n\nlogging.info("model %s", name)\n', because: 'where the name comes from is not known' },
    {
      good: 'import structlog\nfrom flask import request\n\nlog = structlog.get_logger()\nlog.info(f"model {request.args[\'model\']}")\n',
      because: 'a structured logger escapes what it writes',
    },
  ],
});
