import { conciseReport } from '../../report/concise.js';
import { jsonReport } from '../../report/json.js';
import type { RunReport } from '../../report/run-report.js';
import { absolute, relative, under } from '../absolute-paths.js';
import { UsageError } from '../exit.js';
import type { CliHost } from '../host.js';
import { withPaths } from './assemble.js';
import type { Frames } from './frames.js';
import type { CheckOptions, Format, FormatChoice } from './options.js';

/** Formats of a run: those asked for, else one for a terminal or for a pipe. */
export function chosenFormats(host: CliHost, options: CheckOptions): readonly FormatChoice[] {
  const toOutput = options.format.filter((choice) => choice.file === undefined);
  if (toOutput.length > 1)
    throw new UsageError('Only one format can go to standard output; give the others a file: --format sarif=FILE');
  if (options.diff && toOutput.length > 0)
    throw new UsageError('--diff goes to standard output; give the format a file: --format sarif=FILE');
  if (options.format.length > 0 || options.diff) return options.format;
  return [{ format: host.stdout.isTerminal ? 'text' : 'concise', file: undefined }];
}

/** Whether a stream shows colours: what was asked for, else https://no-color.org and the terminal decide. */
export function wantsColour(host: CliHost, asked: boolean | undefined): boolean {
  if (asked !== undefined) return asked;
  const { NO_COLOR, FORCE_COLOR, TERM } = host.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return host.stdout.isTerminal && TERM !== 'dumb';
}

/** Path relative to the current folder, as people see it. */
export function shownPath(host: CliHost, root: string): (path: string) => string {
  return (path) => relative(host.cwd, under(root, path)) || '.';
}

/** Writes every chosen format to its place; what went wrong in words. */
export async function printReports(
  host: CliHost,
  root: string,
  report: RunReport,
  formats: readonly FormatChoice[],
  options: CheckOptions,
  frames: Frames,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const output = options.stdin && (options.fix || options.reviewFixes) ? host.stderr : host.stdout;
  for (const { format, file } of formats) {
    const colour = file === undefined && wantsColour(host, options.color);
    const text = await rendered(format, host, root, report, frames, colour);
    if (file === undefined) {
      output.write(text);
      continue;
    }
    const problem = host.write(absolute(host.cwd, file.replace(/\\/g, '/')), { text, encoding: 'utf-8', bom: false });
    if (problem !== undefined) problems.push(`${file}: ${problem}`);
  }
  return problems;
}

async function rendered(
  format: Format,
  host: CliHost,
  root: string,
  report: RunReport,
  frames: Frames,
  colour: boolean,
): Promise<string> {
  // Code hosts resolve SARIF against the root of the repository; everything else is read from the current folder.
  if (format === 'sarif') return (await import('../../report/sarif/sarif.js')).sarifReport(report);
  const show = shownPath(host, root);
  const rootPaths = new Map(report.findings.map(({ finding }) => [show(finding.place.path), finding.place.path]));
  const shown = withPaths(report, show);
  if (format === 'json') return jsonReport(shown);
  if (format === 'concise') return conciseReport(shown);
  // The library for colours opens standard output as soon as it is loaded.
  const { textReport } = await import('../../report/text.js');
  return textReport(shown, {
    colour,
    frame: (finding) => frames.of(rootPaths.get(finding.place.path) ?? finding.place.path, finding),
  });
}
