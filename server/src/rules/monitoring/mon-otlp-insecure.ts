import { isTestFile } from '../../base/test-files.js';
import { type CallFact, defineRule, edit, python, type RuleContext } from '../../engine/index.js';
import { type EnvironmentFact, environment, variablesOf, withTls } from '../_environment.js';
import { EXPORTERS, plainEndpoint, plainHost } from './_otlp-endpoint.js';

const ENDPOINT = /^OTEL_EXPORTER_OTLP_(?:(?:TRACES|METRICS|LOGS)_)?ENDPOINT$/;
const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
const CAPTURES = /^(?:true|1|span_only|event_only|span_and_event)$/i;
const REASON = 'the collector has to offer TLS';

const messages = {
  clear: '`{setting}` sends telemetry to `{host}` in the clear: anybody on the way reads what is traced; use TLS',
  capture: '`{name}` copies every prompt and answer into the traces, personal data included; leave it off',
} as const;

export default defineRule({
  summary: 'Telemetry leaves the machine in the clear or carries prompts.',
  stages: ['monitoring', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-532',
    'OWASP-LLM02:2025',
    'AML.T0057',
    'https://opentelemetry-python.readthedocs.io/en/stable/exporter/otlp/otlp.html',
    'https://opentelemetry.io/docs/specs/otel/protocol/exporter/',
    'https://opentelemetry.io/docs/specs/semconv/gen-ai/',
  ],
  docs: {
    why: 'Spans of a model service hold user ids, query texts and retrieved documents, and with message content switched on whole conversations. Sent over a plain connection they are read on the way; stored, they are read by everybody who may look at traces.',
    instead:
      'Give the collector an `https://` endpoint, or send to an agent on localhost that forwards over TLS. Leave the capture of message content off, or keep it to a test environment.',
    fixSafety:
      'The collector has to offer TLS, and traces no longer show conversations, so the fixes are offered for review.',
    limits:
      'Loopback, service names and cluster DNS are not judged, nor are endpoints that are not known; `OTEL_EXPORTER_OTLP_INSECURE` is not put together with an endpoint of another place. Files of tests are passed over.',
    ignoreWhen: 'A service mesh or a tunnel encrypts the connection.',
  },
  messages,
  words: ['otlp', 'capture_message_content'],
  query: [python.calls(...EXPORTERS), ...environment],
  check(fact: CallFact | EnvironmentFact, context) {
    const { report, python: py, path, text } = context;
    if (isTestFile(path)) return;
    if (!('keyword' in fact) && fact.kind === 'call' && EXPORTERS.includes(fact.name)) {
      inExporter(fact, context);
      return;
    }
    for (const { name, value, place, range } of variablesOf(fact, py, text)) {
      if (name === CAPTURE && CAPTURES.test(value)) {
        const finding = report(range, 'capture', { name });
        if (place !== range)
          finding.fix('Set `false`', 'review', edit.replace(place, 'false'), 'traces no longer show conversations');
      }
      const host = ENDPOINT.test(name) ? plainHost(value, true) : undefined;
      if (host === undefined) continue;
      const finding = report(place, 'clear', { setting: name, host });
      if (place !== range) finding.fix('Use `https://`', 'review', withTls(text, place), REASON);
    }
  },
  examples: [
    {
      bad: 'from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nexporter = OTLPSpanExporter(endpoint="otel.example.org:4317", «insecure=True»)\n',
      message: 'clear',
      good: 'from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nexporter = OTLPSpanExporter(endpoint="otel.example.org:4317")\n',
    },
    {
      bad: 'from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as Exporter\nURL = "http://otel.example.org:4318/v1/metrics"\nexporter = Exporter(«URL»)\n',
      message: 'clear',
      good: 'from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as Exporter\nURL = "https://otel.example.org:4318/v1/metrics"\nexporter = Exporter(URL)\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  api:\n    build: .\n    environment:\n      OTEL_EXPORTER_OTLP_ENDPOINT: «http://otel.example.org:4317»\n',
      message: 'clear',
      good: 'services:\n  api:\n    build: .\n    environment:\n      OTEL_EXPORTER_OTLP_ENDPOINT: https://otel.example.org:4317\n',
    },
    {
      bad: 'import os\n«os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true"»\n',
      message: 'capture',
      good: 'import os\nos.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "false"\n',
    },
    {
      good: 'from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nexporter = OTLPSpanExporter(endpoint="http://localhost:4317", insecure=True)\n',
      because: 'an agent on this machine',
    },
    {
      good: 'from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nexporter = OTLPSpanExporter(endpoint=settings.endpoint, insecure=True)\n',
      because: 'the endpoint is not known',
    },
    {
      good: 'from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nexporter = OTLPSpanExporter(endpoint="https://otel.example.org:4317", insecure=True)\n',
      because: 'the scheme decides',
    },
    {
      good: 'import os\nos.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector.observability.svc:4317"\n',
      because: 'cluster DNS',
    },
  ],
});

function inExporter(call: CallFact, { report, python: py, text }: RuleContext<typeof messages>): void {
  const found = plainEndpoint(call, py);
  if (found === undefined) return;
  const { host, endpoint, literal, insecure, scheme } = found;
  const setting = insecure === undefined ? 'endpoint' : 'insecure=True';
  const finding = report(insecure?.range ?? endpoint.range, 'clear', { setting, host });
  if (literal !== endpoint) finding.related(literal.range, 'the endpoint is written here');
  const edits = scheme ? withTls(text, literal.range) : [];
  if ((scheme && edits.length === 0) || (insecure !== undefined && insecure.name === undefined)) return;
  const removed = insecure === undefined ? [] : edit.removeArgument(text, call.expression, insecure);
  finding.fix(scheme ? 'Use `https://`' : 'Remove `insecure=True`', 'review', [...edits, ...removed], REASON);
}
