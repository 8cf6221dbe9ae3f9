import { argumentOf, type CallFact, type Expression } from '../../engine/index.js';
import { LOG_METHODS, LOGGERS, PRINTERS } from '../../knowledge/data-frames/logging.js';

const RECEIVERS = [
  'logging',
  'logging.root',
  'logging.getLogger()',
  'logging.Logger()',
  'loguru.logger',
  'loguru.logger.bind()',
  'absl.logging',
  'flask.current_app.logger',
  'flask.Flask().logger',
  'prefect.get_run_logger()',
  'structlog.get_logger()',
  'structlog.getLogger()',
];

/** Calls of loggers, by resolved name. */
export const LOG_CALLS: readonly string[] = RECEIVERS.flatMap((receiver) =>
  [...LOG_METHODS].map((method) => `${receiver}.${method}`),
);
/** Calls that show their arguments on a page or keep them with a warning. */
export const PAGE_CALLS: readonly string[] = [...LOGGERS];
export const PRINT_CALLS: readonly string[] = [...PRINTERS];
/** Calls that keep values with a run of a tracking service; mappings of settings are another rule's. */
export const TRACKING_CALLS: readonly string[] = [
  'wandb.log',
  'wandb.init().log',
  'mlflow.log_param',
  'mlflow.set_tag',
];

const LOG_SET: ReadonlySet<string> = new Set(LOG_CALLS);

export function isLogCall(name: string): boolean {
  return LOG_SET.has(name);
}

/** The text of a log message and what fills its placeholders. */
export function messageOf(
  call: CallFact,
): { readonly text: Expression; readonly values: readonly Expression[] } | undefined {
  const first = call.name.endsWith('.log') && isLogCall(call.name) ? 1 : 0;
  const text = argumentOf(call, 'msg', first)?.value;
  if (text === undefined) return undefined;
  const values = call.arguments.filter(({ position }) => position !== undefined && position > first);
  return { text, values: values.map(({ value }) => value) };
}
