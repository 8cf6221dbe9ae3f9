export { type FoundSecret, findSecrets, secretTriggerWords } from './find.js';
export type { SecretFamily, SecretFormat } from './format.js';
export { secretFormats } from './formats.js';
export { isPlaceholder } from './placeholder.js';
export { isSecretName, secretNameTriggerWords } from './secret-names.js';
export { looksLikeSecretValue, redact } from './secret-values.js';
