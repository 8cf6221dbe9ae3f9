/** A section of `airflow.cfg` that holds a setting. */
export interface AirflowPlace {
  readonly section: string;
  readonly key: string;
  /** First release that reads it there; absent for those older than 1.10. */
  readonly since?: string;
  /** First release that reads it no more. */
  readonly until?: string;
}

/**
 * Settings that decide about security, with every section they were read from. Names moved between 1.10, 2 and 3; the same
 * key in another section is another setting. Sources: `config_templates/config.yml` of 1.10.15, 2.10.5 and 3.0.2,
 * https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html
 */
export const AIRFLOW_SETTINGS = {
  fernetKey: [{ section: 'core', key: 'fernet_key' }],
  secretKey: [
    { section: 'webserver', key: 'secret_key' },
    { section: 'api', key: 'secret_key', since: '3.0' },
    { section: 'api_auth', key: 'jwt_secret', since: '3.0' },
    { section: 'core', key: 'internal_api_secret_key', since: '2.10' },
  ],
  exposeConfig: [
    { section: 'webserver', key: 'expose_config' },
    { section: 'api', key: 'expose_config', since: '3.0' },
  ],
  xcomPickling: [{ section: 'core', key: 'enable_xcom_pickling', until: '3.0' }],
  testConnection: [{ section: 'core', key: 'test_connection', since: '2.7' }],
  loadExamples: [{ section: 'core', key: 'load_examples' }],
  apiAuthBackend: [
    { section: 'api', key: 'auth_backend', until: '3.0' },
    { section: 'api', key: 'auth_backends', since: '2.3', until: '3.0' },
  ],
  webAuthenticate: [{ section: 'webserver', key: 'authenticate', until: '2.0' }],
  allAdmins: [{ section: 'core', key: 'simple_auth_manager_all_admins', since: '3.0' }],
} as const satisfies Readonly<Record<string, readonly AirflowPlace[]>>;

export type AirflowSettingName = keyof typeof AIRFLOW_SETTINGS;

/** `AIRFLOW__SECTION__KEY` as section and key; undefined for other variables. */
export function airflowVariable(name: string): { readonly section: string; readonly key: string } | undefined {
  const match = /^AIRFLOW__([A-Z0-9_]+?)__([A-Z0-9_]+)$/.exec(name);
  return match === null ? undefined : { section: match[1]!.toLowerCase(), key: match[2]!.toLowerCase() };
}

/** True for the variables of the keys that Airflow encrypts and signs with, which rules about Airflow judge. */
export function isAirflowKeyVariable(name: string): boolean {
  const variable = airflowVariable(name);
  const keys: readonly AirflowPlace[] = [...AIRFLOW_SETTINGS.fernetKey, ...AIRFLOW_SETTINGS.secretKey];
  return (
    variable !== undefined && keys.some(({ section, key }) => section === variable.section && key === variable.key)
  );
}
