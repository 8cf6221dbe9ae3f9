/** The parts of an image reference: `registry/namespace/name:tag@digest`. */
export interface ImageReference {
  /** Registry, namespace and name, lower case, without `docker.io/` and `library/`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits an image reference (https://github.com/distribution/reference). A port of the registry is no tag. */
export function imageReference(image: string): ImageReference {
  const at = image.indexOf('@');
  const digest = at < 0 ? undefined : image.slice(at + 1);
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const repository = (tagged ? named.slice(0, colon) : named)
    .toLowerCase()
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '');
  return { repository, tag: tagged ? named.slice(colon + 1) : undefined, digest };
}

/** Whether a reference follows whatever its author pushes next: no tag, `latest` or a variant of it, and no digest. */
export function isMovingImage({ repository, tag, digest }: ImageReference): boolean {
  if (digest !== undefined || repository === 'scratch' || repository === '') return false;
  return tag === undefined || tag === '' || /^latest(?:[-_.]|$)/i.test(tag);
}

/**
 * Base images whose processes run as root unless a Dockerfile says otherwise, as their own Dockerfiles show
 * (https://github.com/docker-library/official-images, https://github.com/pytorch/pytorch/blob/main/Dockerfile,
 * https://github.com/tensorflow/build, https://gitlab.com/nvidia/container-images/cuda).
 */
const ROOT_IMAGES =
  /^(?:python|debian|ubuntu|alpine|fedora|centos|rockylinux|almalinux|amazonlinux|busybox|buildpack-deps|golang|rust|node|openjdk|eclipse-temurin|amazoncorretto|r-base|julia|nginx|httpd|pypy|continuumio\/(?:mini|ana)conda3?|condaforge\/(?:miniforge3|mambaforge)|pytorch\/pytorch|tensorflow\/tensorflow|nvidia\/cuda|nvcr\.io\/nvidia\/(?:pytorch|tensorflow|cuda|tritonserver)|huggingface\/transformers[\w-]*|tiangolo\/uvicorn[\w-]*|ghcr\.io\/astral-sh\/uv|mcr\.microsoft\.com\/(?:devcontainers\/python|azureml\/[\w.-]+))$/;

/** Of those the ones built on Debian or Ubuntu, where `useradd` is installed. */
const DEBIAN_IMAGES =
  /^(?:python|debian|ubuntu|buildpack-deps|golang|rust|node|nginx|httpd|pypy|continuumio\/(?:mini|ana)conda3?|condaforge\/(?:miniforge3|mambaforge)|pytorch\/pytorch|tensorflow\/tensorflow|nvidia\/cuda|nvcr\.io\/nvidia\/(?:pytorch|tensorflow|tritonserver)|huggingface\/transformers[\w-]*|tiangolo\/uvicorn[\w-]*)$/;

/** Images of Docker Hub without a namespace that build or serve something themselves; other bare names may be local ones. */
const OFFICIAL_IMAGES =
  /^(?:postgres|mysql|mariadb|redis|valkey|mongo|rabbitmq|elasticsearch|kibana|memcached|cassandra|influxdb|neo4j|traefik|caddy|haproxy|php|ruby|perl|bash|docker|registry|vault|consul|maven|gradle|tomcat|sonarqube|swift|erlang|haskell|amazonlinux|archlinux|opensuse|photon|oraclelinux)$/;

/** True for a name that may as well be an image built on this machine: no registry, no namespace, not an official image. */
export function mayBeLocal({ repository }: ImageReference): boolean {
  return !repository.includes('/') && !OFFICIAL_IMAGES.test(repository) && !ROOT_IMAGES.test(repository);
}

const TOOL_IMAGES = /^(?:busybox|alpine|bash|alpine\/(?:curl|git|k8s|helm|socat)|curlimages\/curl|docker\/whalesay)$/;

/** True for images of a shell or a small tool, which serve and train nothing: they wait for a port, copy a file, print a line. */
export function isToolImage({ repository }: ImageReference): boolean {
  return TOOL_IMAGES.test(repository.replace(/^(?:docker\.io|index\.docker\.io)\/(?:library\/)?/, ''));
}

/** True when processes of this image run as root by default; undefined when that is not known. */
export function runsAsRoot(image: ImageReference): boolean | undefined {
  if (/^public\.ecr\.aws\/lambda\//.test(image.repository)) return false;
  if (/nonroot|rootless|unprivileged/.test(`${image.repository}:${image.tag ?? ''}`)) return false;
  return ROOT_IMAGES.test(image.repository) ? true : undefined;
}

/** True when the image has Debian's `useradd`. */
export function hasUseradd(image: ImageReference): boolean {
  return (
    DEBIAN_IMAGES.test(image.repository) &&
    !/alpine|ubi|rockylinux|windows|nanoserver|servercore/i.test(image.tag ?? '')
  );
}
