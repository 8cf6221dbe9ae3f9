import type { DocumentFilter, DocumentSelector } from 'vscode-languageclient';

/** Where documents may live: on disk, unsaved, in a virtual workspace, on a remote seen from the web. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote'];

const LANGUAGES = [
  'python',
  'yaml',
  'dockercompose',
  'github-actions-workflow',
  'json',
  'jsonc',
  'toml',
  'ini',
  'properties',
  'dotenv',
  'terraform',
  'opentofu',
  'dockerfile',
  'pip-requirements',
];

/** Files whose names say more than the language that VS Code gives them without further extensions. */
const PATTERNS = [
  '**/*requirements*.{txt,in}',
  '**/constraints*.txt',
  '**/MLproject',
  '**/*.dvc',
  '**/.dvc/config',
  '**/.dvc/config.local',
  '**/dvc.lock',
  '**/{Dockerfile,Containerfile}*',
  '**/*.{dockerfile,containerfile}',
  '**/*.tf',
  '**/.env',
  '**/.env.*',
  '**/{pip.conf,.pypirc,.netrc,.condarc,condarc,.mambarc}',
  '**/config.pbtxt',
  '**/Kustomization',
  '**/{Pipfile,Pipfile.lock,poetry.lock,uv.lock,pdm.lock,pixi.lock}',
];

/** The documents the client speaks to the server about, notebook cells included. */
export function documentSelector(): DocumentSelector {
  const filters: DocumentFilter[] = [];
  for (const scheme of SCHEMES) {
    for (const language of LANGUAGES) filters.push({ scheme, language });
    for (const pattern of PATTERNS) filters.push({ scheme, language: 'plaintext', pattern });
  }
  filters.push({ notebook: 'jupyter-notebook', language: 'python' });
  return filters as DocumentSelector;
}
