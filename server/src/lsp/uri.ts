/**
 * Document addresses. Clients write the same file in several ways (`file:///c%3A/x`, `file:///C:/x`), so addresses are
 * compared in a decoded form and sent back as the client wrote them.
 */

/** Decoded form for comparing; text that is no URI is its own form. */
export function comparable(uri: string): string {
  let decoded = uri;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    // A stray `%`: the address is compared as written.
  }
  return decoded.replace(/^([a-z][\w+.-]*:\/\/[^/]*\/)([A-Z]):/i, (_, head: string, drive: string) => {
    return `${head}${drive.toLowerCase()}:`;
  });
}

export function schemeOf(uri: string): string {
  return /^([a-z][\w+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? '';
}

/** Path of a document below a folder, with `/` and decoded; undefined when it lies elsewhere. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const root = comparable(folder).replace(/\/+$/, '');
  const whole = comparable(uri.replace(/[?#].*$/, ''));
  return whole.startsWith(`${root}/`) && whole.length > root.length + 1 ? whole.slice(root.length + 1) : undefined;
}

/** Address of a path (with `/`) below a folder. */
export function addressOf(folder: string, path: string): string {
  return `${folder.replace(/\/+$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Last segment, decoded: `Untitled-1` for `untitled:Untitled-1`. */
export function nameOf(uri: string): string {
  const path = comparable(uri.replace(/[?#].*$/, '')).replace(/^[a-z][\w+.-]*:/i, '');
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Address of the folder a document lies in. */
export function folderOf(uri: string): string {
  const cut = uri.replace(/[?#].*$/, '').lastIndexOf('/');
  return cut < 0 ? uri : uri.slice(0, cut);
}
