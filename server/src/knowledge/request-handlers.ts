/** A method that a serving framework calls with what a client sent, in classes that derive from its base class. */
export interface HandlerMethod {
  /** Resolved name of the base class, or of the class's decorator. */
  readonly of: string;
  readonly method: string;
  /** 0-based among the parameters after `self`. */
  readonly parameter: number;
}

const methods = (of: string, parameter: number, ...names: string[]): HandlerMethod[] =>
  names.map((method) => ({ of, method, parameter }));

/** Classes of serving frameworks (see each framework's page about writing a service). */
export const HANDLER_METHODS: readonly HandlerMethod[] = [
  // https://lightning.ai/docs/litserve/api-reference/litapi
  ...methods('litserve.LitAPI', 0, 'decode_request'),
  // https://pytorch.org/serve/custom_service.html
  ...methods('ts.torch_handler.base_handler.BaseHandler', 0, 'handle', 'preprocess'),
  // https://kserve.github.io/website/docs/model-serving/predictive-inference/frameworks/custom-predictor
  ...methods('kserve.Model', 0, 'preprocess', 'predict'),
  ...methods('kserve.KFModel', 0, 'preprocess', 'predict'),
  // https://mlserver.readthedocs.io/en/latest/user-guide/custom.html
  ...methods('mlserver.MLModel', 0, 'predict'),
  // https://docs.djangoproject.com/en/stable/topics/class-based-views/
  ...['django.views.View', 'django.views.generic.View', 'rest_framework.views.APIView'].flatMap((view) =>
    methods(view, 0, 'get', 'post', 'put', 'patch', 'delete'),
  ),
  // https://docs.ray.io/en/latest/serve/http-guide.html
  ...methods('ray.serve.deployment', 0, '__call__'),
  ...methods('ray.serve.deployment()', 0, '__call__'),
];

/** A module-level function that a platform calls by its name. */
export interface HandlerFunction {
  readonly name: string;
  readonly parameter: string;
  /** A top-level package the module imports, or another function it defines, that tells the platform. */
  readonly beside: readonly string[];
}

/** Entry points known by their names. */
export const HANDLER_FUNCTIONS: readonly HandlerFunction[] = [
  // https://sagemaker.readthedocs.io/en/stable/frameworks/pytorch/using_pytorch.html#process-model-input
  ...['request_body', 'serialized_input_data', 'input_data', 'request_body_bytes'].map((parameter) => ({
    name: 'input_fn',
    parameter,
    beside: ['model_fn', 'predict_fn'],
  })),
  // https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
  { name: 'lambda_handler', parameter: 'event', beside: [] },
  // https://learn.microsoft.com/azure/machine-learning/how-to-deploy-advanced-entry-script
  ...['raw_data', 'data', 'request', 'mini_batch'].map((parameter) => ({ name: 'run', parameter, beside: ['init'] })),
];

/** Decorators of functions that a language model calls with arguments it wrote. */
export const TOOL_DECORATORS: ReadonlySet<string> = new Set([
  // https://docs.langchain.com/oss/python/langchain/tools
  'langchain.tools.tool',
  'langchain.tools.tool()',
  'langchain.agents.tool',
  'langchain_core.tools.tool',
  'langchain_core.tools.tool()',
  // https://huggingface.co/docs/smolagents/reference/tools
  'smolagents.tool',
  // https://openai.github.io/openai-agents-python/tools/
  'agents.function_tool',
  'agents.function_tool()',
  // https://modelcontextprotocol.github.io/python-sdk/
  'mcp.server.fastmcp.FastMCP().tool()',
  'fastmcp.FastMCP().tool',
  'fastmcp.FastMCP().tool()',
  // https://docs.crewai.com/en/concepts/tools
  'crewai.tools.tool()',
]);

/** Constructors and methods of user-interface libraries whose function argument receives what visitors enter. */
export const CALLBACK_TAKERS: readonly {
  readonly name: string;
  readonly keyword: string;
  readonly position: number;
}[] = [
  // https://www.gradio.app/docs
  ...['Interface', 'ChatInterface'].map((name) => ({ name: `gradio.${name}`, keyword: 'fn', position: 0 })),
  ...['click', 'submit', 'change', 'upload', 'input', 'select', 'blur', 'release', 'stop_recording'].flatMap((event) =>
    [`gradio.*().${event}`, `gradio.*.*().${event}`].map((name) => ({ name, keyword: 'fn', position: 0 })),
  ),
];

/** Parameters a framework fills with objects of its own, by resolved annotation. */
export const INJECTED: ReadonlySet<string> = new Set([
  'fastapi.BackgroundTasks()',
  'fastapi.Response()',
  'fastapi.security.HTTPAuthorizationCredentials()',
  'starlette.background.BackgroundTasks()',
  'starlette.responses.Response()',
  'sqlalchemy.orm.Session()',
  'sqlmodel.Session()',
  'sqlalchemy.ext.asyncio.AsyncSession()',
  'bentoml.Context()',
]);

/** Defaults that say the framework makes the value: `x = Depends(make)`. */
export const INJECTING_DEFAULTS: ReadonlySet<string> = new Set([
  'fastapi.Depends()',
  'fastapi.Security()',
  'fastapi.params.Depends()',
  'dependency_injector.wiring.Provide[]',
]);

/** Types that a framework converts to before the function runs: no text of an attacker is left in them. */
export const CONVERTED: ReadonlySet<string> = new Set([
  'int()',
  'float()',
  'bool()',
  'complex()',
  'uuid.UUID()',
  'datetime.date()',
  'datetime.datetime()',
  'decimal.Decimal()',
  'ipaddress.IPv4Address()',
]);

/** Packages one of which a module with request handlers imports. */
export const HANDLER_PACKAGES: readonly string[] = [
  'fastapi',
  'flask',
  'starlette',
  'quart',
  'sanic',
  'bottle',
  'aiohttp',
  'bentoml',
  'ray',
  'chainlit',
  'modal',
  'gradio',
];
