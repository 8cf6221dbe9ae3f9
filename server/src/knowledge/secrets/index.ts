export { type FoundSecret, findSecrets, secretTriggerWords } from './find.js';
export { type SecretFamily, type SecretFormat, secretFormats } from './formats.js';
export { isPlaceholder } from './placeholder.js';
export { isSecretName, secretNameTriggerWords } from './secret-names.js';
export { looksLikeSecretValue, redact } from './secret-values.js';
