/** Which part of the server may import which. */
export const layers: Readonly<Record<string, readonly string[]>>;
