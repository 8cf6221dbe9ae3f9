/*
 * Consoles of an ML stack that let in whoever reaches them unless somebody puts a sign-in in front, by the names their Services
 * have in the usual charts and manifests. Grafana, Airflow, JupyterHub and MinIO ask for a password themselves and are not here.
 */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  // https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/
  [/^(?:[\w-]+-)?mlflow(?:-(?:server|tracking|ui|service|svc))*$/, 'MLflow'],
  // https://www.kubeflow.org/docs/components/pipelines/operator-guides/server-config/
  [/^ml-pipeline-ui$/, 'Kubeflow Pipelines'],
  [/^(?:[\w-]+-)?tensorboard(?:-(?:service|svc))?$/, 'TensorBoard'],
  [/^(?:[\w-]+-)?(?:dask-scheduler|dask-dashboard)$/, 'the Dask dashboard'],
  [/^(?:[\w-]+-)?spark-(?:master|history-server)(?:-svc)?$/, 'Spark'],
  [/^(?:airflow-)?flower(?:-(?:service|svc))?$/, 'Celery Flower'],
  [/^prometheus(?:-server|-k8s|-operated|-service|-svc)?$/, 'Prometheus'],
];

const RAY_SERVICE = /(?:^ray-(?:head|dashboard)|-head-svc|-ray-head)(?:-(?:service|svc))?$/;
/** Of a head node only the dashboard is a console: models answer on 8000, and the client port may ask for certificates. */
const RAY_PORT = /^(?:8265|dashboard)$/;

/** The same by what a container runs. */
const BY_COMMAND: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[ /])mlflow (?:server|ui)\b(?!.*--app-name)/, 'MLflow'],
  [/(?:^|[ /])tensorboard (?:.* )?--?logdir\b/, 'TensorBoard'],
  [/(?:^|[ /])dask[- ]scheduler\b(?!.*--tls)/, 'the Dask dashboard'],
  [/(?:^|[ /])celery (?:.* )?flower\b(?!.*(?:--basic[-_]auth|--auth))/, 'Celery Flower'],
];

/** What a container with this command line shows without a sign-in, in words; undefined when it is none of these. */
export function openConsoleOf(command: string): string | undefined {
  return command.length > 2000 ? undefined : BY_COMMAND.find(([pattern]) => pattern.test(command))?.[1];
}

/** What a Service of this name and port shows without a sign-in, in words; undefined when it is none of these. */
export function openConsole(service: string, port: string | undefined): string | undefined {
  if (service.length > 100 || /auth|proxy|gateway|login/i.test(service)) return undefined;
  if (RAY_SERVICE.test(service) || RAY_PORT.test(port ?? ''))
    return RAY_SERVICE.test(service) && RAY_PORT.test(port ?? '8265') ? 'the Ray dashboard' : undefined;
  return BY_NAME.find(([pattern]) => pattern.test(service))?.[1];
}
