/*
 * How workflows sign in to clouds. https://github.com/aws-actions/configure-aws-credentials,
 * https://github.com/google-github-actions/auth, https://github.com/Azure/login
 */

interface CloudLogin {
  readonly cloud: 'AWS' | 'Google Cloud' | 'Azure';
  /** Name of the action, in lower case. */
  readonly action: string;
  /** Inputs that take a key which does not expire by itself. */
  readonly keys: readonly string[];
}

const LOGINS: readonly CloudLogin[] = [
  { cloud: 'AWS', action: 'aws-actions/configure-aws-credentials', keys: ['aws-secret-access-key'] },
  { cloud: 'Google Cloud', action: 'google-github-actions/auth', keys: ['credentials_json'] },
  {
    cloud: 'Google Cloud',
    action: 'google-github-actions/setup-gcloud',
    keys: ['service_account_key', 'credentials_json'],
  },
  { cloud: 'Azure', action: 'azure/login', keys: ['creds'] },
];

/** Environment variables that SDKs and tools take such a key from. */
const VARIABLES: Readonly<Record<string, CloudLogin['cloud']>> = {
  AWS_SECRET_ACCESS_KEY: 'AWS',
  AZURE_CLIENT_SECRET: 'Azure',
  ARM_CLIENT_SECRET: 'Azure',
  GOOGLE_CREDENTIALS: 'Google Cloud',
  GOOGLE_APPLICATION_CREDENTIALS_JSON: 'Google Cloud',
};

/** The login that an action is, whatever its version: `aws-actions/configure-aws-credentials@v4`. */
export function cloudLogin(uses: string): CloudLogin | undefined {
  const name = uses.split('@', 1)[0]!.toLowerCase();
  return LOGINS.find(({ action }) => action === name);
}

/** The cloud whose long-lived key a variable holds. */
export function cloudOfVariable(name: string): CloudLogin['cloud'] | undefined {
  return Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
}
