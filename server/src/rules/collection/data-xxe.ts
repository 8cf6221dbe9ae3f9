import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { isForeign } from '../_by-origin.js';

const PARSERS = ['lxml.etree.XMLParser', 'lxml.etree.ETCompatXMLParser', 'lxml.objectify.makeparser'];
/** Functions that make a parser of their own when none is passed: where the document is and where a parser would be. */
const READERS: Readonly<Record<string, readonly [source: string, parser: number]>> = {
  'lxml.etree.parse': ['source', 1],
  'lxml.etree.fromstring': ['text', 1],
  'lxml.etree.XML': ['text', 1],
  'lxml.objectify.parse': ['f', 1],
  'lxml.objectify.fromstring': ['xml', 1],
};
const FEATURES = ['xml.sax.handler.feature_external_ges', 'xml.sax.handler.feature_external_pes'];
const FEATURE_ADDRESS = /^http:\/\/xml\.org\/sax\/features\/external-(?:general|parameter)-entities$/;

export default defineRule({
  summary: 'An XML parser follows entities, so a document can read files of the machine.',
  stages: ['data-collection', 'preprocessing'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-611',
    'CWE-776',
    'OWASP-ML02:2023',
    'https://lxml.de/FAQ.html#is-lxml-vulnerable-to-xml-bombs',
    'https://lxml.de/5.0/changes-5.0.0.html',
    'https://docs.python.org/3/library/xml.sax.html',
  ],
  overlaps: ['bandit:B317', 'bandit:B320', 'ruff:S317', 'ruff:S320'],
  docs: {
    why: 'Annotations of an image data set come as XML. One file of a contributed batch declares an entity that points to `/root/.aws/credentials`; the parser pastes the file into a label, and the label is published with the data set.',
    instead:
      'Run lxml 5 or newer and leave `resolve_entities` alone, or pass `XMLParser(resolve_entities=False)`; for documents of strangers use `defusedxml`.',
    fixSafety: 'Documents that really use entities of their own lose that text, so the fix is offered for review.',
    limits:
      'The default of lxml is judged by its pin: without one, and from 5.0 on, a parser without options is passed over. The parsers of the standard library leave external entities alone since Python 3.7.1; only what switches them on is reported.',
    ignoreWhen: 'Every document is written by the program itself.',
  },
  messages: {
    switchedOn: '`{setting}` lets a document pull in files of this machine and other hosts; leave it off',
    oldDefault:
      '`{callee}` follows entities with lxml {version}, so a document can read files; use lxml 5 or switch it off',
  },
  query: python.calls(
    ...PARSERS,
    ...Object.keys(READERS),
    'pandas.read_xml',
    'xml.sax.make_parser().setFeature',
    'xml.sax.expatreader.create_parser().setFeature',
  ),
  check(call: CallFact, { report, python: py, text, version }) {
    if (call.name.endsWith('.setFeature')) {
      const [feature, state] = call.arguments;
      if (feature === undefined || state === undefined || !isOn(py, state.value)) return;
      const value = py.value(feature.value);
      const address = value.kind === 'string' && FEATURE_ADDRESS.test(value.value);
      const name = py.names(feature.value).find((candidate) => FEATURES.includes(candidate));
      if (!address && name === undefined) return;
      const setting = (name ?? 'feature_external_ges').replace(/.*\./, '');
      report({ start: feature.range.start, end: state.range.end }, 'switchedOn', { setting });
      return;
    }
    if (PARSERS.includes(call.name)) {
      const entities = argumentOf(call, 'resolve_entities');
      if (entities !== undefined) {
        if (!isOn(py, entities.value)) return;
        report(entities.range, 'switchedOn', { setting: 'resolve_entities=True' }).fix(
          'Set `resolve_entities=False`',
          'review',
          edit.replace(entities.value.range, 'False'),
          'entities in documents lose their text',
        );
        return;
      }
    } else if (!isForeign(py.origin(documentOf(call)?.value ?? call.expression)) || passesParser(call)) return;
    if (passesUnknown(call)) return;
    const lxml = version('lxml');
    if (lxml === undefined || isBelow(lxml, '5') !== true) return;
    const callee = call.name.split('.').slice(-2).join('.');
    const finding = report(call.calleeRange, 'oldDefault', { callee, version: lxml.exact ?? lxml.specifier });
    finding.related(lxml.place, 'lxml is pinned here');
    if (!PARSERS.includes(call.name)) return;
    finding.fix(
      'Add `resolve_entities=False`',
      'review',
      edit.setKeyword(text, call.expression, 'resolve_entities', 'False'),
      'entities in documents lose their text',
    );
  },
  examples: [
    {
      bad: 'from lxml import etree\nparser = etree.XMLParser(«resolve_entities=True»)\n',
      message: 'switchedOn',
      good: 'from lxml import etree\nparser = etree.XMLParser(resolve_entities=False)\n',
    },
    {
      bad: 'import xml.sax\nfrom xml.sax.handler import feature_external_ges\nparser = xml.sax.make_parser()\nparser.setFeature(«feature_external_ges, True»)\n',
      message: 'switchedOn',
      good: 'import xml.sax\nparser = xml.sax.make_parser()\n',
      byHand: true,
    },
    {
      bad: 'from lxml import etree as et\nparser = «et.XMLParser»(remove_blank_text=True)\n',
      message: 'oldDefault',
      good: 'from lxml import etree as et\nparser = et.XMLParser(remove_blank_text=True, resolve_entities=False)\n',
      given: { lxml: '4.9.3' },
    },
    {
      bad: 'import requests\nfrom lxml import etree\nreply = requests.get(url, timeout=30)\nroot = «etree.fromstring»(reply.content)\n',
      message: 'oldDefault',
      good: 'import requests\nfrom lxml import etree\nreply = requests.get(url, timeout=30)\nroot = etree.fromstring(reply.content, etree.XMLParser(resolve_entities=False))\n',
      given: { lxml: '4.9.3' },
      byHand: true,
    },
    {
      good: 'from lxml import etree\nparser = etree.XMLParser(remove_blank_text=True)\n',
      given: { lxml: '5.3.0' },
      because: 'external entities are left alone since lxml 5',
    },
    { good: 'from lxml import etree\ntree = etree.parse(path)\n', because: 'the version of lxml is not known' },
    {
      good: 'import xml.etree.ElementTree as ET\nimport xml.sax\nroot = ET.parse("boxes.xml").getroot()\nxml.sax.parse("boxes.xml", handler)\n',
      because: 'the standard library fetches nothing',
    },
    { good: 'from mylib import XMLParser\nparser = XMLParser(resolve_entities=True)\n', because: 'another library' },
    {
      good: 'from lxml import etree\ntree = etree.parse("boxes.xml")\n',
      given: { lxml: '4.9.3' },
      because: 'a file of the project',
    },
  ],
});

function isOn(py: PythonQuestions, expression: Expression): boolean {
  const value = py.value(expression);
  return (value.kind === 'boolean' && value.value) || (value.kind === 'number' && value.value === 1);
}

function documentOf(call: CallFact): Argument | undefined {
  const [source] = READERS[call.name] ?? ['path_or_buffer'];
  return argumentOf(call, source, 0);
}

/** True when the call names a parser of its own, or pandas one of the standard library. */
function passesParser(call: CallFact): boolean {
  const reader = READERS[call.name];
  return argumentOf(call, 'parser', reader?.[1]) !== undefined;
}
