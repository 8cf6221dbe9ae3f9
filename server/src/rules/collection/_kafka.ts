import { type CallFact, type Expression, edit, type PythonQuestions, type Value } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import type { Distance } from './_connection.js';

/** Clients that take keyword arguments. */
export const BY_KEYWORD = [
  ...['KafkaConsumer', 'KafkaProducer', 'KafkaAdminClient', 'KafkaClient', 'admin.KafkaAdminClient'].map(
    (name) => `kafka.${name}`,
  ),
  ...['AIOKafkaConsumer', 'AIOKafkaProducer', 'admin.AIOKafkaAdminClient'].map((name) => `aiokafka.${name}`),
];
/** Clients of librdkafka, which take one dict with dotted keys. */
export const BY_DICT = [
  ...['Consumer', 'Producer', 'DeserializingConsumer', 'SerializingProducer'].map((name) => `confluent_kafka.${name}`),
  ...['admin.AdminClient', 'avro.AvroConsumer', 'avro.AvroProducer'].map((name) => `confluent_kafka.${name}`),
  ...['aio.AIOConsumer', 'aio.AIOProducer'].map((name) => `confluent_kafka.${name}`),
];
export const PLAIN = /^(SASL_)?PLAINTEXT$/i;

export function textOf(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : '';
}

/** The new value in the case of the old one. */
export function spelled(old: string, value: string): string {
  return old === old.toLowerCase() ? value.toLowerCase() : value;
}

/** Options that leave the certificate of the broker, or the name in it, unchecked. */
export function switchesOff(name: string, value: string): boolean {
  if (name === 'ssl_endpoint_identification_algorithm') return value === 'none';
  return /^(ssl_check_hostname|enable_ssl_certificate_verification)$/.test(name) && /^false$/i.test(value);
}

/** The literal that switches a check on, of the same kind as the one that switched it off. */
export function checked(text: string, literal: Expression, value: string): string {
  if (value === 'none') return edit.quote(text, 'https');
  return literal.kind === 'string' ? edit.quote(text, 'true') : 'True';
}

/** The first broker outside of this machine and its network that is written out. */
export function remoteHost(value: Value): string | undefined {
  const brokers = value.kind === 'list' ? value.items : [value];
  return brokers
    .flatMap((item) => textOf(item).split(','))
    .map((item) =>
      item
        .trim()
        .replace(/^\w+:\/\//, '')
        .replace(/:\d*$/, ''),
    )
    .find((host) => /^[\w.-]+$/.test(host) && !isLocalHost(host));
}

/** Without a broker these clients ask this machine; one that is written out and not remote is local. */
export function distanceOf(broker: Value | undefined, host: string | undefined, mayBeHidden: boolean): Distance {
  if (host !== undefined) return 'remote';
  if (broker === undefined) return mayBeHidden ? 'unknown' : 'local';
  const items = broker.kind === 'list' ? broker.items : [broker];
  return items.length > 0 && items.every((item) => item.kind === 'string') ? 'local' : 'unknown';
}

/** The settings hold some that cannot be read here. */
export function isOpen(call: CallFact, config: Expression | undefined, isDict: boolean, py: PythonQuestions): boolean {
  const unpacked = call.arguments.filter((argument) => argument.unpacked).map((argument) => argument.value);
  return !(isDict ? [config] : unpacked).every((settings) => isPlainDict(settings, py));
}

function isPlainDict(expression: Expression | undefined, py: PythonQuestions): boolean {
  const dict = expression === undefined ? undefined : py.definition(expression);
  return dict?.kind === 'dict' && dict.entries.every(({ key }) => key !== undefined && py.value(key).kind === 'string');
}
