/** Every generated file except the rule registry: path → text. A pure function of the sources. */
export async function outputs(): Promise<ReadonlyMap<string, string>> {
  return new Map();
}
