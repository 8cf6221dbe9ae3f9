/** True in a branch of an `if` that asks for more than being the main module: whether it runs is not known. */
export function isOption(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split('\n');
  const indent = lines.pop()!.length;
  const head = lines.findLast((line) => line.trim() !== '' && line.length - line.trimStart().length < indent);
  return head !== undefined && /^\s*(if|elif|else)\b/.test(head) && !/^\s*if\s.*__main__['"]?\W*$/.test(head);
}
