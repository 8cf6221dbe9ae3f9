/** https://python.langchain.com/api_reference/core/globals.html */
export const VERBOSITY_SETTERS = ['langchain.globals', 'langchain_core.globals', 'langchain_classic.globals'].flatMap(
  (module) => [`${module}.set_debug`, `${module}.set_verbose`],
);
/** Module members that do the same. */
export const VERBOSITY_MEMBERS = ['langchain.debug', 'langchain.verbose', 'litellm.set_verbose'];
/** https://docs.litellm.ai/docs/debugging/local_debugging */
export const LITELLM_DEBUG = 'litellm._turn_on_debug';
/** Constructors with a `verbose` of their own that prints prompts and answers. */
export const CHATTY_CALLS = [
  'langchain.agents.AgentExecutor',
  'langchain.agents.AgentExecutor.from_agent_and_tools',
  'langchain.agents.initialize_agent',
  'langchain.chains.LLMChain',
  'langchain.chains.ConversationChain',
  'langchain.chains.ConversationalRetrievalChain.from_llm',
  'langchain.chains.RetrievalQA.from_chain_type',
];
