/** Name of what is called, for a message: whole when it is short, else its last two segments. */
export function shortCallee(name: string): string {
  const plain = name.replaceAll('()', '');
  return plain.length <= 28 ? plain : plain.split('.').slice(-2).join('.');
}
