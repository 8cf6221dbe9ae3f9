import { argumentOf, type CallFact, defineRule, passesUnknown, python } from '../../engine/index.js';

export default defineRule({
  summary: 'Logging is configured over a socket by whoever connects.',
  stages: ['monitoring', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-94', 'https://docs.python.org/3/library/logging.config.html#logging.config.listen'],
  overlaps: ['bandit:B612', 'ruff:S612'],
  docs: {
    why: 'What arrives at the socket is a logging configuration, and parts of one are run through `eval`. On a shared training node every other user reaches the port on localhost and so runs code as the owner of the job, with its data and its keys.',
    instead:
      'Read the configuration from a file that only you can write. If it has to come over a socket, pass `verify=` a function that checks a signature and returns `None` for anything else.',
    fixSafety: 'There is no fix: how a configuration is signed is for the project to decide.',
    limits: 'What the function passed as `verify` checks is not judged.',
    ignoreWhen: 'The job runs alone in its network namespace.',
  },
  messages: {
    open: '`logging.config.listen` runs code from any configuration sent by a local user; pass `verify=` to check it',
  },
  query: python.calls('logging.config.listen'),
  check(call: CallFact, { report, python: py }) {
    const verify = argumentOf(call, 'verify', 1);
    if (verify === undefined ? passesUnknown(call) : py.value(verify.value).kind !== 'none') return;
    report(verify?.range ?? call.calleeRange, 'open');
  },
  examples: [
    {
      bad: 'import logging.config\nreceiver = «logging.config.listen»(9999)\nreceiver.start()\n',
      message: 'open',
      good: 'import logging.config\nreceiver = logging.config.listen(9999, verify=signed)\nreceiver.start()\n',
      byHand: true,
    },
    {
      bad: 'from logging.config import listen as receive\nreceive(9999, «verify=None»).start()\n',
      message: 'open',
      good: 'from logging.config import listen as receive\nreceive(9999, verify=signed).start()\n',
      byHand: true,
    },
    {
      good: 'from logging.config import listen\nlisten(9999, check_signature).start()\n',
      because: 'a function checks what arrives',
    },
    { good: 'from logging.config import listen\nlisten(**options).start()\n', because: 'the options are not known' },
    { good: 'import logging.config\nlogging.config.fileConfig("logging.ini")\n', because: 'a file, no socket' },
    { good: 'server.listen(9999)\n', because: 'another function of that name' },
  ],
});
