/** A value that is made when it is first asked for and kept: tables that most runs never look at cost nothing. */
export function lazy<T>(make: () => T): () => T {
  const kept: { value?: T; made: boolean } = { made: false };
  return () => {
    if (!kept.made) {
      kept.value = make();
      kept.made = true;
    }
    return kept.value as T;
  };
}
