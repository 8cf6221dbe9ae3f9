/*
 * Services of an ML stack that hold data or can be driven without much asking, by the port they listen on inside the
 * container (their default) and by the name of their image.
 */

/** Ports that hardly anything else listens on. */
const BY_PORT: ReadonlyMap<number, string> = new Map([
  [1433, 'SQL Server'],
  [2181, 'ZooKeeper'],
  [2375, 'the Docker API'],
  [3306, 'MySQL'],
  [5432, 'PostgreSQL'],
  [5601, 'Kibana'],
  [5672, 'RabbitMQ'],
  [15672, 'RabbitMQ management'],
  [6333, 'Qdrant'],
  [6334, 'Qdrant'],
  [6379, 'Redis'],
  [7474, 'Neo4j'],
  [7687, 'Neo4j'],
  [8265, 'the Ray dashboard'],
  [9042, 'Cassandra'],
  [9200, 'Elasticsearch'],
  [11211, 'memcached'],
  [19530, 'Milvus'],
  [27017, 'MongoDB'],
]);

/** Default ports that other programs use as well: they count where the image is built by the project itself. */
const BY_COMMON_PORT: ReadonlyMap<number, string> = new Map([
  [2379, 'etcd'],
  [6006, 'TensorBoard'],
  [8123, 'ClickHouse'],
  [8786, 'the Dask scheduler'],
  [8787, 'the Dask dashboard'],
  [8888, 'Jupyter'],
  [9092, 'Kafka'],
]);

/** Images by the last part of their repository. */
const BY_IMAGE: readonly (readonly [RegExp, string])[] = [
  [/^mlflow(?:[-_](?:server|tracking|ui|tracking[-_]server))?$/, 'MLflow'],
  [/^minio$/, 'MinIO'],
  [/^label-studio/, 'Label Studio'],
  [/^(?:airflow|flower)$/, 'Airflow'],
  [/^(?:adminer|pgadmin4?|phpmyadmin|mongo-express|redis-commander|redisinsight)$/, 'a database console'],
  // JupyterHub asks for a password and is there for other machines.
  [/^(?:jupyter(?!hub)|.*-notebook$)/, 'Jupyter'],
  [/^(?:prometheus|pushgateway|alertmanager)$/, 'Prometheus'],
  [/^(?:postgres|postgis|timescaledb|pgvector)/, 'PostgreSQL'],
  [/^(?:mysql|mariadb)/, 'MySQL'],
  [/^(?:redis|redis-stack|valkey|dragonfly)/, 'Redis'],
  [/^mongo/, 'MongoDB'],
  [/^(?:qdrant|chroma|weaviate|milvus)$/, 'a vector database'],
  [/^(?:elasticsearch|opensearch)/, 'Elasticsearch'],
  [/^(?:kafka|cp-kafka|redpanda)$/, 'Kafka'],
  [/^etcd$/, 'etcd'],
  [/^dask/, 'Dask'],
  [/^(?:clickhouse|clickhouse-server)$/, 'ClickHouse'],
];

/**
 * What listens on a container port, in words; undefined for the project's own and for unknown services.
 *
 * @param repository of the image, as `imageReference` gives it; undefined when the project builds it
 */
export function exposedService(repository: string | undefined, containerPort: number | undefined): string | undefined {
  const port = containerPort ?? 0;
  if (repository === undefined) return BY_PORT.get(port) ?? BY_COMMON_PORT.get(port);
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  return BY_IMAGE.find(([pattern]) => pattern.test(name))?.[1] ?? BY_PORT.get(port);
}
