import { describe, expect, it } from 'vitest';
import type { Value } from '../../../server/src/semantics/value.js';
import { atSinks, workspaceOf } from './module-in-workspace.js';

async function valuesIn(files: Record<string, string>, path = 'main.py'): Promise<Value[]> {
  const workspace = await workspaceOf(files);
  return atSinks(workspace, path, files[path]!, ({ evaluator }, argument) => evaluator.value(argument));
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return value.value;
    case 'list':
      return value.items.map(plain);
  }
  return value.kind;
}

const FILES = {
  'settings.py':
    'from dataclasses import dataclass, field\nfrom pydantic import Field\nfrom pydantic_settings import BaseSettings\n' +
    'HOST = "0.0.0.0"\nHOSTS = ["a", HOST]\nURL = f"http://{HOST}/x"\n' +
    'class Settings(BaseSettings):\n    host: str = "0.0.0.0"\n    safe: bool = Field(default=False)\n    port: int = Field(80)\n' +
    '@dataclass\nclass Options:\n    weights: bool = field(default=False)\n\nsettings = Settings()\n',
  'params.yaml': 'train:\n  safe: false\n  sizes: [1, 2]\n  path: ${oc.env:HOME}\n',
  'conf/config.yaml': 'serve:\n  host: 0.0.0.0\n',
};

/** Programs with one `sink(x)`, and the value of `x`. */
const PROGRAMS: readonly (readonly [title: string, program: string, value: unknown])[] = [
  ['a default of the environment', 'import os\nsink(os.environ.get("HOST", "0.0.0.0"))', '0.0.0.0'],
  ['no default', 'import os\nsink(os.environ.get("HOST"))', 'unknown'],
  ['an item of a dict', 'd = {"a": {"b": 1}}\nsink(d["a"]["b"])', 1],
  ['get with a default', 'd = {"a": 1}\nsink(d.get("b", 2))', 2],
  ['get of an open dict', 'd = {**x}\nsink(d.get("b", 2))', 'unknown'],
  ['an item of a list', 'sink(["a", "b"][1])', 'b'],
  [
    'an option of argparse',
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--bind-host", default="0.0.0.0")\nargs = p.parse_args()\nsink(args.bind_host)',
    '0.0.0.0',
  ],
  [
    'an option of click',
    'import click\n@click.command()\n@click.option("--host", "-h", default="0.0.0.0")\ndef f(host):\n    sink(host)',
    '0.0.0.0',
  ],
  [
    'a renamed option of click',
    'import click\n@click.command()\n@click.option("--host", "where", default="0.0.0.0")\ndef f(where):\n    sink(where)',
    '0.0.0.0',
  ],
  [
    'an option of typer',
    'import typer\napp = typer.Typer()\n@app.command()\ndef f(host: str = typer.Option("::")):\n    sink(host)',
    '::',
  ],
  [
    'a default of typer',
    'import typer\napp = typer.Typer()\n@app.command()\ndef f(host: str = "::"):\n    sink(host)',
    '::',
  ],
  ['the default of any function', 'def f(host="::"):\n    sink(host)', 'unknown'],
  ['a constant of a module', 'from settings import HOST\nsink(HOST)', '0.0.0.0'],
  ['a list of a module', 'from settings import HOSTS\nsink(HOSTS)', ['a', '0.0.0.0']],
  ['an f-string of a module', 'import settings\nsink(settings.URL)', 'http://0.0.0.0/x'],
  ['a field of settings', 'from settings import settings\nsink(settings.host)', '0.0.0.0'],
  ['a pydantic field', 'from settings import settings\nsink(settings.safe)', false],
  ['a positional default', 'from settings import settings\nsink(settings.port)', 80],
  ['a dataclass field', 'from settings import Options\noptions = Options()\nsink(options.weights)', false],
  [
    'a field that is given',
    'from settings import Options\noptions = Options(weights=True)\nsink(options.weights)',
    true,
  ],
  ['a class constant', 'from settings import Settings\nsink(Settings.host)', '0.0.0.0'],
  ['a YAML file', 'import yaml\nc = yaml.safe_load(open("params.yaml"))\nsink(c["train"]["safe"])', false],
  [
    'a YAML file in a with block',
    'import yaml\nwith open("params.yaml") as f:\n    c = yaml.safe_load(f)\nsink(c["train"]["sizes"])',
    [1, 2],
  ],
  ['an interpolation', 'import yaml\nc = yaml.safe_load(open("params.yaml"))\nsink(c["train"]["path"])', 'unknown'],
  ['OmegaConf', 'from omegaconf import OmegaConf\nc = OmegaConf.load("params.yaml")\nsink(c.train.safe)', false],
  [
    'Hydra',
    'import hydra\n@hydra.main(config_path="conf", config_name="config")\ndef f(cfg):\n    sink(cfg.serve.host)',
    '0.0.0.0',
  ],
  ['a file that is not there', 'import yaml\nc = yaml.safe_load(open("other.yaml"))\nsink(c["a"])', 'unknown'],
];

describe('value of an expression', () => {
  it.each(PROGRAMS)('%s', async (_, program, value) => {
    const [found] = await valuesIn({ ...FILES, 'main.py': program });
    expect(plain(found!)).toEqual(value);
  });

  it('forgets a config file that changes', async () => {
    const program = 'import yaml\nc = yaml.safe_load(open("params.yaml"))\nsink(c["a"])';
    const workspace = await workspaceOf({ 'params.yaml': 'a: 1\n', 'main.py': program });
    const ask = () => plain(atSinks(workspace, 'main.py', program, ({ evaluator }, x) => evaluator.value(x))[0]!);
    expect(ask()).toBe(1);
    expect(workspace.overlay('params.yaml', 'a: 2\n')).toBe(true);
    expect(ask()).toBe(2);
  });
});
