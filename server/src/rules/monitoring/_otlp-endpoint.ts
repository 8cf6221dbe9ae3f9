import { type Argument, argumentOf, type CallFact, type Expression, type PythonQuestions } from '../../engine/index.js';
import { isLocalHost, plainHttpHost } from '../../knowledge/http-clients.js';

const SIGNALS = [
  'trace_exporter.OTLPSpanExporter',
  'metric_exporter.OTLPMetricExporter',
  '_log_exporter.OTLPLogExporter',
];
const GRPC = SIGNALS.map((name) => `opentelemetry.exporter.otlp.proto.grpc.${name}`);
const HTTP = SIGNALS.map((name) => `opentelemetry.exporter.otlp.proto.http.${name}`);

/** Exporters of traces, metrics and logs. */
export const EXPORTERS: readonly string[] = [...GRPC, ...HTTP];

/** A remote endpoint that an exporter reaches without TLS. */
export interface PlainEndpoint {
  readonly host: string;
  readonly endpoint: Expression;
  /** Where the endpoint is written out. */
  readonly literal: Expression;
  /** `insecure=True`, when that is passed. */
  readonly insecure: Argument | undefined;
  /** True when the address starts with `http://`. */
  readonly scheme: boolean;
}

/** Host of an `http://` address outside this machine and its cluster. */
export function plainHost(address: string, complete: boolean): string | undefined {
  return outside(plainHttpHost(address, complete));
}

/** gRPC exporters take `host:port` too; a scheme of `https` stands above `insecure`, one of `http` asks for no TLS. */
export function plainEndpoint(call: CallFact, py: PythonQuestions): PlainEndpoint | undefined {
  const endpoint = argumentOf(call, 'endpoint', 0)?.value;
  const value = endpoint && py.value(endpoint);
  if (endpoint === undefined || (value?.kind !== 'string' && value?.kind !== 'partial')) return undefined;
  const complete = value.kind === 'string';
  const address = complete ? value.value : value.prefix;
  const insecure = GRPC.includes(call.name) ? argumentOf(call, 'insecure', 1) : undefined;
  const asked = insecure && py.value(insecure.value);
  if (insecure !== undefined && !(asked?.kind === 'boolean' && asked.value)) return undefined;
  const scheme = /^http:/i.test(address);
  const host = scheme ? plainHost(address, complete) : insecure && bareHost(address, complete);
  return host === undefined ? undefined : { host, endpoint, literal: py.definition(endpoint), insecure, scheme };
}

/** Host of `host:port`. */
function bareHost(address: string, complete: boolean): string | undefined {
  const match = /^(\[[^\]]*\]|[\w.-]+)(:\d|:$|$)/.exec(address);
  return match === null || (match[2] === '' && !complete) ? undefined : outside(match[1]);
}

function outside(host: string | undefined): string | undefined {
  return host === undefined || !/^[\w.[\]:-]+$/.test(host) || isLocalHost(host) ? undefined : host;
}
