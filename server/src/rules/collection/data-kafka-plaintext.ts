import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { entriesOf, optionsOf } from './_connection.js';
import {
  BY_DICT,
  BY_KEYWORD,
  checked,
  distanceOf,
  isOpen,
  PLAIN,
  remoteHost,
  spelled,
  switchesOff,
  textOf,
} from './_kafka.js';

export default defineRule({
  summary: 'Kafka is spoken to in clear text.',
  stages: ['data-collection', 'feature-engineering', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-295',
    'OWASP-ML02:2023',
    'https://kafka-python.readthedocs.io/en/master/apidoc/KafkaConsumer.html',
    'https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md',
  ],
  docs: {
    why: 'Features and labels that stream through Kafka without TLS can be read and rewritten on the way: whoever sits in the network teaches an online model what they like. With `SASL_PLAINTEXT` the password of the pipeline travels along.',
    instead:
      'Use `SSL`, or `SASL_SSL` where the broker asks for a login, with the authority that signed its certificate.',
    fixSafety: 'The broker needs a TLS listener, mostly on another port, so the fix is offered for review.',
    limits:
      'Brokers on this machine, in the same cluster and in tests are not judged; where the broker is not known the level is lower, and `PLAINTEXT` a hint. The default, which is clear text, is a hint, and only for a broker that is known.',
  },
  messages: {
    plaintext: '`{option}={value}` sends the stream in clear text, to be read and changed on the way; use `{safe}`',
    byDefault: '`{callee}` sends the stream to `{host}` in clear text by default; pass `security_protocol="SSL"`',
    unchecked: '`{option}={value}` lets another machine pose as the broker; leave the check on',
  },
  skipsTests: true,
  query: python.calls(...BY_KEYWORD, ...BY_DICT),
  check(call: CallFact, { report, python: py, text }) {
    const isDict = BY_DICT.includes(call.name);
    const first = argumentOf(call, undefined, 0);
    const options = [...(isDict && first !== undefined ? entriesOf(first.value, py) : []), ...optionsOf(call, py)].map(
      ({ name, value }) => ({ option: name, name: name.replaceAll('.', '_'), value, known: py.value(value) }),
    );
    const broker = options.find(({ name }) => name === 'bootstrap_servers' || name === 'metadata_broker_list');
    const host = broker === undefined ? undefined : remoteHost(broker.known);
    const distance = distanceOf(broker?.known, host, isDict || passesUnknown(call));
    if (distance === 'local') return;
    const protocol = options.find(({ name }) => name === 'security_protocol');
    for (const { option, name, value, known } of options) {
      const shown = known.kind === 'string' ? known.value : known.kind === 'boolean' && !known.value ? 'False' : '';
      const isPlain = name === 'security_protocol' && PLAIN.test(shown);
      if (!isPlain && !(switchesOff(name, shown) && !PLAIN.test(textOf(protocol?.known)))) continue;
      const safe = spelled(shown, /^SASL/i.test(shown) ? 'SASL_SSL' : 'SSL');
      const finding = isPlain
        ? report(value.range, 'plaintext', { option, value: shown, safe })
        : report(value.range, 'unchecked', { option, value: shown });
      if (distance === 'unknown') finding.severity(/^plaintext$/i.test(shown) ? 'info' : 'warning');
      const literal = py.definition(value);
      if (literal !== value) finding.related(literal.range, 'it is written here');
      const good = isPlain ? edit.quote(text, safe) : checked(text, literal, shown);
      finding.fix(
        `Set \`${option}\` to \`${good.replace(/["']/g, '')}\``,
        'review',
        edit.replace(literal.range, good),
        isPlain
          ? 'the broker needs a TLS listener, mostly on another port'
          : 'the certificate of the broker has to fit',
      );
    }
    if (protocol !== undefined || host === undefined || isOpen(call, first?.value, isDict, py)) return;
    if (/security[._]protocol/.test(text)) return;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    const finding = report(call.calleeRange, 'byDefault', { callee, host }).severity('info').confidence('medium');
    if (isDict) return;
    const edits = edit.setKeyword(text, call.expression, 'security_protocol', edit.quote(text, 'SSL'));
    finding.fix('Add `security_protocol="SSL"`', 'review', edits, 'the broker needs a TLS listener');
  },
  examples: [
    {
      bad: 'from kafka import KafkaConsumer\nrows = KafkaConsumer("loans", bootstrap_servers="kafka.example.org:9092", security_protocol=«"PLAINTEXT"»)\n',
      message: 'plaintext',
      good: 'from kafka import KafkaConsumer\nrows = KafkaConsumer("loans", bootstrap_servers="kafka.example.org:9092", security_protocol="SSL")\n',
    },
    {
      bad: 'import confluent_kafka as ck\nCONF = {"bootstrap.servers": "kafka.example.org:9092", "security.protocol": «"sasl_plaintext"»}\nout = ck.Producer(CONF)\n',
      message: 'plaintext',
      good: 'import confluent_kafka as ck\nCONF = {"bootstrap.servers": "kafka.example.org:9092", "security.protocol": "sasl_ssl"}\nout = ck.Producer(CONF)\n',
    },
    {
      bad: 'from aiokafka import AIOKafkaProducer as Producer\nout = «Producer»(bootstrap_servers="kafka.example.org:9092")\n',
      message: 'byDefault',
      good: 'from aiokafka import AIOKafkaProducer as Producer\nout = Producer(bootstrap_servers="kafka.example.org:9092", security_protocol="SSL")\n',
    },
    {
      bad: 'from kafka import KafkaProducer\nout = KafkaProducer(bootstrap_servers=BROKERS, security_protocol="SSL", ssl_check_hostname=«False»)\n',
      message: 'unchecked',
      good: 'from kafka import KafkaProducer\nout = KafkaProducer(bootstrap_servers=BROKERS, security_protocol="SSL", ssl_check_hostname=True)\n',
    },
    {
      good: 'from kafka import KafkaProducer\nout = KafkaProducer(bootstrap_servers="localhost:9092", security_protocol="PLAINTEXT")\n',
      because: 'a broker on the same machine',
    },
    {
      good: 'from kafka import KafkaConsumer\nrows = KafkaConsumer("loans", bootstrap_servers=["kafka:9092"])\n',
      because: 'a service of the same compose network',
    },
    {
      good: 'from kafka import KafkaConsumer\nrows = KafkaConsumer("loans", bootstrap_servers=BROKERS, security_protocol=PROTOCOL)\n',
      because: 'the protocol is not known',
    },
    {
      good: 'from kafka import KafkaConsumer\nrows = KafkaConsumer("loans", bootstrap_servers=BROKERS)\n',
      because: 'the broker is not known, and the default is no choice',
    },
    { good: 'out = connect(security_protocol="PLAINTEXT")\n', because: 'nothing says which library this is' },
  ],
});
