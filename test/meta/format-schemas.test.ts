import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { ConfigLanguage } from '../../server/src/facts/config/facts.js';
import { configFacts, loadDrivers } from '../../server/src/workspace/drivers.js';
import { FORMAT_SCHEMAS, type FormatSchema, schemaContributions } from '../../tools/format-schemas.js';
import { root } from './source-files.js';

interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly deprecationMessage?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const FOLDER = join(root, 'schemas/formats');
const CORPUS = join(root, 'test/corpus/formats');

const read = (file: string): Schema => JSON.parse(readFileSync(join(FOLDER, `${file}.schema.json`), 'utf8'));

/** Every subschema with its place; the keywords below are the only ones that may hold one. */
function* subschemas(schema: Schema, at = ''): Generator<readonly [string, Schema]> {
  yield [at, schema];
  for (const group of ['properties', 'definitions'] as const)
    for (const [key, one] of Object.entries(schema[group] ?? {})) yield* subschemas(one, `${at}/${key}`);
  for (const group of ['items', 'additionalProperties'] as const)
    if (schema[group] !== undefined) yield* subschemas(schema[group], `${at}/*`);
}

/** What the YAML and JSON extensions make of `fileMatch`: a later `!` pattern takes files out again. */
function fits({ patterns }: FormatSchema, path: string): boolean {
  let found = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    const glob = negative ? pattern.slice(1) : `**/${pattern}`;
    if (picomatch.isMatch(path, glob, { dot: true })) found = !negative;
  }
  return found;
}

function validator(schema: Schema) {
  const ajv = new Ajv({ strict: true, strictTypes: false });
  for (const keyword of ['markdownDescription', 'deprecationMessage']) ajv.addKeyword(keyword);
  return ajv.compile(schema);
}

function documents(path: string, text: string): unknown[] {
  return path.endsWith('.json')
    ? [JSON.parse(text)]
    : parseAllDocuments(text, { merge: true }).map((one) => one.toJS());
}

const corpus = readdirSync(CORPUS, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(CORPUS.length + 1)
      .replaceAll('\\', '/'),
  )
  .sort();

beforeAll(() => loadDrivers(['yaml', 'json']));

describe('the table of schemas', () => {
  it('names every file once, and no other', () => {
    const files = readdirSync(FOLDER).map((file) => file.replace('.schema.json', ''));
    expect(FORMAT_SCHEMAS.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it('is what package.json contributes', () => {
    const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(contributes.yamlValidation.slice(1)).toEqual(schemaContributions('yaml'));
    expect(contributes.jsonValidation).toEqual(schemaContributions('json'));
  });

  const TAKEN = [
    ...['pipeline.yaml', 'pipeline.yml', 'template.yaml', 'flow.yaml', 'hydra.yaml', 'bento.yaml', 'bento.yml'],
    ...['requirements.yml', 'recipe.yaml', 'cluster.yaml', 'app.sam.yaml', 'component.yaml', 'kfp_component.yaml'],
    ...['catalog-info.yaml', 'conf/base/catalog-info.yaml', 'conf/yaml/catalog.yml', 'data.catalog.yml'],
    ...['conda-forge.yml', 'execution-environment.yml', 'environment-definition.yaml', 'venvironment.yaml'],
    ...['modules/nf-core/bwa/environment.yml', '.github/workflows/sweep.yml', '.github/workflows/environment.yml'],
    ...['dvc.yaml', 'docker-compose.yml', 'compose.yaml', 'prefect.yaml', 'databricks.yml', 'dbt_project.yml'],
    ...['cog.yaml', 'Chart.yaml', 'values.yaml', 'config.yaml', 'prometheus.yml', 'action.yml', 'settings.json'],
    ...['.cursor/environment.json', 'environments/dev.json', 'bento.json', 'azure-pipelines.yml', 'mkdocs.yml'],
  ];
  it.each(TAKEN)('leaves %s to others', (path) => {
    expect(FORMAT_SCHEMAS.filter((one) => fits(one, path)).map(({ file }) => file)).toEqual([]);
  });
});

describe.each(FORMAT_SCHEMAS)('$file', (entry) => {
  const schema = read(entry.file);
  const parts = [...subschemas(schema)];
  const own = corpus.filter((path) => path.startsWith(`${entry.file}/`));

  it('is a small schema of draft-07 with an address', () => {
    expect(() => validator(schema)).not.toThrow();
    expect(schema.$id).toMatch(new RegExp(`/schemas/formats/${entry.file}\\.schema\\.json$`));
    expect(statSync(join(FOLDER, `${entry.file}.schema.json`)).size).toBeLessThan(16_000);
  });

  it('has no keyword that could reject anything', () => {
    const harmless = /^(?:\$schema|\$id|\$ref|title|definitions|properties|additionalProperties|items)$/;
    const notes = /^(?:description|markdownDescription|deprecationMessage|default|examples)$/;
    const others = parts.flatMap(([at, one]) =>
      Object.keys(one).flatMap((key) => (harmless.test(key) || notes.test(key) ? [] : [`${at} ${key}`])),
    );
    expect(others).toEqual([]);
  });

  it('accepts whatever stands at the keys it knows', () => {
    const accepts = validator(schema);
    const keys = parts.map(([at]) => at.slice(at.lastIndexOf('/') + 1)).filter((key) => key !== '*' && key !== '');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, true, 0, 1.5, '', '${X}', '{{ x }}'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys, 'other'), tie('any'), { maxKeys: 6 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (one) => accepts(one) === true),
      { numRuns: 200 },
    );
  });

  it('says of every value what is safe, and offers it', () => {
    const settings = parts.filter(([at, one]) => at !== '' && one.$ref === undefined && !one.properties && !one.items);
    for (const [at, one] of settings.filter(([, { additionalProperties }]) => !additionalProperties)) {
      if (Object.keys(one).length === 0) continue;
      expect(one.description ?? '', at).toMatch(/\.$/);
      // The plain text is what editors without Markdown show; it must not say anything else.
      const plain = one.markdownDescription?.replace('\n\n**Unsafe:**', ' Unsafe:').replaceAll('`', '');
      expect(plain ?? one.description, at).toBe(one.description);
    }
    expect(parts.some(([, one]) => one.description?.includes('Unsafe:'))).toBe(true);
    expect(parts.some(([, one]) => one.default !== undefined || one.examples !== undefined)).toBe(true);
  });

  it('offers no value that the note calls unsafe', () => {
    const offered = parts.filter(([, one]) => {
      const unsafe = [...(one.markdownDescription?.split('**Unsafe:**')[1]?.matchAll(/`([^`]+)`(?=[,.:]|$)/g) ?? [])];
      const values = [...(one.examples ?? []), ...('default' in one ? [one.default] : [])].map(String);
      return unsafe.some(([, word]) => values.includes(word!));
    });
    expect(offered.map(([at]) => at)).toEqual([]);
  });

  it('has examples in the corpus', () => expect(own.length).toBeGreaterThanOrEqual(2));

  it.each(own)('fits %s', (path) => {
    const text = readFileSync(join(CORPUS, path), 'utf8');
    const place = path.split('/').slice(2).join('/');
    expect(FORMAT_SCHEMAS.filter((one) => fits(one, place)).map(({ file }) => file)).toEqual([entry.file]);
    const language: ConfigLanguage = path.endsWith('.json') ? 'json' : 'yaml';
    const known: readonly string[] = entry.formats;
    for (const format of configFacts(place, language, text).formats) expect(known).toContain(format?.id);
    const accepts = validator(schema);
    for (const one of documents(path, text)) expect(accepts(one)).toBe(true);
  });
});

describe('unsafe settings', () => {
  it.each([
    ['mlproject', '/docker_env/image', 'latest'],
    ['mlproject', '/docker_env/volumes', '/var/run/docker.sock'],
    ['python-env', '/dependencies', '--trusted-host'],
    ['kfp', '/platform/securityContext/runAsUser', '0'],
    ['conda-environment', '/channels', 'http://'],
    ['feast', '/auth/type', 'no_auth'],
    ['feast', '/auth/verify_ssl', 'false'],
    ['feast', '/online_store/sslmode', 'disable'],
    ['kedro-catalog', '/*/type', 'pickle.PickleDataset'],
    ['kedro-credentials', '/*/client_kwargs/verify', 'false'],
    ['great-expectations', '/fluent_datasources/*/connection_string', 'password'],
    ['gx-checkpoint', '/result_format', 'COMPLETE'],
    ['dagster', '/run_launcher/config/container_kwargs/privileged', 'true'],
    ['bentofile', '/python/lock_packages', 'false'],
    ['mlserver-model', '/parameters/extra/model_kwargs/trust_remote_code', 'true'],
    ['axolotl', '/trust_remote_code', 'true'],
    ['llama-factory', '/trust_remote_code', 'true'],
    ['llama-factory', '/model_revision', 'main'],
    ['accelerate', '/tpu_use_sudo', 'true'],
    ['wandb-sweep', '/command', 'token'],
  ])('%s %s warns of %s', (file, place, word) => {
    const [, found] = [...subschemas(read(file))].find(([at]) => at === place) ?? [];
    expect(found?.markdownDescription?.split('**Unsafe:**')[1] ?? '').toContain(word);
  });
});
