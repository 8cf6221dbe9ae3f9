/** A compiled pipeline with one executor, for examples. */
export function compiled(container: string, name = 'exec-train'): string {
  return `deploymentSpec:\n  executors:\n    ${name}:\n      container:\n${container}root:\n  dag: {}\nschemaVersion: 2.1.0\n`;
}
