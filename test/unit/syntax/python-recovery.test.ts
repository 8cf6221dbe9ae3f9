import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../server/src/syntax/python/parse.js';
import { Kind } from '../../../server/src/syntax/python/tree.js';

/** One section of a training script; `N` is replaced by its number, so that no two sections are alike. */
const SECTION = `
@dataclass(frozen=True)
class ConfigN(BaseConfig, metaclass=Registry):
    """Settings of run N.

    Everything else comes from \`\`load_config()\`\`.
    """

    path: str = field(default="data/N.csv", metadata=dict(help="where the table lives"))
    columns: list = field(default_factory=lambda: list(["age", "income"]))
    rate: float = 1e-3

    @property
    def device(self):
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")

    @classmethod
    def from_file(cls, name, *, strict=True):
        with open(name, encoding="utf-8") as handle:
            values = yaml.safe_load(handle)
        if strict and not isinstance(values, dict):
            raise TypeError(f"{name!r} holds {type(values).__name__}, not a mapping")
        return cls(**{key: value for key, value in values.items() if key in cls.names()})


def load_tableN(config, limit=None):
    """Reads the table of run N."""
    frame = pd.read_csv(config.path, nrows=limit, dtype={"id": str})
    frame = frame.drop(columns=["name", "email"]).dropna(subset=config.columns)
    for column in config.columns:
        frame[column] = frame[column].astype("float32").clip(
            lower=0,
            upper=frame[column].quantile(0.99),
        )
    if len(frame) == 0:
        logger.warning("no rows in %s", config.path)
        return None
    return frame.reset_index(drop=True)


def train_modelN(config, frame, callbacks=()):
    model = build_model(config).to(config.device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=config.rate)
    loader = DataLoader(
        TensorDataset(torch.tensor(frame[config.columns].values)),
        batch_size=64,
        shuffle=True,
        num_workers=min(4, os.cpu_count() or 1),
    )
    try:
        for epoch in range(10):
            for step, (batch,) in enumerate(loader):
                loss = model(batch.to(config.device)).mean()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                if step % 100 == 0:
                    print(f"run N epoch {epoch} step {step}: {loss.item():.4f} {optimizer.param_groups[0]['lr']}")
            for callback in callbacks:
                callback(epoch, model)
    except KeyboardInterrupt:
        logger.info("stopped by the user")
    finally:
        torch.save(model.state_dict(), f"{config.path}.pt")
    return model


def evaluateN(model, frame):
    with torch.no_grad(), timer("evaluate"):
        scores = [float(model(torch.tensor(row))) for row in frame.itertuples(index=False)]
    report = {
        "mean": statistics.mean(scores),
        "worst": min(scores),
        "rows": len(scores),
    }
    mlflow.log_metrics(report, step=N)
    return report


configN = ConfigN.from_file("run-N.yaml")
frameN = load_tableN(configN)
if frameN is not None:
    modelN = train_modelN(configN, frameN, callbacks=[EarlyStop(patience=3)])
    print(evaluateN(modelN, frameN))
results.append(
    summarize("N"),
)
`;

const SECTIONS = 6;
const sections = Array.from({ length: SECTIONS }, (_, i) => SECTION.replace(/N(?![a-z])/g, String(i + 1)));
const before = sections.slice(0, SECTIONS / 2).join('\n');
const after = sections.slice(SECTIONS / 2).join('\n');
const [head, tail] = splitInFunction(before);

/** Splits in the body of the last `evaluate`, so that the line stands inside a function. */
function splitInFunction(text: string): [string, string] {
  const at = text.lastIndexOf('    report = {');
  return [text.slice(0, at), text.slice(at)];
}

const HALF_TYPED = [
  'torch.load(',
  'torch.load("net.pt"',
  'torch.load("net.pt", ',
  'torch.load("net.pt", weights_only=',
  'torch.load("net.pt',
  'x = ',
  'x = (',
  'x = [',
  'x = {',
  'x = {"a": ',
  'x = foo(bar(baz[',
  'x = foo(a, b,',
  'model.',
  'model.fit(x).',
  'f"{x',
  'print(f"{x',
  'print(f"{x"',
  'x = f"',
  'x = f"{',
  '"""',
  'x = """',
  "x = r'''",
  'def f(',
  'def f(a, b=',
  'def f',
  'class C(',
  'class C(Base',
  'for x in ',
  'for x in foo(',
  'for',
  'if ',
  'if x ==',
  'if foo(x',
  'while True',
  'with open(',
  'with open("x") as',
  'import ',
  'from torch import (',
  'from torch import',
  'from ',
  'return foo(',
  'lambda x:',
  'x = [a for a in',
  'x = a if b',
  '@',
  '@decorate(',
  'try:',
  'except (ValueError,',
  'assert x, (',
  'x[1:',
  'x: list[',
  'x = not',
  'x = 1 +',
  'raise ValueError(',
  'async def f(',
  'await foo(',
  'print "hello %s" % foo(x',
  'x = {**a, ',
  'foo)',
  'x = ]',
  '} else {',
];

function callTexts(text: string): string[] {
  const tree = parsePython(text);
  const list: string[] = [];
  for (let node = 0; node < tree.count; node++) {
    if (tree.kind[node] === Kind.Call) list.push(text.slice(tree.from[node]!, tree.to[node]!));
  }
  return list;
}

function keptShare(wanted: readonly string[], found: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const call of found) counts.set(call, (counts.get(call) ?? 0) + 1);
  let kept = 0;
  for (const call of wanted) {
    const count = counts.get(call) ?? 0;
    if (count === 0) continue;
    kept++;
    counts.set(call, count - 1);
  }
  return kept / wanted.length;
}

interface Place {
  readonly name: string;
  readonly build: (line: string) => string;
  readonly later: string;
  readonly earlier: string;
}

const places: readonly Place[] = [
  {
    name: 'between statements at column 0',
    build: (line) => `${before}${line}\n${after}`,
    earlier: before,
    later: after,
  },
  {
    name: 'inside a function',
    build: (line) => `${head}    ${line}\n${tail}${after}`,
    earlier: head,
    later: `def evaluate():\n${tail}${after}`,
  },
];

describe.each(places)('a half-typed line $name', ({ build, earlier, later }) => {
  const wantedLater = callTexts(later);
  const wantedEarlier = callTexts(earlier);
  const shares = HALF_TYPED.map((line) => {
    const found = callTexts(build(line));
    return { line, share: keptShare(wantedLater, found), earlier: keptShare(wantedEarlier, found) };
  });

  it('leaves the script valid without it', () => {
    expect(parsePython(build('')).errors).toEqual([]);
    expect(build('').split('\n').length).toBeGreaterThan(500);
    expect(wantedLater.length).toBeGreaterThan(100);
  });

  it('keeps at least 95 % of the later calls on average', () => {
    const mean = shares.reduce((sum, { share }) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThanOrEqual(0.95);
  });

  it('keeps every earlier call', () => {
    expect(shares.filter((entry) => entry.earlier < 1)).toEqual([]);
  });

  it('reports a problem for every line that is not valid', () => {
    const silent = HALF_TYPED.filter((line) => parsePython(build(line)).errors.length === 0);
    expect(silent).toEqual([]);
  });
});
