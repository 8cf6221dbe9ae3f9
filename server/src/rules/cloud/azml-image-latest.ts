import { type ConfigEntry, config, defineRule, edit } from '../../engine/index.js';
import { imageReference, isMovingImage } from '../../knowledge/container-images.js';
import { withVersion } from '../_images.js';
import { literal } from './_azureml.js';

export default defineRule({
  summary: 'An environment of Azure Machine Learning follows whatever image is pushed next.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-environment',
    'https://learn.microsoft.com/azure/machine-learning/concept-environments',
  ],
  docs: {
    why: 'The environment has a version of its own, but the image below it has none: a node that starts next month trains with other drivers and packages, or with what somebody pushed who took the account of the publisher over, and the run shows the same environment.',
    instead: 'Name the dated tag, such as `20250601.v1`, or the digest of the image.',
    fixSafety:
      'Which tag is meant by `latest` today is known to the registry alone, so the fix leaves a place for a version.',
    limits:
      'Images that Microsoft publishes for the service are information. Tags are believed to stay, though only digests do. Images with variables in their name are not judged.',
    ignoreWhen: 'The environment is meant to follow the monthly patches of the base image.',
  },
  messages: {
    latest: '`{image}` is another image after each push, under the same environment; name a dated tag or a digest',
    untagged: '`{image}` has no tag, so each build takes the newest; name a dated tag or a digest',
  },
  query: [config.entries(['azureml'], 'image'), config.entries(['azureml'], '**.environment.image')],
  check(entry: ConfigEntry, { report, text }) {
    const image = literal(entry);
    // A build from a Dockerfile has an image of its own; a stand-in is no name of an image.
    if (image === undefined || image === '' || /^azureml:|[\s%#]|placeholder|your[-_]/i.test(image)) return;
    const reference = imageReference(image);
    if (!isMovingImage(reference)) return;
    const shown = { image: image.length > 44 ? `…${image.slice(-43)}` : image };
    const finding = report(entry.valueRange, reference.tag === undefined ? 'untagged' : 'latest', shown);
    finding.fix('Name a version', 'placeholder', edit.setScalar(text, entry, withVersion(image)));
    // The publisher of the service itself, who patches these every month.
    if (reference.repository.startsWith('mcr.microsoft.com/azureml/')) finding.severity('info');
  },
  examples: [
    {
      path: 'azureml/environment.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json\nname: train\nimage: «mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest»\nconda_file: conda.yml\n',
      message: 'latest',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json\nname: train\nimage: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:20250601.v1\nconda_file: conda.yml\n',
      fill: ['20250601.v1'],
    },
    {
      path: 'azureml/deployment.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans\nenvironment: {conda_file: conda.yml, image: «mcr.microsoft.com/azureml/minimal-py312-inference»}\n',
      message: 'untagged',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans\nenvironment: {conda_file: conda.yml, image: mcr.microsoft.com/azureml/minimal-py312-inference:20250601.v1}\n',
      fill: ['20250601.v1'],
    },
    {
      path: 'azureml/environment.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json\nname: train\nimage: ${{ACR}}.azurecr.io/train:latest\n',
      because: 'the name is filled in elsewhere',
    },
    {
      path: 'azureml/environment.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json\nname: train\nbuild:\n  path: docker-context\n',
      because: 'the Dockerfile names the image',
    },
    {
      path: 'azureml/job.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\nenvironment: azureml:train:3\ninputs: {image: cat.png}\n',
      because: 'an input of a job with the same name',
    },
  ],
});
