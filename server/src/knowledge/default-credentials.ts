/*
 * Settings with which servers of an ML stack are given their first password, and the passwords that everybody tries first.
 */

/** A server's own setting of a password, and the one that names its account. */
export interface PasswordSetting {
  readonly service: string;
  readonly password: string;
  readonly account?: string;
  /** The value that documentation and images ship with, where it is none of the usual words. */
  readonly shipped?: readonly string[];
}

/** What a compose file of Airflow gives its first administrator. */
export const AIRFLOW_ADMIN_PASSWORD = '_AIRFLOW_WWW_USER_PASSWORD';

/** From the pages of the images: hub.docker.com/_/postgres, /_/mysql, /_/mongo, /_/rabbitmq, min.io, airflow.apache.org … */
const PASSWORD_SETTINGS: readonly PasswordSetting[] = [
  { service: 'PostgreSQL', password: 'POSTGRES_PASSWORD', account: 'POSTGRES_USER' },
  { service: 'PostgreSQL', password: 'POSTGRESQL_PASSWORD', account: 'POSTGRESQL_USERNAME' },
  { service: 'MySQL', password: 'MYSQL_ROOT_PASSWORD' },
  { service: 'MySQL', password: 'MYSQL_PASSWORD', account: 'MYSQL_USER' },
  { service: 'MariaDB', password: 'MARIADB_ROOT_PASSWORD' },
  { service: 'MariaDB', password: 'MARIADB_PASSWORD', account: 'MARIADB_USER' },
  { service: 'MongoDB', password: 'MONGO_INITDB_ROOT_PASSWORD', account: 'MONGO_INITDB_ROOT_USERNAME' },
  {
    service: 'MinIO',
    password: 'MINIO_ROOT_PASSWORD',
    account: 'MINIO_ROOT_USER',
    shipped: ['minioadmin', 'minio123'],
  },
  { service: 'MinIO', password: 'MINIO_SECRET_KEY', account: 'MINIO_ACCESS_KEY', shipped: ['minioadmin', 'minio123'] },
  { service: 'RabbitMQ', password: 'RABBITMQ_DEFAULT_PASS', account: 'RABBITMQ_DEFAULT_USER', shipped: ['guest'] },
  { service: 'Airflow', password: AIRFLOW_ADMIN_PASSWORD, account: '_AIRFLOW_WWW_USER_USERNAME' },
  { service: 'Grafana', password: 'GF_SECURITY_ADMIN_PASSWORD', account: 'GF_SECURITY_ADMIN_USER' },
  { service: 'pgAdmin', password: 'PGADMIN_DEFAULT_PASSWORD' },
  { service: 'Elasticsearch', password: 'ELASTIC_PASSWORD' },
  { service: 'Label Studio', password: 'LABEL_STUDIO_PASSWORD', account: 'LABEL_STUDIO_USERNAME' },
  { service: 'ClickHouse', password: 'CLICKHOUSE_PASSWORD', account: 'CLICKHOUSE_USER' },
  { service: 'Keycloak', password: 'KEYCLOAK_ADMIN_PASSWORD', account: 'KEYCLOAK_ADMIN' },
  { service: 'Keycloak', password: 'KC_BOOTSTRAP_ADMIN_PASSWORD', account: 'KC_BOOTSTRAP_ADMIN_USERNAME' },
  { service: 'SQL Server', password: 'MSSQL_SA_PASSWORD', shipped: ['yourStrong(!)Password', 'YourStrong@Passw0rd'] },
  { service: 'InfluxDB', password: 'DOCKER_INFLUXDB_INIT_PASSWORD', account: 'DOCKER_INFLUXDB_INIT_USERNAME' },
];

/** Keys of values of the common Helm charts. */
export const PASSWORD_VALUES: Readonly<Record<string, string>> = {
  adminPassword: 'the server',
  postgresPassword: 'PostgreSQL',
  postgresqlPassword: 'PostgreSQL',
  mysqlRootPassword: 'MySQL',
  rootPassword: 'the server',
};

const USUAL =
  /^(?:admin|administrator|password|passw0rd|pass|root|postgres|mysql|mongo|mongodb|airflow|mlflow|minio|minioadmin|minio123|admin123|password123|changeme|change_?me|secret|guest|user|test|example|grafana|elastic|12345678|123456|1234)$/i;

/**
 * The setting of a server that is given a password everybody tries first; undefined for other names and values. `beside`
 * gives the value of another setting of the server, such as the name of the account.
 */
export function defaultPassword(
  name: string,
  value: string,
  beside: (name: string) => string | undefined,
): PasswordSetting | undefined {
  const setting = PASSWORD_SETTINGS.find(({ password }) => password === name);
  // A value with a variable in it comes from outside.
  if (setting === undefined || value.includes('$')) return undefined;
  const account = setting.account === undefined ? undefined : beside(setting.account);
  return isDefaultPassword(value, account, setting.shipped) ? setting : undefined;
}

/** True for a password that everybody tries first: a usual word, the name of the account, or what is shipped. */
export function isDefaultPassword(
  value: string,
  account: string | undefined,
  shipped: readonly string[] = [],
): boolean {
  return USUAL.test(value) || shipped.includes(value) || (value !== '' && value === account);
}
