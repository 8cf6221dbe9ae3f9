import { findConnections, findSecrets, isSecretName, looksLikeSecretValue } from './secrets/index.js';

interface SecretFile {
  readonly path: RegExp;
  /** What the file holds when it is not a sample. */
  readonly text: RegExp;
}

/** With its first line: keys behind a passphrase have a header there, and samples a word. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/;

/** Files in which tools keep their credentials. */
const FILES: readonly SecretFile[] = [
  { path: /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$|\.(?:pem|key)$/, text: PRIVATE_KEY },
  // https://doc.dvc.org/command-reference/config#local
  { path: /(?:^|\/)\.dvc\/config\.local$/, text: /(?:password|secret\w*|_key|token|connection_string)\s*=\s*\S/ },
  // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
  { path: /(?:^|\/)\.aws\/credentials$/, text: /aws_secret_access_key\s*=\s*\S/i },
  { path: /(?:^|\/)\.netrc$/, text: /\bpassword\s+\S/ },
  // https://packaging.python.org/en/latest/specifications/pypirc/
  { path: /(?:^|\/)\.pypirc$/, text: /^\s*password\s*[:=]\s*\S/m },
  { path: /(?:^|\/)\.git-credentials$/, text: /:\/\/[^\s/:]*:[^\s/@]+@/ },
  { path: /(?:^|\/)(?:\.kube\/config|kubeconfig(?:\.ya?ml)?)$/, text: /(?:client-key-data|token|password):\s*\S/ },
  { path: /(?:^|\/)\.docker\/config\.json$/, text: /"auth"\s*:\s*"[^"]/ },
  // https://www.kaggle.com/docs/api#authentication
  { path: /(?:^|\/)kaggle\.json$/, text: /"key"\s*:\s*"[0-9a-f]{32}"/ },
  // https://cloud.google.com/iam/docs/keys-create-delete
  {
    path: /[^/]*(?:credential|account|secret|key|gcp|gcloud|google)[^/]*\.json$/i,
    text: /"private_key"\s*:\s*"-----BEGIN (?:RSA )?PRIVATE KEY-----\\n[A-Za-z0-9+/]{40}/,
  },
];

const ENVIRONMENT =
  /(?:^|\/)(?:\.env(?:\.(?!example|sample|template|dist|test|ci)[\w-]+)*|(?!example|sample|template|test)[\w-]+\.env)$/;

/** True for paths of files that may hold credentials: `holdsCredentials` tells by the text. */
export function mayHoldCredentials(path: string): boolean {
  return ENVIRONMENT.test(path) || FILES.some((file) => file.path.test(path));
}

/** Whether a file of credentials really holds some, or only shows how it would look. O(length of the text). */
export function holdsCredentials(path: string, text: string): boolean {
  if (FILES.some((file) => file.path.test(path) && file.text.test(text))) return true;
  if (!ENVIRONMENT.test(path)) return false;
  return text.split('\n').some((line) => {
    const [, name = '', value = ''] = /^\s*(?:export\s+)?(\w+)\s*=\s*["']?([^\s"']+)["']?\s*$/.exec(line) ?? [];
    if (value === '' || value.startsWith('$')) return false;
    const shaped = findSecrets(`${name}=${value}`).length > 0 || findConnections(value).length > 0;
    return shaped || (isSecretName(name) && looksLikeSecretValue(value));
  });
}
