import { defineRule, notebook, type OutputFact } from '../../engine/index.js';
import { findSecrets, redact } from '../../knowledge/secrets/index.js';
import { namesSigner } from './_literal.js';

const KEY_ID = `AKIA${'F55LP5YQ2QXCBB57'}`;

export default defineRule({
  summary: 'A saved notebook output shows a secret.',
  stages: ['data-collection', 'training', 'evaluation'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: ['CWE-532', 'CWE-798', 'OWASP-LLM02:2025', 'AML.T0055'],
  docs: {
    why: 'A cell that printed its configuration once keeps the key in the file: it travels with the notebook into the repository, the review tool and the web page made of it, even when the code reads the key from the environment.',
    instead: 'Rotate the key, clear the output, and strip outputs before a commit (`nbstripout`).',
    fixSafety: 'Outputs are data of the notebook, so they are cleared by hand or by the editor.',
    limits: 'Text, HTML, JSON and error outputs are read; images and widget state are not.',
  },
  messages: {
    shown: 'Output of cell {cell} shows a secret: {title} ({shown}); rotate the key and clear the output',
  },
  query: notebook.outputs(),
  check(fact: OutputFact, { report }) {
    for (const found of findSecrets(fact.text)) {
      if (namesSigner(fact.text, found.start)) continue;
      report(fact.range, 'shown', {
        cell: fact.cell + 1,
        title: found.format.title,
        shown: redact(fact.text.slice(found.start, found.end), found.format),
      });
    }
  },
  examples: [
    {
      bad: cellWith(`key is ${KEY_ID}`, '«show()»'),
      path: 'a.ipynb',
      message: 'shown',
      good: cellWith('key is set'),
      byHand: true,
    },
    {
      good: cellWith(`https://files.example.org/a.bin?X-Amz-Credential=${KEY_ID}%2F20240101`),
      path: 'a.ipynb',
      because: 'a presigned address names its signer, not the key',
    },
    { good: cellWith('AKIA…'), path: 'a.ipynb', because: 'only the prefix' },
    { good: cellWith('hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'), path: 'a.ipynb', because: 'a placeholder' },
    { good: cellWith(`commit ${'0a1b2c3d'.repeat(5)}`), path: 'a.ipynb', because: 'a commit id' },
  ],
});

function cellWith(output: string, source = 'show()'): string {
  const cell = {
    cell_type: 'code',
    execution_count: 1,
    metadata: {},
    outputs: [{ name: 'stdout', output_type: 'stream', text: [`${output}\n`] }],
    source: [source],
  };
  return `${JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 })}\n`;
}
