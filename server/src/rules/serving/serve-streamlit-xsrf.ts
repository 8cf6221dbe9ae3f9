import { commands, config, defineRule, edit } from '../../engine/index.js';
import { type EnvironmentFact, environment, isOff, variablesOf } from '../_environment.js';
import { option, withoutOption } from './_command-line.js';

const XSRF = '--server.enableXsrfProtection';
const VARIABLE = 'STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION';
const TITLE = 'Leave cross-site request forgery protection on';
const REASON = 'pages on other origins can no longer upload files or embed the app';

const messages = {
  xsrf: '`{setting}` lets any web page send uploads to the Streamlit app in the name of its visitor; leave it on',
} as const;

export default defineRule({
  summary: 'A Streamlit app accepts requests from foreign web pages.',
  stages: ['deployment', 'evaluation'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-352',
    'OWASP-LLM02:2025',
    'https://docs.streamlit.io/develop/api-reference/configuration/config.toml',
  ],
  docs: {
    why: 'With the protection off, a page that a colleague happens to visit uploads a file of its own to the labelling app that runs in the same browser, or opens its connection and reads the records on the screen.',
    instead: 'Leave the protection on; behind a proxy that keeps the host name nothing has to be switched off.',
    fixSafety: 'A proxy that changes the host name may depend on the switch, so the fix is offered for review.',
    limits:
      '`enableCORS=false` is not reported: Streamlit ignores it while the protection is on. Settings that the user has in the home folder are not seen.',
    ignoreWhen: 'The app stands behind a proxy that checks the origin of requests itself.',
  },
  messages,
  words: ['xsrf'],
  query: [commands.named('streamlit'), config.entries('any', 'server.enableXsrfProtection'), ...environment],
  check(fact: EnvironmentFact, { report, python: py, text }) {
    if (!('keyword' in fact) && fact.kind === 'command') {
      const { words } = fact.command;
      const found = option(words, XSRF);
      if (found !== undefined && isOff(found.value)) {
        const finding = report(found.range, 'xsrf', { setting: 'enableXsrfProtection=false' });
        finding.fix(TITLE, 'review', withoutOption(words, found, text), REASON);
      }
    }
    for (const { name, value, place, range } of variablesOf(fact, py, text)) {
      if (name === 'enableXsrfProtection' && isOff(value))
        report(range, 'xsrf', { setting: `${name} = ${value}` }).fix(
          TITLE,
          'review',
          edit.deleteLines(text, range),
          REASON,
        );
      if (name !== VARIABLE || !isOff(value)) continue;
      const finding = report(range, 'xsrf', { setting: `${name}=${value}` });
      if (place !== range) finding.fix(TITLE, 'review', edit.replace(place, 'true'), REASON);
    }
  },
  examples: [
    {
      bad: 'import subprocess\nsubprocess.run(["streamlit", "run", "app.py", «"--server.enableXsrfProtection=false"»])\n',
      message: 'xsrf',
      good: 'import subprocess\nsubprocess.run(["streamlit", "run", "app.py"])\n',
    },
    {
      path: '.streamlit/config.toml',
      bad: '[server]\nport = 8501\n«enableXsrfProtection = false»\n',
      message: 'xsrf',
      good: '[server]\nport = 8501\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.12-slim\nENV «STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION=false»\n',
      message: 'xsrf',
      good: 'FROM python:3.12-slim\nENV STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION=true\n',
    },
    {
      good: 'import os\nos.system("streamlit run app.py --server.enableCORS=false")\n',
      because: 'Streamlit ignores this switch while the protection is on',
    },
    {
      path: '.streamlit/config.toml',
      good: '[server]\nenableXsrfProtection = true\n',
      because: 'the protection is on',
    },
    {
      good: 'import os\nos.system(f"streamlit run app.py --server.enableXsrfProtection={flag}")\n',
      because: 'the value is not known',
    },
    { good: 'print("streamlit run app.py --server.enableXsrfProtection=false")\n', because: 'no command' },
  ],
});
