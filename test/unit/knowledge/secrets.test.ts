// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell and workflow references are the data under test
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base62Checksum, crc32, hasGitHubChecksum } from '../../../server/src/knowledge/secrets/checksum.js';
import {
  findSecrets,
  isPlaceholder,
  isSecretName,
  looksLikeSecretValue,
  redact,
  secretFormats,
  secretNameTriggerWords,
  secretTriggerWords,
} from '../../../server/src/knowledge/secrets/index.js';

/** Characters from a fixed linear congruential generator: secret-shaped, the same on every run, and nobody's. */
function random(length: number, alphabet: string, seed: number): string {
  let state = (seed * 2654435761 + 12345) >>> 0;
  let out = '';
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out += alphabet[Math.floor((state / 2 ** 32) * alphabet.length)];
  }
  return out;
}
const lower = 'abcdefghijklmnopqrstuvwxyz';
const base62 = `0123456789${lower}${lower.toUpperCase()}`;
const hex = '0123456789abcdef';
const base32 = `${lower.toUpperCase()}234567`;
const base64 = `${base62}+/`;
const urlSafe = `${base62}-_`;
/** As `urlSafe` but neither end is a hyphen or an underscore. */
const inner = (length: number, seed: number) =>
  random(1, base62, seed) + random(length - 2, urlSafe, seed + 1) + random(1, base62, seed + 2);

const gitHubBody = (seed: number) => {
  const payload = random(30, base62, seed);
  return payload + base62Checksum(payload);
};

const pem = (label: string, seed: number, newline = '\n') =>
  [
    '-----BEGIN',
    ` ${label}-----`,
    newline,
    [1, 2, 3, 4, 5, 6].map((row) => random(64, base64, seed + row)).join(newline),
    newline,
    '-----END',
    ` ${label}-----`,
  ].join('');

/** One secret per format id: [text before, secret, text behind]. Assembled here so that no token-shaped literal is stored. */
const samples: Readonly<Record<string, (seed: number) => readonly [string, string, string]>> = {
  'huggingface-token': (s) => ['login(token="', `hf_${random(34, base62, s)}`, '")'],
  'huggingface-org-token': (s) => ["HF = '", `api_org_${random(34, base62, s)}`, "'"],
  'aws-access-key-id': (s) => ['aws_access_key_id = ', `AKIA${random(15, base32, s)}7`, '\n'],
  'aws-session-key-id': (s) => ['key: ', `ASIA${random(15, base32, s)}3`, ''],
  'aws-secret-access-key': (s) => ['AWS_SECRET_ACCESS_KEY="', random(40, base64, s), '"'],
  'google-api-key': (s) => ['genai.configure(api_key="', `AIza${inner(35, s)}`, '")'],
  'google-oauth-secret': (s) => ['"client_secret":"', `GOCSPX-${inner(28, s)}`, '"'],
  'azure-storage-key': (s) => [
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=',
    `${random(86, base64, s)}==`,
    ';EndpointSuffix=core.windows.net',
  ],
  'azure-shared-access-key': (s) => [
    'Endpoint=sb://x/;SharedAccessKeyName=k;SharedAccessKey=',
    `${random(43, base64, s)}=`,
    '"',
  ],
  'azure-sas-signature': (s) => [
    'https://a.blob.core.windows.net/c?sv=2022&sig=',
    `${random(43, base62, s)}%3D`,
    '&se=2030',
  ],
  'azure-ad-client-secret': (s) => ['client_secret = "', `${random(3, base62, s)}8Q~${random(34, base62, s + 1)}`, '"'],
  'openai-project-key': (s) => ['OpenAI(api_key="', `sk-proj-${inner(156, s)}`, '")'],
  'openai-service-key': (s) => ['key=', `sk-svcacct-${inner(120, s)}`, '\n'],
  'openai-admin-key': (s) => ['key=', `sk-admin-${inner(120, s)}`, '\n'],
  'anthropic-key': (s) => ['export ANTHROPIC_API_KEY=', `sk-ant-api03-${inner(93, s)}AA`, '\n'],
  'openrouter-key': (s) => ['"', `sk-or-v1-${random(64, hex, s)}`, '"'],
  'openai-key': (s) => ['openai.api_key = "', `sk-${random(48, base62, s)}`, '"'],
  'groq-key': (s) => ['"', `gsk_${random(52, base62, s)}`, '"'],
  'replicate-token': (s) => ['"', `r8_${random(37, base62, s)}`, '"'],
  'perplexity-key': (s) => ['"', `pplx-${random(48, base62, s)}`, '"'],
  'xai-key': (s) => ['"', `xai-${random(80, base62, s)}`, '"'],
  'nvidia-key': (s) => ['"', `nvapi-${inner(64, s)}`, '"'],
  'langsmith-key': (s) => ['"', `lsv2_pt_${random(32, hex, s)}_${random(10, hex, s + 1)}`, '"'],
  'cohere-key': (s) => ['co = cohere.Client("', random(40, base62, s), '")'],
  'mistral-key': (s) => ['MISTRAL_API_KEY=', random(32, base62, s), '\n'],
  'together-key': (s) => ['os.environ["TOGETHER_API_KEY"] = "', random(64, hex, s), '"'],
  'langfuse-secret-key': (s) => [
    '"',
    `sk-lf-${[8, 4, 4, 4, 12].map((length, i) => random(length, hex, s + i)).join('-')}`,
    '"',
  ],
  'pinecone-key': (s) => ['"', `pcsk_${random(5, base62, s)}_${random(63, base62, s + 1)}`, '"'],
  'tavily-key': (s) => ['"', `tvly-${random(32, base62, s)}`, '"'],
  'wandb-key-v1': (s) => ['wandb.login(key="', `wandb_v1_${random(27, base62, s)}_${random(49, base62, s + 1)}`, '")'],
  'kaggle-token': (s) => ['KAGGLE_API_TOKEN=', `KGAT_${random(32, hex, s)}`, '\n'],
  'comet-key': (s) => ['comet_ml.Experiment(api_key="', random(25, base62, s), '")'],
  'clearml-secret': (s) => ['CLEARML_API_SECRET_KEY=', random(50, base62, s), '\n'],
  'azure-openai-key': (s) => ['AZURE_OPENAI_API_KEY = "', random(32, hex, s), '"'],
  'azure-ai-key': (s) => ['key = "', `${random(52, base62, s)}JQQJ99${random(26, base62, s + 1)}`, '"'],
  'wandb-key': (s) => ['wandb.login(key="', random(40, hex, s), '")'],
  'kaggle-key': (s) => ['{"username":"ann","key":"', random(32, hex, s), '"}'],
  'neptune-token': (s) => ['api_token="', `eyJhcGlfYWRkcmVzcyI6${random(180, base62, s)}==`, '"'],
  'databricks-token': (s) => ['token = ', `dapi${random(32, hex, s)}-2`, '\n'],
  'prefect-key': (s) => ['"', `pnu_${random(36, base62, s)}`, '"'],
  'github-ghp': (s) => ['git clone https://', `ghp_${gitHubBody(s)}`, '@github.com/a/b'],
  'github-gho': (s) => ['"', `gho_${gitHubBody(s)}`, '"'],
  'github-ghu': (s) => ['"', `ghu_${gitHubBody(s)}`, '"'],
  'github-ghs': (s) => ['"', `ghs_${gitHubBody(s)}`, '"'],
  'github-ghr': (s) => ['"', `ghr_${gitHubBody(s)}`, '"'],
  'github-fine-grained': (s) => ['"', `github_pat_${random(22, base62, s)}_${random(59, base62, s + 1)}`, '"'],
  'gitlab-token': (s) => ['https://oauth2:', `glpat-${inner(20, s)}`, '@gitlab.com'],
  'gitlab-deploy-token': (s) => ['"', `gldt-${inner(20, s)}`, '"'],
  'pypi-token': (s) => ['password = ', `pypi-AgEIcHlwaS5vcmc${inner(160, s)}`, '\n'],
  'test-pypi-token': (s) => ['password = ', `pypi-AgENdGVzdC5weXBpLm9yZw${inner(160, s)}`, '\n'],
  'npm-token': (s) => ['//registry.npmjs.org/:_authToken=', `npm_${random(36, base62, s)}`, '\n'],
  'docker-token': (s) => ['"', `dckr_pat_${inner(27, s)}`, '"'],
  'slack-bot-token': (s) => [
    '"',
    `xoxb-${random(11, '123456789', s)}-${random(12, '123456789', s + 1)}-${random(24, base62, s + 2)}`,
    '"',
  ],
  'slack-user-token': (s) => ['"', `xoxp-${random(11, '123456789', s)}-${random(32, hex, s + 2)}`, '"'],
  'slack-workspace-token': (s) => ['"', `xoxa-2-${random(11, '123456789', s)}-${random(32, hex, s + 2)}`, '"'],
  'slack-refresh-token': (s) => ['"', `xoxr-${random(11, '123456789', s)}-${random(32, hex, s + 2)}`, '"'],
  'slack-webhook': (s) => [
    'url: ',
    `https://hooks.slack.com/services/T${random(9, base32, s)}/B${random(9, base32, s + 1)}/${random(24, base62, s + 2)}`,
    '\n',
  ],
  'sendgrid-key': (s) => ['"', `SG.${inner(22, s)}.${inner(43, s + 5)}`, '"'],
  'stripe-secret-key': (s) => ['"', `sk_live_${random(24, base62, s)}`, '"'],
  'stripe-restricted-key': (s) => ['"', `rk_live_${random(24, base62, s)}`, '"'],
  'vault-token': (s) => ['VAULT_TOKEN=', `hvs.${inner(90, s)}`, '\n'],
  'digitalocean-token': (s) => ['"', `dop_v1_${random(64, hex, s)}`, '"'],
  'grafana-token': (s) => ['"', `glsa_${random(32, base62, s)}_${random(8, hex, s + 1)}`, '"'],
  'private-key-pem': (s) => ['key = """', pem('RSA PRIVATE KEY', s), '"""'],
};

const found = (text: string) => findSecrets(text).map(({ format, start, end }) => [format.id, text.slice(start, end)]);

describe('secret formats', () => {
  it('have a sample each, and ids of their own', () => {
    expect(secretFormats.map((format) => format.id).sort()).toEqual(Object.keys(samples).sort());
    expect(new Set(secretFormats.map((format) => format.id)).size).toBe(secretFormats.length);
  });

  it.each(Object.entries(samples))('%s is found at its exact place', (id, make) => {
    let hits = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const [before, secret, behind] = make(seed * 97);
      const result = found(before + secret + behind);
      if (result.length === 0) continue;
      hits++;
      expect(result).toEqual([[id, secret]]);
    }
    // Word and placeholder checks may refuse a few random bodies.
    expect(hits).toBeGreaterThanOrEqual(38);
  });

  it.each(Object.entries(samples))('%s: the trigger words see it', (_, make) => {
    const [before, secret, behind] = make(3);
    const text = (before + secret + behind).toLowerCase();
    expect(secretTriggerWords.some((word) => text.includes(word))).toBe(true);
  });

  it.each(Object.entries(samples).filter(([id]) => !secretFormats.find((format) => format.id === id)!.needsContext))(
    '%s: a cut, a longer or a prefixed one is none',
    (id, make) => {
      const [, secret] = make(3);
      if (id === 'private-key-pem') {
        expect(found(secret.slice(0, -12))).toEqual([]);
        return;
      }
      expect(found(`x${secret}`).filter(([name]) => name === id)).toEqual([]);
      if (/\{\d+\}\(\?!/.test(secretFormats.find((format) => format.id === id)!.pattern.source)) {
        expect(found(secret.slice(0, -1)).filter(([name]) => name === id)).toEqual([]);
        expect(found(`${secret}a`).filter(([name]) => name === id)).toEqual([]);
      }
    },
  );

  it.each([
    'aws-secret-access-key',
    'wandb-key',
    'mistral-key',
    'cohere-key',
    'together-key',
    'kaggle-key',
    'azure-storage-key',
  ])('%s says nothing without its context', (id) => {
    const [, secret] = samples[id]!(5);
    expect(found(`revision = "${secret}"`)).toEqual([]);
    expect(found(secret)).toEqual([]);
  });

  it('knows the contexts people write', () => {
    const secret = random(40, base64, 11);
    for (const before of [
      'aws_secret_access_key = ',
      "'aws_secret_access_key': '",
      'AWS_SECRET_ACCESS_KEY=',
      '"SecretAccessKey": "',
      'os.environ["AWS_SECRET_ACCESS_KEY"] = "',
      '.config("spark.hadoop.fs.s3a.secret.key", "',
      '\\"aws_secret_access_key\\": \\"',
      'ENV AWS_SECRET_ACCESS_KEY ',
      'aws_secret_access_key: ',
    ]) {
      expect(found(`${before}${secret}"`), before).toEqual([['aws-secret-access-key', secret]]);
    }
    const key = random(40, hex, 12);
    for (const before of [
      'wandb.login(key="',
      'wandb.login("',
      'WANDB_API_KEY=',
      '%env WANDB_API_KEY=',
      'os.environ["WANDB_API_KEY"] = "',
      '!wandb login ',
      'machine api.wandb.ai\n  login user\n  password ',
      'wandb.login(relogin=True, key="',
    ]) {
      expect(found(`${before}${key}`), before).toEqual([['wandb-key', key]]);
    }
  });

  it('reads notebook sources that are still JSON-escaped', () => {
    const token = `hf_${random(34, base62, 21)}`;
    expect(found(`"source": ["import os\\n", "x = 1\\n${token}\\n"]`)).toEqual([['huggingface-token', token]]);
    const key = pem('PRIVATE KEY', 5, '\\n');
    expect(found(`{"private_key": "${key}\\n"}`)).toEqual([['private-key-pem', key]]);
  });

  it('leaves out encrypted and public keys, certificates and stubs', () => {
    for (const label of ['PUBLIC KEY', 'CERTIFICATE', 'ENCRYPTED PRIVATE KEY'])
      expect(found(pem(label, 3)), label).toEqual([]);
    expect(found('-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----')).toEqual([]);
    expect(found(`-----BEGIN PRIVATE KEY-----\n${'x'.repeat(300)}\n-----END PRIVATE KEY-----`)).toEqual([]);
  });

  it('checks the GitHub checksum', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    // The published worked example of the token format.
    expect(base62Checksum(`zQWBuTSOoRi4A9${'spHcVY5ncnsDkxkJ'}`)).toBe('0mLq17');
    const body = gitHubBody(9);
    expect(hasGitHubChecksum(body)).toBe(true);
    const wrong = (body[0] === 'a' ? 'b' : 'a') + body.slice(1);
    expect(hasGitHubChecksum(wrong)).toBe(false);
    expect(found(`"ghp_${wrong}"`)).toEqual([]);
  });
});

describe('false alarms', () => {
  const quiet: readonly string[] = [
    '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',
    'class hf_TokenClassificationPipelineWrapperV2:',
    'hf_model_name_or_path',
    'hf_hub_download',
    'from hf_transfer import hf_transfer_download',
    `hf_${'x'.repeat(34)}`,
    `hf_${'a1'.repeat(17)}`,
    `hf_${lower}12345678`,
    'hf_YOURTOKENHERExxxxxxxxxxxxxxxxxxxxx',
    'hf_...',
    'token="hf_<your-token>"',
    `hf_${'ThisIsJustAnExampleTokenForTheDocs'}`,
    `AKIA${'IOSFODNN7'}EXAMPLE`,
    `aws_secret_access_key = ${'wJalrXUtnFEMI/K7MDENG'}/bPxRfiCYEXAMPLEKEY`,
    `AKIA${'I44QH8DHB'}EXAMPLE`,
    `AKIA${'A'.repeat(16)}`,
    'ASIAPACIFICREGIONWIDE',
    `AKIA${'XXXXXXXXXXXXXXXX'}`,
    'aws_secret_access_key = <your secret access key>',
    'aws_secret_access_key = os.environ["AWS_SECRET_ACCESS_KEY"]',
    'AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}',
    'sk-learn-compatible-estimators',
    'scikit-sk-proj-something',
    'sk-proj-your-key-here-your-key-here-your-key-here-0000',
    'api_key="sk-no-key-required"',
    `sk-${'1234567890'.repeat(5).slice(0, 48)}`,
    `sk-ant-api03-${'x'.repeat(93)}AA`,
    'npm_config_registry',
    'npm_lifecycle_script_with_a_quite_long_name_here',
    'dapi = DataApi()',
    'r8_quantize',
    'gsk_test',
    'SG.layers',
    'xai-explainability-toolkit',
    'pplx-eval',
    'revision="d9e2a1b0c4f3e5d6a7b8c9d0e1f2a3b4c5d6e7f8"',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'WANDB_API_KEY=your_api_key',
    'wandb.login(key=os.getenv("WANDB_API_KEY"))',
    'wandb.init(project="d9e2a1b0c4f3e5d6a7b8c9d0e1f2a3b4c5d6e7f8")',
    `AccountKey=${'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1'}OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==`,
    `glpat-${'xxxxxxxxxxxxxxxxxxxx'}`,
    `ghp_${'x'.repeat(36)}`,
    `AIza${'Sy'}${'X'.repeat(33)}`,
    `sk_live_${'x'.repeat(24)}`,
    `sk_test_${random(24, base62, 4)}`,
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ];
  it.each(quiet)('%s', (text) => expect(found(text)).toEqual([]));
});

describe('findSecrets', () => {
  it('gives results by position and without overlap', () => {
    const texts = Object.values(samples).map((make) => make(31).join(''));
    const text = texts.join('\n\n');
    const results = findSecrets(text);
    expect(results.length).toBe(secretFormats.length);
    for (let i = 1; i < results.length; i++) expect(results[i]!.start).toBeGreaterThanOrEqual(results[i - 1]!.end);
  });

  it('is linear, hostile repetitions included', () => {
    const seeds = [
      '-----BEGIN PRIVATE KEY-----A',
      'hf_a',
      'sk-',
      'AKIA',
      'eyJhcGlfYWRkcmVzcyI6',
      'wandb.login(',
      '"username":"',
      'pypi-AgEIcHlwaS5vcmc',
      'secret_access_key    ',
      'xoxb-11111111-',
      'Q~Q~',
      `${'a'.repeat(300)} `,
      '&sig=%2F%2F',
      'accountkey=AAAA',
      'glpat-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ];
    for (const seed of seeds) {
      const text = seed.repeat(Math.ceil(300_000 / seed.length));
      findSecrets(text);
    }
  });

  it('never throws and stays inside the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ...secretFormats.flatMap((format) => format.anchors),
        '="',
        ': ',
        random(40, base64, 1),
        random(64, hex, 2),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        for (const { start, end } of findSecrets(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(start).toBeLessThan(end);
        }
      }),
    );
  });

  it('has trigger words that are lower-case and needed', () => {
    for (const [i, word] of secretTriggerWords.entries()) {
      expect(word).toBe(word.toLowerCase());
      expect(secretTriggerWords.some((other, k) => k !== i && word.includes(other))).toBe(false);
    }
    expect(secretTriggerWords.some((word) => 'import torch\nmodel.train()'.includes(word))).toBe(false);
  });
});

describe('isPlaceholder', () => {
  it.each([
    '',
    ' ',
    'xxxx',
    'XXXXXXXX',
    '<your-token>',
    '${VAR}',
    '${{ secrets.X }}',
    '{{ api_key }}',
    'changeme',
    'change-me',
    'example',
    'my-example-key',
    'your_api_key',
    'YOUR-TOKEN-HERE',
    'dummy',
    'test',
    'test-token',
    'fake',
    'fake_key',
    'sample',
    '#{DbPass1}#',
    '@db.pass1@',
    '__DB_PASS1__',
    'placeholder',
    'redacted',
    '[REDACTED]',
    '...',
    'abc...',
    'sk-…',
    'aaaaaaaa',
    '11111111',
    '123456',
    '12345678',
    'abcdefgh',
    '87654321',
    'abababab',
    'abcabcabc',
    'deadbeefdeadbeef',
    '********',
    '____',
    'replace_me',
    'insert-key-here',
    'todo',
    'TBD',
    'foo',
    'foobar',
    'none',
    'null',
    'not-needed',
    'no-key-required',
    'to-be-set',
    '%(password)s',
    '{password}',
    'AKIA' + 'IOSFODNN7' + 'EXAMPLE',
    'aabbaabbaabbaabbaabb',
  ])('%j is one', (value) => expect(isPlaceholder(value)).toBe(true));

  it.each([
    'hunter2',
    'S3cure!pass',
    'correct-horse',
    'admin123',
    'latest-Zx81k',
    'Tr0ub4dor&3',
    random(20, base62, 3),
    random(32, hex, 4),
    random(40, base64, 5),
    'postgres',
  ])('%j is none', (value) => expect(isPlaceholder(value)).toBe(false));

  it('accepts nearly every random value', () => {
    let refused = 0;
    for (let seed = 1; seed <= 2000; seed++) if (isPlaceholder(random(12 + (seed % 80), base62, seed))) refused++;
    expect(refused).toBeLessThan(10);
  });
});

describe('isSecretName', () => {
  it.each([
    'OPENAI_API_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'aws_secret_access_key',
    'password',
    'db_password',
    'DB_PASS',
    'client_secret',
    'clientSecret',
    'HF_TOKEN',
    'hf_token',
    'huggingface_token',
    'HUGGING_FACE_HUB_TOKEN',
    'GITHUB_TOKEN',
    'auth_token',
    'access_token',
    'refreshToken',
    'bearer_token',
    'api_token',
    'apiKey',
    'apikey',
    'api-key',
    'X-API-Key',
    'secret_key',
    'SECRET_KEY',
    'SECRET_KEY_BASE',
    'jwt_secret',
    'cookie_secret',
    'private_key',
    'encryption_key',
    'fernet_key',
    'POSTGRES_PASSWORD',
    'MYSQL_ROOT_PASSWORD',
    'redis_passwd',
    'sudo_pass',
    'passphrase',
    'account_key',
    'connection_string',
    'AZURE_STORAGE_CONNECTION_STRING'.slice(14),
    'wandb_key',
    'KAGGLE_KEY',
    'SLACK_BOT_TOKEN',
    'TELEGRAM_BOT_TOKEN',
    'webhook_secret',
    'password2',
    'password_prod',
    'API_KEY_2',
    'secret_value',
    'Authorization',
    'fs.s3a.secret.key',
    'spark.hadoop.fs.s3a.access.key',
    'MLFLOW_TRACKING_PASSWORD',
    'MLFLOW_TRACKING_TOKEN',
    'NEPTUNE_API_TOKEN',
    'DATABRICKS_TOKEN',
    'contraseña',
    'pat_token',
  ])('%s means one', (name) => expect(isSecretName(name)).toBe(true));

  it.each(
    (
      'token tokens tokenizer tokenizer_name max_tokens max_new_tokens min_tokens token_type_ids pad_token pad_token_id eos_token bos_token unk_token sep_token cls_token mask_token ' +
      'next_token prev_token split_token stop_token start_token end_token special_tokens additional_special_tokens image_token video_token num_tokens n_tokens total_tokens prompt_tokens completion_tokens ' +
      'token_count token_length token_ids tokens_per_second token_embeddings tokenizer_path class_token first_token last_token new_token target_token input_token output_token ' +
      'key keys primary_key sort_key cache_key partition_key foreign_key public_key key_name dict_key row_key rng_key random_key prng_key key_size key_padding_mask key_value_cache num_key_value_heads query_key feature_key ' +
      'private_key_path key_file password_file secret_path token_url auth_url secret_name secret_arn secret_id password_field password_env api_key_env use_auth_token use_token hash seed random_seed state_dict ' +
      'password_hash hashed_password password_length password_policy min_password_length has_password require_password show_password is_secret token_type token_expiry AWS_ACCESS_KEY_ID api_key_name api_key_header secret_version ' +
      'compass bypass passed passes n_passes forward_pass author authority keyword keywords monkey_patch keypoints keyframe learning_rate batch_size secretary uncertainty certainty model_name PWD passenger passage'
    ).split(' '),
  )('%s means none', (name) => expect(isSecretName(name)).toBe(false));

  it('contains a trigger word whenever it holds', () => {
    const word = fc.constantFrom(
      'api',
      'key',
      'Key',
      'KEY',
      'token',
      'TOKEN',
      'secret',
      'password',
      'pwd',
      'pass',
      'db',
      'client',
      'conn',
      'str',
      'string',
      'connection',
      'authorization',
      'passwort',
      'apikey',
      'auth',
      'hf',
      '2',
      'prod',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, fc.constantFrom('', '_', '-', '.')), { minLength: 1, maxLength: 4 }),
        (parts) => {
          const name = parts.flat().join('');
          if (isSecretName(name))
            expect(
              secretNameTriggerWords.some((trigger) => name.toLowerCase().includes(trigger)),
              name,
            ).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
    expect(isSecretName('password'.repeat(20))).toBe(false);
  });
});

describe('looksLikeSecretValue', () => {
  it.each([
    'hunter2',
    'S3cure!pass',
    'postgres',
    'password',
    'admin123',
    random(32, hex, 8),
    random(40, base64, 9),
    `Bearer ${random(30, base62, 3)}`,
    'postgresql://user:hunter22@db.internal/app',
    `https://x.blob.core.windows.net/c?sig=${random(30, base62, 4)}`,
    'p@ssw0rd!',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    'minioadmin',
    `$${random(10, base62, 3)}!`,
  ])('%s can be one', (value) => expect(looksLikeSecretValue(value)).toBe(true));

  it.each([
    '',
    'abc',
    'short',
    '${{ secrets.X }}',
    '$VAR',
    '${VAR}',
    '${VAR:-default}',
    '$(cat /run/secret)',
    '%VAR%',
    '{{ vault_password }}',
    '{token}',
    '<token>',
    '!vault |',
    'vault:secret/data/x#key',
    'arn:aws:secretsmanager:eu-west-1:1:secret:x',
    'projects/p/secrets/s/versions/1',
    'op://vault/item/field',
    'ssm:/prod/db',
    'ENC[AES256_GCM,data:x]',
    '@Microsoft.KeyVault(SecretUri=x)',
    '/run/secrets/db',
    './secrets/key.pem',
    '~/.ssh/id_rsa',
    'C:\\keys\\id',
    'secrets/prod/key.json',
    'key.pem',
    'https://example.org/token',
    'https://login.microsoftonline.com/x',
    'true',
    'False',
    'none',
    'null',
    '123456789',
    '3.14159',
    '1e-4',
    'string',
    'SecretStr',
    'OPENAI_API_KEY',
    'db_password',
    'api_key',
    'changeme',
    'your-token-here',
    'xxxxxxxx',
    'Enter your password please',
    'os.environ["X"]',
    'getpass.getpass()',
    'get_secret("db")',
    '$2b$12$abcdefghijklmnopqrstuv',
    '-----BEGIN PUBLIC KEY-----\nabc',
    'env:HF_TOKEN',
    'Bearer <token>',
    'Bearer ${TOKEN}',
    'secrets.API_KEY',
  ])('%s cannot', (value) => expect(looksLikeSecretValue(value)).toBe(false));

  it('never throws and is quick on long values', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (value) =>
          typeof looksLikeSecretValue(value) === 'boolean' &&
          typeof isPlaceholder(value) === 'boolean' &&
          typeof isSecretName(value) === 'boolean',
      ),
    );
    for (const seed of ['{', '<a', '${', 'a/', 'a.b_', '((', '1,', 'a ', '%(', 'word-', '[', '{{', '://:']) {
      const value = seed.repeat(8000 / seed.length);
      looksLikeSecretValue(value);
      isPlaceholder(value);
    }
  });
});

describe('redact', () => {
  it('shows the public prefix and the length only', () => {
    const format = secretFormats.find(({ id }) => id === 'huggingface-token')!;
    const token = `hf_${random(34, base62, 2)}`;
    expect(redact(token, format)).toBe('`hf_…`, 37 characters');
    expect(redact('hunter2')).toBe('`…`, 7 characters');
  });

  it('never leaks the body of any format', () => {
    for (const [id, make] of Object.entries(samples)) {
      const [, secret] = make(77);
      const shown = redact(secret, secretFormats.find((format) => format.id === id)!);
      for (let i = 0; i + 8 <= secret.length; i++) {
        const piece = secret.slice(i, i + 8);
        const prefix = secretFormats.find((format) => format.id === id)!.prefix;
        if (!prefix.includes(piece)) expect(shown).not.toContain(piece);
      }
    }
  });
});
