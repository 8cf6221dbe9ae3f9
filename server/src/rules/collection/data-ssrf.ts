import { NamePatterns } from '../../base/name-pattern.js';
import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { HTTP_CALLS, type HttpCall, URL_READERS } from '../../knowledge/http-clients.js';
import { isGuarded, linesAbove, templateOf } from '../_text-template.js';
import { CHECKED, decidesHost, FIXED_HOST, isAddress, SENDERS } from './_fetched-address.js';

const CALLS = new NamePatterns<HttpCall>();
for (const entry of [...HTTP_CALLS, ...URL_READERS]) CALLS.add(entry.name, entry);
export default defineRule({
  summary: 'The program fetches an address that somebody else chose.',
  stages: ['data-collection', 'deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-918',
    'OWASP-LLM05:2025',
    'OWASP-LLM06:2025',
    'AML.T0049',
    'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
  ],
  docs: {
    why: 'An image classifier takes `{"image_url": …}` and downloads it. A client passes `http://169.254.169.254/latest/meta-data/iam/…`: the service answers with the credentials of the machine it runs on, and every other service of the cluster is as near.',
    instead:
      'Take the content instead of an address, or compare the host with a list of allowed ones, resolve it, refuse private addresses and do not follow redirects (vLLM has `--allowed-media-domains`).',
    fixSafety: 'No fix is offered: only the owner knows which hosts are meant.',
    limits:
      'Only addresses that are known to come from a request, a queue or a model are judged. A fixed host with a path that is put in is passed over, and any check of the address in the function before silences the finding.',
    ignoreWhen: 'The service has no route to anything but the hosts it may fetch from.',
  },
  messages: {
    whole: '`{callee}` fetches an address that came from outside, so it reaches internal hosts; allow known hosts only',
    host: '`{callee}` fetches from a host that came from outside, so it reaches internal ones; allow known hosts only',
  },
  query: python.calls(...HTTP_CALLS.map(({ name }) => name), ...URL_READERS.map(({ name }) => name)),
  check(call: CallFact, { report, python: py, text, path }) {
    const [entry] = CALLS.match(call.name);
    const passed = entry && argumentOf(call, entry.argument, entry.position)?.value;
    if (passed === undefined) return;
    const parts = templateOf(passed, py, text);
    const at = parts.findIndex((part) => typeof part !== 'string' || FIXED_HOST.test(part));
    const part = parts[at];
    if (part === undefined || typeof part === 'string' || !decidesHost(parts, at)) return;
    const { expression } = part;
    const origin = py.origin(expression, SENDERS);
    if (origin.source === undefined || !SENDERS.includes(origin.source) || !isAddress(call.name, expression, parts, py))
      return;
    if (CHECKED.test(linesAbove(call, text)) || isGuarded(part, call, text)) return;
    const callee = call.name.replaceAll('()', '').split('.').slice(-2).join('.');
    const finding = report(passed.range, at === 0 ? 'whole' : 'host', { callee });
    if (isTestFile(path)) finding.severity('info');
    for (const step of origin.trail) finding.related(step.range, step.message);
  },
  examples: [
    {
      bad: 'import requests\nfrom fastapi import FastAPI\napp = FastAPI()\n\n@app.post("/classify")\ndef classify(image_url: str):\n    image = requests.get(«image_url», timeout=10).content\n    return model(image)\n',
      message: 'whole',
      good: 'import requests\nfrom urllib.parse import urlsplit\nfrom fastapi import FastAPI\napp = FastAPI()\n\n@app.post("/classify")\ndef classify(image_url: str):\n    if urlsplit(image_url).hostname not in ALLOWED_HOSTS:\n        raise ValueError(image_url)\n    image = requests.get(image_url, timeout=10, allow_redirects=False).content\n    return model(image)\n',
      byHand: true,
    },
    {
      bad: 'import httpx as web\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.route("/status")\ndef status():\n    return web.get(«f"http://{request.args[\'node\']}:8080/health"»).text\n',
      message: 'host',
      good: 'import httpx as web\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.route("/status")\ndef status():\n    return web.get(f"http://{NODES[request.args[\'node\']]}:8080/health").text\n',
      byHand: true,
    },
    {
      good: 'import requests\nfrom fastapi import FastAPI\napp = FastAPI()\n\n@app.get("/user")\ndef user(name: str):\n    return requests.get(f"https://api.example.org/users/{name}", timeout=10).json()\n',
      because: 'the host is fixed',
    },
    {
      good: 'import pandas as pd\nfrom fastapi import FastAPI, UploadFile\napp = FastAPI()\n\n@app.post("/rows")\ndef rows(file: UploadFile):\n    return len(pd.read_csv(file.file))\n',
      because: 'the content of a request, not an address',
    },
    {
      good: 'import requests\n\ndef fetch(url):\n    return requests.get(url, timeout=10)\n',
      because: 'nothing says who chose the address',
    },
    {
      good: 'import argparse\nimport requests\nparser = argparse.ArgumentParser()\nargs = parser.parse_args()\nrequests.get(args.url, timeout=10)\n',
      because: 'the operator chose the address',
    },
  ],
});
