/** The official images, of which the project publishes none any more (https://github.com/pytorch/serve). */
const IMAGE = /^pytorch\/torchserve(?:-kfs|-nightly)?$/;

/** Ports on which the official images offer the management of models: REST and gRPC. */
const MANAGEMENT_PORTS: ReadonlySet<number> = new Set([8081, 7071]);

/** True for the repository of an official image of TorchServe, as `imageReference` gives it. */
export function isTorchServeImage(repository: string): boolean {
  return IMAGE.test(repository);
}

/** True for a container port on which whoever reaches it manages the models of TorchServe. */
export function isTorchServeManagement(repository: string, port: number | undefined): boolean {
  return port !== undefined && MANAGEMENT_PORTS.has(port) && isTorchServeImage(repository);
}
