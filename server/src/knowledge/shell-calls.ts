/** Calls that hand a text to a shell, and its argument. */
export const SHELLS: Readonly<Record<string, string>> = {
  'os.system': 'command',
  'os.popen': 'cmd',
  'subprocess.getoutput': 'cmd',
  'subprocess.getstatusoutput': 'cmd',
  'asyncio.create_subprocess_shell': 'cmd',
};

/** Calls that do so with `shell=True`. */
export const WITH_SHELL: readonly string[] = ['run', 'call', 'check_call', 'check_output', 'Popen'].map(
  (name) => `subprocess.${name}`,
);

/** Operators of Airflow that run a text with bash. */
export const BASH_OPERATORS: readonly string[] = [
  'airflow.operators.bash.BashOperator',
  'airflow.operators.bash_operator.BashOperator',
  'airflow.providers.standard.operators.bash.BashOperator',
];
