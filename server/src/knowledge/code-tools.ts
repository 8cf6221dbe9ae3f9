const spread = (modules: readonly string[], ...names: string[]): string[] =>
  modules.flatMap((module) => names.map((name) => `${module}.${name}`));

/** Tools, engines and executors of agents that run what a model writes, with the rights of the process. */
export const CODE_RUNNERS: readonly string[] = [
  // https://python.langchain.com/docs/integrations/tools/python/ and …/tools/bash/
  ...spread(
    ['langchain_experimental.tools', 'langchain_experimental.tools.python.tool', 'langchain.tools.python.tool'],
    'PythonREPLTool',
    'PythonAstREPLTool',
  ),
  ...spread(['langchain_experimental.utilities', 'langchain_experimental.utilities.python'], 'PythonREPL'),
  ...spread(['langchain_community.tools', 'langchain_community.tools.shell.tool', 'langchain.tools'], 'ShellTool'),
  // https://developers.llamaindex.ai/python/examples/query_engine/pandas_query_engine
  ...spread(
    ['llama_index.experimental.query_engine', 'llama_index.core.query_engine', 'llama_index.query_engine'],
    'PandasQueryEngine',
    'PolarsQueryEngine',
  ),
  // https://microsoft.github.io/autogen/0.2/docs/topics/code-execution/cli-code-executor
  ...spread(
    ['autogen.coding', 'autogen_ext.code_executors.local', 'autogen_ext.code_executors', 'autogen_core.code_executor'],
    'LocalCommandLineCodeExecutor',
  ),
];

/** Calls that load tools of LangChain by name; `terminal` is the shell. */
export const TOOL_LOADERS = spread(['langchain.agents', 'langchain_community.agent_toolkits.load_tools'], 'load_tools');

/** https://huggingface.co/docs/smolagents/reference/agents#smolagents.CodeAgent: runs code in this process by default */
export const CODE_AGENTS = spread(['smolagents', 'smolagents.agents'], 'CodeAgent');

/** https://microsoft.github.io/autogen/0.2/docs/tutorial/code-executors: agents with a `code_execution_config` */
export const EXECUTING_AGENTS = spread(
  ['autogen', 'autogen.agentchat'],
  'UserProxyAgent',
  'ConversableAgent',
  'AssistantAgent',
);

/** https://docs.crewai.com/en/tools/ai-ml/codeinterpretertool: a container unless they are told otherwise */
export const CREW_AGENTS = spread(['crewai', 'crewai.agent'], 'Agent');
export const CREW_INTERPRETER = 'crewai_tools.CodeInterpreterTool';
