/**
 * Hosts of public package indexes that projects ask to be used beside PyPI, from their installation guides
 * (https://pytorch.org/get-started/locally/, https://docs.nvidia.com/cuda/cuda-quick-start-guide/,
 * https://docs.vllm.ai/en/latest/getting_started/installation/, https://pytorch-geometric.readthedocs.io/).
 */
const PUBLIC_INDEXES: ReadonlySet<string> = new Set([
  'pypi.org',
  'test.pypi.org',
  'files.pythonhosted.org',
  'download.pytorch.org',
  'data.pyg.org',
  'data.dgl.ai',
  'pypi.nvidia.com',
  'pypi.ngc.nvidia.com',
  'developer.download.nvidia.com',
  'wheels.vllm.ai',
  'abetlen.github.io',
  'google-coral.github.io',
  'huggingface.github.io',
  'pip.repos.neuron.amazonaws.com',
  'repo.radeon.com',
]);

/** True for the address of an index whose operator publishes the packages that projects take from it. */
export function isPublicIndex(address: string): boolean {
  const host = /^https:\/\/(?:[^/@]*@)?([\w.-]+)/.exec(address)?.[1];
  return host !== undefined && PUBLIC_INDEXES.has(host.toLowerCase());
}
