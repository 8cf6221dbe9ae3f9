/** Calls that show their arguments to people or keep them in a log. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** To the screen of whoever runs the program. */
export const PRINTERS = words(`
  print pprint.pprint pprint.pp sys.stdout.write sys.stderr.write rich.print tqdm.tqdm.write tqdm.auto.tqdm.write IPython.display.display display
  click.echo typer.echo builtins.print
`);

/** Kept: log files, log services, web pages. */
export const LOGGERS = words(`
  warnings.warn streamlit.write streamlit.dataframe streamlit.table streamlit.text streamlit.json streamlit.markdown streamlit.code
`);

export const LOG_METHODS = words('debug info warning warn error critical exception log fatal trace success');

/** Resolved names of loggers. */
export const LOGGER_NAMES =
  /^(?:logging(?:\.(?:getLogger\(\)|root|Logger\(\)))?|loguru\.logger(?:\.\w+\(\))*|structlog(?:\.\w+)*\(\)(?:\.bind\(\))?|absl\.logging|.*\.get_?[lL]ogger\(\)|prefect\.get_run_logger\(\)|.*\.log(?:ger)?)$/;

/** Variables that hold a logger when nothing else is known of them. */
export const LOGGER_VARIABLES = /^_*(?:[a-z]+_)?(?:log|logger|logging)$/i;

/** Methods of frames that print rows. */
export const SHOWING_METHODS = words('show glimpse display');
