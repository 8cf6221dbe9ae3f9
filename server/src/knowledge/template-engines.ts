export const JINJA_TEMPLATE = 'jinja2.Template';
export const JINJA_ENVIRONMENTS = ['jinja2.Environment', 'jinja2.environment.Environment'];
/** Calls that compile a template, and the keyword of its text, which comes first. */
export const TEMPLATE_ENGINES: ReadonlyMap<string, string> = new Map([
  [JINJA_TEMPLATE, 'source'],
  ['jinja2.environment.Template', 'source'],
  ...JINJA_ENVIRONMENTS.map((name): [string, string] => [`${name}().from_string`, 'source']),
  ['flask.render_template_string', 'source'],
  ['flask.templating.render_template_string', 'source'],
  ['mako.template.Template', 'text'],
  ['tornado.template.Template', 'template_string'],
]);
/** Prompt templates of LangChain, which take `template_format="jinja2"`. */
export const PROMPT_TEMPLATES: ReadonlySet<string> = new Set(
  ['langchain_core.prompts', 'langchain.prompts', 'langchain'].flatMap((module) => [
    `${module}.PromptTemplate`,
    `${module}.PromptTemplate.from_template`,
    `${module}.ChatPromptTemplate.from_template`,
  ]),
);
/** Calls that rendered the chat template of a model without a sandbox, and the library's first safe version. */
export const CHAT_TEMPLATE_LOADERS: ReadonlyMap<string, readonly [library: string, fixed: string]> = new Map([
  ['llama_cpp.Llama', ['llama-cpp-python', '0.2.72']],
  ['llama_cpp.Llama.from_pretrained', ['llama-cpp-python', '0.2.72']],
  // Only for models of the Hub, whose tokenizer configuration holds the template.
  ['litellm.completion', ['litellm', '1.34.42']],
  ['litellm.acompletion', ['litellm', '1.34.42']],
]);
