/*
 * Consoles of an ML stack that let in whoever reaches them unless somebody puts a sign-in in front, by the names their Services
 * have in the usual charts and manifests. Grafana, Airflow, JupyterHub and MinIO ask for a password themselves and are not here.
 */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  // https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/
  [/^(?:[\w-]+-)?mlflow(?:-(?:server|tracking|tracking-server|ui|service|svc))*$/, 'MLflow'],
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

/** What a Service of this name and port shows without a sign-in, in words; undefined when it is none of these. */
export function openConsole(service: string, port: string | undefined): string | undefined {
  if (service.length > 100 || /auth|proxy|gateway|login/i.test(service)) return undefined;
  if (RAY_SERVICE.test(service) || RAY_PORT.test(port ?? ''))
    return RAY_SERVICE.test(service) && RAY_PORT.test(port ?? '8265') ? 'the Ray dashboard' : undefined;
  return BY_NAME.find(([pattern]) => pattern.test(service))?.[1];
}
