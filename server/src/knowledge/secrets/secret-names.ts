import { splitWords } from '../personal-data/normalize.js';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** Words that name a secret wherever the name ends in them. */
const passwordWords = set('password passwd passphrase passcode pwd passwort contrasena');

/** Words in front of `key` that make it a secret. */
const secretKeys = set(`
  api access secret private encryption signing auth account master shared storage fernet hmac jwt session service app admin
  license client consumer ssh aes rsa deploy subscription
  openai anthropic cohere groq mistral replicate together gemini huggingface hf perplexity deepseek openrouter azure aws wandb comet
  neptune clearml kaggle pinecone qdrant weaviate langsmith langchain tavily serpapi stripe sendgrid nvidia ngc databricks roboflow
`);

/** Words in front of `key` that make it a public or ordinary key. */
const ordinaryKeys = set(
  'public primary foreign sort partition cache dict column index row lookup hash group join map state metric feature prng rng random',
);

/** Words in front of `token` that make it a piece of text. */
const textTokens = set(`
  type ids id count max min pad eos bos sep cls unk mask num per vocab length usage prompt completion next prev previous current split
  start end begin stop special image text new first last input output class sos go word sub decoder encoder eot separator single target
  extra additional system assistant delimiter each this the bpe wordpiece subword char byte blank audio video speech language lang pos
  generated total cached reasoning draft ignore empty cur tok best top rare masked padding user bot role instruction question answer
  sil silence noise context query document control sentinel page paging pagination continuation cursor resume sync delta k
`);

/** `bot_token`, `user_token`, `id_token`: a credential in upper case or behind a provider, a piece of text otherwise. */
const providers = set(`
  hf huggingface hub github gitlab gh git slack discord telegram twitter openai wandb replicate mlflow databricks neptune vault npm pypi
  docker azure aws gcp google kaggle comet ngc nvidia notion linear jira bitbucket circleci codecov sonar snyk dagster prefect jupyter
  notebook ray influx grafana oauth oauth2 sas dvc dagshub ultralytics roboflow modal hubspot cloudflare digitalocean heroku sentry k8s
  kubernetes kube argo airflow zenml clearml bearer access auth api refresh csrf jwt secret personal deploy registry pat service webhook
  registration login session security sso account push upload read write admin root ci mapbox
`);

/** Last words of a name that describe a secret instead of holding it. */
const describingTails = set(`
  path file filename dir directory folder location url uri endpoint name field column col key_name env var variable id ids type types
  length len count size limit policy rotation version prefix suffix format regex pattern label hint placeholder prompt arn ref reference
  manager store provider enabled required valid validation expiry expires expiration ttl hash hashed hasher hashers digest index idx header
  lifetime age min max strength checker validator form input widget reset change changed confirm help error message msg description desc
  encoder algorithm alg cmd command getter callback fn func function class mode source backend scope scopes kind template
  embedding embeddings logits mask positions position rate budget usage cost price limits per
`);

/** First words of a name that ask or act instead of holding. */
const askingHeads = set(`
  is has use uses show hide with without require requires required check validate verify no num n max min total count enable disable allow
  need needs get set reset forgot change update create generate encode decode hash add remove delete strip skip ignore
`);

/** Anywhere: what is stored is no longer the secret. */
const protectedForms = set('hashed encrypted masked redacted salted obfuscated');

const wholeSecrets = set(
  'authorization credentials_json pgpassword connection_string connectionstring conn_str connstr database_url secret secrets_key',
);

/** Index after the last word of a secret phrase ending at `i`, or 0. */
function isSecretAt(words: readonly string[], i: number, shout: boolean): boolean {
  const word = words[i]!;
  const before = words[i - 1];
  if (
    passwordWords.has(word) ||
    word === 'apikey' ||
    word === 'secretkey' ||
    word === 'authtoken' ||
    word === 'accesstoken'
  )
    return true;
  if (word === 'secret') return true;
  if (word === 'pass')
    return (
      before !== undefined &&
      /^(?:db|user|smtp|redis|mail|email|mysql|postgres|pg|admin|root|ftp|ssh|sudo|mongo|rabbitmq|proxy|login)$/.test(
        before,
      )
    );
  if (word === 'key')
    return before !== undefined && secretKeys.has(before) && !ordinaryKeys.has(before) && !words.includes('public');
  if (word !== 'token') return false;
  if (before === undefined || (before === 'auth' && words[i - 2] === 'use')) return false;
  if (providers.has(before)) return true;
  // `id2token`, `label2token`: tables of a tokenizer.
  if (/^(?:[a-z]+)?2$/.test(before)) return false;
  return !textTokens.has(before) || (shout && (before === 'bot' || before === 'user'));
}

/**
 * Whether a name of a variable, environment variable, option or configuration key says that its value is a secret.
 * `OPENAI_API_KEY`, `db_password`, `clientSecret`, `HF_TOKEN` do; `max_tokens`, `pad_token`, `token`, `primary_key`,
 * `private_key_path`, `secret_name`, `use_auth_token` do not. O(length).
 */
export function isSecretName(name: string): boolean {
  if (name.length > 120) return false;
  const { tokens: words } = splitWords(name);
  const last = words.length - 1;
  if (last < 0 || name === 'PWD') return false;
  if (wholeSecrets.has(words.join('_'))) return true;
  if (words[0] === 'no' || (last > 0 && askingHeads.has(words[0]!)) || describingTails.has(words[last]!)) return false;
  if (words.some((word) => protectedForms.has(word))) return false;
  const shout = name === name.toUpperCase();
  if (isSecretAt(words, last, shout)) return true;
  // A number, an environment or "value" may follow: `API_KEY_2`, `password_prod`, `secret_value`, `SECRET_KEY_BASE`.
  const tail =
    /^(?:\d+|prod|production|dev|staging|stage|test|value|base|base64|b64|str|string|plain|text|plaintext|default|old|new|primary|secondary|live|main)$/;
  return last > 0 && tail.test(words[last]!) && isSecretAt(words, last - 1, shout);
}

/** Lower-case substrings; every ASCII name for which `isSecretName` holds contains at least one of them, case aside. */
export const secretNameTriggerWords: readonly string[] = [
  'pass',
  'pwd',
  'contrase',
  'secret',
  'key',
  'token',
  'authorization',
  'conn',
];
