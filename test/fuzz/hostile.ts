/** A file that somebody might put into a repository to stop or slow a checker. */
export interface HostileFile {
  readonly title: string;
  readonly path: string;
  /** Made when it is needed: some are large. */
  text(): string;
}

const LOADS = 'import torch\nmodel = torch.load("net.pt")\n';
const file = (title: string, path: string, text: () => string): HostileFile => ({ title, path, text });

function notebook(cells: readonly object[]): string {
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function codeCell(index: number, source: string): object {
  return { id: `c${index}`, cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] };
}

/** A module such as a generator writes: many functions, calls and names. */
function generated(lines: number): string {
  const parts = ['import torch, pickle, pandas as pd\n'];
  for (let index = 0; parts.length * 4 < lines; index++) {
    parts.push(
      `def step_${index}(path, frame=None):\n    value_${index} = pd.read_csv(path, names=["name", "email"])\n` +
        `    model = torch.load(path.format(${index}), map_location="cpu")\n    return model, value_${index}, "text ${index}"\n`,
    );
  }
  return parts.join('');
}

const PYTHON: readonly HostileFile[] = [
  file('NUL bytes', 'nul.py', () => `${LOADS}\0x = "\0\0"\n\0`),
  file('a byte order mark', 'bom.py', () => `\ufeff${LOADS}`),
  file('CRLF', 'crlf.py', () => LOADS.replaceAll('\n', '\r\n')),
  file('lone carriage returns', 'cr.py', () => LOADS.replaceAll('\n', '\r')),
  file('lone surrogates', 'surrogates.py', () => `${LOADS}x = "\ud83d"\ny\udc00 = "\udc00\ud83d"\n# \ud83d\n`),
  file('20,000 generated lines', 'generated.py', () => generated(20_000)),
  file('one line of 5 MB', 'line.py', () => `import torch\nx = [${'12345678, '.repeat(500_000)}torch.load("a")]\n`),
  file('2,000 findings on one line', 'findings.py', () => `import torch\nx = [${'torch.load("a"), '.repeat(2000)}]\n`),
  file('one string of 5 MB', 'string.py', () => `x = "${'a'.repeat(5_000_000)}"\n`),
  file('one string of 1 MB that looks like a key', 'key.py', () => `api_key = "${'aB3x'.repeat(250_000)}"\n`),
  file('one comment of 5 MB', 'comment.py', () => `# tidegate: ignore[${'load-torch,'.repeat(450_000)}]\n${LOADS}`),
  file('deep brackets', 'brackets.py', () => `x = ${'('.repeat(20_000)}${')'.repeat(20_000)}\n`),
  file('deep calls', 'calls.py', () => `import torch\nx = ${'torch.load('.repeat(5000)}"a"${')'.repeat(5000)}\n`),
  file(
    'deep blocks',
    'blocks.py',
    () => `${Array.from({ length: 90 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')}${' '.repeat(90)}pass\n`,
  ),
  file('deep f-strings', 'fstrings.py', () => `x = ${'f"{'.repeat(500)}1${'}"'.repeat(500)}\n`),
  file('a long chain of attributes', 'chain.py', () => `x = a${'.b'.repeat(50_000)}\n`),
  file('a long sum', 'sum.py', () => `import torch\nx = ${'"a" + '.repeat(50_000)}"b"\ntorch.load(x)\n`),
  file('names that stand for each other', 'cycle.py', () =>
    'import torch\na = b\nb = c\nc = a\ntorch.load(a)\n'.repeat(500),
  ),
  file('a long chain of assignments', 'assignments.py', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `a${i + 1} = a${i} + a${i}\n`);
    return `import torch\na0 = "x"\n${lines.join('')}torch.load(a5000)\n`;
  }),
  file('a long chain of frames', 'frames.py', () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `d${i + 1} = d${i}.assign(c${i}=d${i}["name"]).drop(columns=["c"])\n`,
    );
    return `import pandas as pd\nd0 = pd.read_csv("a.csv")\n${lines.join('')}print(d3000)\n`;
  }),
  file('10,000 branches', 'branches.py', () => `x = 0\n${'if x: x = 1\nelse: x = 2\n'.repeat(10_000)}`),
  file(
    '10,000 ignores',
    'ignores.py',
    () => `import torch\n${'torch.load("a")  # tidegate: ignore[load-torch] -- because I say so\n'.repeat(10_000)}`,
  ),
  file('every import of everything', 'imports.py', () =>
    'from torch import *\nimport torch as a, a as torch\n'.repeat(5000),
  ),
];

const CONFIG: readonly HostileFile[] = [
  file('cyclic YAML aliases', 'cycle.yaml', () => 'a: &a\n  b: *a\n  c: &c [*a, *c]\n<<: *a\n'),
  file('an exponential YAML bomb', 'bomb.yaml', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]`);
    return `${lines.join('\n')}\n`;
  }),
  file('merged YAML bombs', 'merge.yaml', () => {
    const lines = ['a0: &a0 {k: v}'];
    for (let i = 1; i < 40; i++) lines.push(`a${i}: &a${i}\n  <<: [*a${i - 1}, *a${i - 1}]\n  k${i}: *a${i - 1}`);
    return `${lines.join('\n')}\n`;
  }),
  file('5,000 YAML aliases', 'aliases.yaml', () => `a: &a {b: c}\nlist:\n${'  - *a\n'.repeat(5000)}`),
  file('5,000 YAML keys', 'keys.yaml', () => Array.from({ length: 5000 }, (_, i) => `key${i}: value\n`).join('')),
  file('5,000 equal YAML keys', 'equal.yaml', () => 'key: value\n'.repeat(5000)),
  file('deep YAML', 'deep.yaml', () => `a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`),
  file('deep YAML blocks', 'blocks.yaml', () =>
    Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
  ),
  file('one YAML scalar of 5 MB', 'scalar.yaml', () => `a: ${'b'.repeat(5_000_000)}\n`),
  file('a template', 'templates/x.yaml', () =>
    '{{- if .Values.x }}\na: {{ .Values.y | quote }}\n{{- end }}\n'.repeat(500),
  ),
  file('deep JSON', 'deep.json', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  file('open JSON', 'open.json', () => '{"a":'.repeat(50_000)),
  file('one JSON string of 5 MB', 'string.json', () => `{"a": "${'b'.repeat(5_000_000)}"}`),
  file('deep TOML', 'deep.toml', () => `a = ${'['.repeat(2000)}${']'.repeat(2000)}\n`),
  file('a long dotted TOML key', 'dotted.toml', () => `${'a.'.repeat(2000)}b = 1\n`),
  file('2,000 TOML tables', 'tables.toml', () =>
    Array.from({ length: 2000 }, (_, i) => `[table.t${i}]\na = ${i}\n`).join(''),
  ),
  file('deep HCL lists', 'deep.tf', () => `a = ${'['.repeat(100_000)}`),
  file('deep HCL templates', 'templates.tf', () => 'a = "${'.repeat(50_000)),
  file('deep HCL blocks', 'blocks.tf', () => 'resource "a" "b" {\n'.repeat(20_000)),
  file('open HCL here-documents', 'heredocs.tf', () =>
    Array.from({ length: 5000 }, (_, i) => `resource "a" "b" {\nx = <<E${i}\n`).join(''),
  ),
  file('HCL of 3 MB', 'large.tf', () => 'resource "a" "b" {\n  c = { d = "e", f = var.g }\n}\n'.repeat(60_000)),
  file('50,000 INI lines', 'lines.ini', () => `[a]\n${'key = value\n  more\n'.repeat(25_000)}`),
  file('one INI line of 5 MB', 'line.ini', () => `[a]\nkey = ${'%(x)s '.repeat(800_000)}`),
];

const OTHER: readonly HostileFile[] = [
  file('3,000 cells', 'cells.ipynb', () =>
    notebook(
      Array.from({ length: 3000 }, (_, i) => codeCell(i, `import torch\nm${i} = torch.load("a.pt")\n!pip install x\n`)),
    ),
  ),
  file('a notebook without cells', 'none.ipynb', () => '{"cells": {}, "metadata": 3}'),
  file('a notebook that is no JSON', 'broken.ipynb', () => `${notebook([codeCell(0, LOADS)]).slice(0, -20)}\0`),
  file('a deep notebook', 'deep.ipynb', () => `{"cells": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
  file('an output of 5 MB', 'output.ipynb', () =>
    notebook([
      {
        ...codeCell(0, LOADS),
        outputs: [{ output_type: 'stream', name: 'stdout', text: ['a@example.com '.repeat(350_000)] }],
      },
    ]),
  ),
  file('lone surrogates in a notebook', 'surrogates.ipynb', () => notebook([codeCell(0, `${LOADS}x = "\ud83d"\n`)])),
  file(
    '5,000 instructions',
    'Dockerfile',
    () => `FROM python:3.12\n${'RUN pip install torch && echo "$X" | sh\n'.repeat(5_000)}`,
  ),
  file('one RUN of 1 MB', 'long.dockerfile', () => `FROM a\nRUN ${'a && \\\n'.repeat(140_000)}b\n`),
  file('an open here-document', 'heredoc.dockerfile', () => `FROM a\n${'RUN <<EOF\n'.repeat(2000)}`),
  file('deep substitutions', 'deep.dockerfile', () => `FROM a\nRUN ${'$('.repeat(5000)}a${')'.repeat(5000)}\n`),
  file('20,000 requirements', 'requirements.txt', () =>
    Array.from({ length: 20_000 }, (_, i) => `package-${i}>=1.${i}\n`).join(''),
  ),
  file('one requirement of 1 MB', 'requirements-long.txt', () => `a[${'b,'.repeat(500_000)}]==1\n`),
  file('continued requirements', 'requirements-more.txt', () => 'a \\\n'.repeat(100_000)),
  file('requirements that include themselves', 'requirements-dev.txt', () =>
    '-r requirements-dev.txt\n-c ./requirements-dev.txt\n'.repeat(500),
  ),
];

export const HOSTILE: readonly HostileFile[] = [...PYTHON, ...CONFIG, ...OTHER];
