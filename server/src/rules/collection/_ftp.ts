import type { Range, TextEdit } from '../../base/range.js';
import { type CallFact, edit } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';

/** Host of an `ftp://` address that leaves the machine; undefined when it is not known. */
export function ftpHost(address: string, complete: boolean): string | undefined {
  const match = /^ftp:\/\/(?:[^@/\s]*@)?([\w.-]+)(.?)/i.exec(address);
  if (match === null || (!complete && match[2] === '') || isLocalHost(match[1]!)) return undefined;
  return match[1]!.toLowerCase();
}

/** Edits that turn `FTP` into `FTP_TLS`; none when it is not clear where `prot_p()` belongs. */
export function toTls(call: CallFact, text: string): readonly TextEdit[] {
  const added = protection(call, text);
  if (added.length === 0) return [];
  if (call.callee.kind === 'attribute') return [...edit.replace(call.callee.nameRange, 'FTP_TLS'), ...added];
  const line = /^from ftplib import (FTP)[ \t]*\r?$/m.exec(text);
  if (line === null || call.callee.kind !== 'name' || call.callee.name !== 'FTP') return [];
  const end = line.index + 'from ftplib import FTP'.length;
  const others = text.split(/\bFTP\b/).length - 1 > 2;
  const name: Range = { start: end - 3, end };
  const imported = others ? edit.insert(end, ', FTP_TLS') : edit.replace(name, 'FTP_TLS');
  return [...imported, ...edit.replace(call.callee.range, 'FTP_TLS'), ...added];
}

/** A call of `prot_p()` on the line below the login, which stands in a statement of its own. */
export function protection(call: CallFact, text: string): readonly TextEdit[] {
  const before = text.slice(call.statement.start, call.range.start);
  const rest = text.slice(call.range.end, call.range.end + 2000);
  const variable = /^\s*([\w.]+)\s*=\s*$/.exec(before)?.[1] ?? /^\s*as\s+(\w+)\s*:/.exec(rest)?.[1];
  if (variable === undefined) return [];
  const name = variable.replaceAll('.', '\\.');
  const login = new RegExp(`\\n([ \\t]*)${name}\\.login\\([^()\\n]*\\)[ \\t]*(?=\\r?\\n|$)`).exec(rest);
  if (login === null) return [];
  return edit.insertLinesBelow(text, call.range.end + login.index + 1, `${variable}.prot_p()`, login[1]!);
}
