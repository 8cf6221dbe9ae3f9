import { isTestFile } from '../../base/test-files.js';
import { defineRule, edit, python, type Report } from '../../engine/index.js';
import { gradeByOrigin, isForeign, leastTrusted } from '../_by-origin.js';
import { isHarmless, templateOf } from '../_text-template.js';
import { isModule, isNumber, isOwnFile, namesOfProgram, readsLiteral, sourceOf, useOf } from './_evaluated.js';

const RUNNERS = ['eval', 'exec', 'builtins.eval', 'builtins.exec'];
export default defineRule({
  summary: 'Text that is not part of the program runs as Python code.',
  stages: ['preprocessing', 'feature-engineering', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-95',
    'OWASP-LLM05:2025',
    'OWASP-ML02:2023',
    'https://docs.python.org/3/library/functions.html#eval',
    'https://docs.python.org/3/library/ast.html#ast.literal_eval',
  ],
  overlaps: ['bandit:B307', 'bandit:B102', 'ruff:S307', 'ruff:S102'],
  docs: {
    why: 'A CSV column holds lists as text, and `df["tags"].apply(eval)` turns them into lists. Whoever may add a row to the data set writes a function call into that cell, and it runs on the training machine with its credentials.',
    instead:
      'Read literals with `ast.literal_eval`, data with `json.loads`; choose a class or function by a name from a dict of the allowed ones.',
    fixSafety:
      'Arithmetic, names and calls in the text raise `ValueError` with `ast.literal_eval`, so the fix is offered for review.',
    limits:
      'Text that is built from constants and numbers, or read from a file of the project itself, is passed over. Restricted globals are no protection and make no difference. What is read from a file as a module is only noted. Methods such as `model.eval()` and `df.eval()` are other functions.',
    ignoreWhen:
      'The text is code on purpose, as in a console or a notebook tool, and whoever writes it may run code anyway.',
  },
  messages: {
    runs: '`{callee}` runs text as Python code; read data with `ast.literal_eval` or `json.loads`',
    foreign: '`{callee}` runs code that came from outside; read data with `ast.literal_eval` or `json.loads`',
    eachValue: '`{callee}` runs every value as code, so one poisoned row takes over; use `ast.literal_eval`',
    option: '`type={callee}` runs what is passed for the option as code; use `ast.literal_eval`',
  },
  query: [python.calls(...RUNNERS), python.references(...RUNNERS)],
  check(fact, { report, python: py, text, path }) {
    const callee = fact.name.replace('builtins.', '');
    if (fact.kind === 'reference') {
      const use = useOf(fact, text);
      if (use === undefined) return;
      const finding = report(fact.range, use, { callee });
      if (isTestFile(path)) finding.severity('info');
      else if (use === 'option') finding.severity('warning');
      if (callee === 'eval') offerLiterals(finding, fact.range, text);
      return;
    }
    const source = sourceOf(fact, py);
    if (source === undefined) return;
    const parts = templateOf(source, py, text);
    const open = parts.flatMap((part) => (typeof part === 'string' || part.numeric ? [] : [part.expression]));
    const risky = open.filter((expression) => !isHarmless(expression, py) && !namesOfProgram(expression));
    const origin = leastTrusted(risky, py);
    if (origin === undefined || isNumber(fact, text) || (isOwnFile(source, text) && !isForeign(origin))) return;
    const foreign = isForeign(origin);
    const finding = report(fact.calleeRange, foreign ? 'foreign' : 'runs', { callee });
    gradeByOrigin(finding, origin, path, isModule(fact, source, text) ? 'info' : 'warning');
    if (callee === 'eval' && readsLiteral(fact, parts, text)) offerLiterals(finding, fact.calleeRange, text);
  },
  examples: [
    {
      bad: 'import pandas as pd\ndf = pd.read_csv("books.csv")\ndf["tags"] = df["tags"].apply(«eval»)\n',
      message: 'eachValue',
      good: 'import ast\nimport pandas as pd\ndf = pd.read_csv("books.csv")\ndf["tags"] = df["tags"].apply(ast.literal_eval)\n',
    },
    {
      bad: 'import pandas as pd\ndf = pd.read_csv("books.csv", converters={"tags": «eval»})\n',
      message: 'eachValue',
      good: 'import ast\nimport pandas as pd\ndf = pd.read_csv("books.csv", converters={"tags": ast.literal_eval})\n',
    },
    {
      bad: 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--betas", type=«eval»)\n',
      message: 'option',
      good: 'import ast\nimport argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--betas", type=ast.literal_eval)\n',
    },
    {
      bad: 'def parse(cell):\n    return «eval»(cell)\n',
      message: 'runs',
      good: 'import ast\ndef parse(cell):\n    return ast.literal_eval(cell)\n',
    },
    {
      bad: 'import requests\nreply = requests.get(url, timeout=30)\n«exec»(reply.text)\n',
      message: 'foreign',
      good: 'import requests\nreply = requests.get(url, timeout=30)\nsettings = reply.json()\n',
      byHand: true,
    },
    { good: 'import torch\nnet = torch.nn.Linear(2, 2)\nnet.eval()\n', because: 'a method of the model' },
    { good: 'double = eval("lambda x: 2 * x")\n', because: 'the code stands in the program' },
    {
      good: 'for i in range(4):\n    layers.append(eval(f"self.layer{i}"))\n',
      because: 'only a number is put in',
    },
    { good: 'from tokenizers_eval import eval\nscore = eval(predictions)\n', because: 'a function of another library' },
    { good: 'import ast\nrows = [ast.literal_eval(cell) for cell in column]\n', because: 'reads literals only' },
  ],
});

function offerLiterals(finding: Report, range: { readonly start: number; readonly end: number }, text: string): void {
  finding.fix(
    'Read a literal with `ast.literal_eval`',
    'review',
    [...edit.addImport(text, 'import ast'), ...edit.replace(range, 'ast.literal_eval')],
    'arithmetic, names and calls in the text raise an error',
  );
}
