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
  'pytorch-extension.intel.com',
  'flashinfer.ai',
  'pypi.anaconda.org',
]);

/** Hosts that hold PyPI itself: the index, its old name, and mirrors that add nothing to it. */
const PYPI: ReadonlySet<string> = new Set([
  'pypi.org',
  'pypi.python.org',
  'pypi.tuna.tsinghua.edu.cn',
  'mirrors.tuna.tsinghua.edu.cn',
  'mirrors.aliyun.com',
  'mirrors.cloud.tencent.com',
  'mirrors.ustc.edu.cn',
  'mirrors.bfsu.edu.cn',
  'pypi.mirrors.ustc.edu.cn',
  'pypi.doubanio.com',
  'pypi.douban.com',
  'repo.huaweicloud.com',
  'mirrors.huaweicloud.com',
]);

/** True for an index, named over HTTP or HTTPS, that holds what PyPI holds. */
export function isPyPI(address: string): boolean {
  const host = /^https?:\/\/(?:[^/@]*@)?([\w.-]+)/i.exec(address)?.[1];
  return host !== undefined && PYPI.has(host.toLowerCase());
}

/** True for the address of an index whose operator publishes the packages that projects take from it. */
export function isPublicIndex(address: string): boolean {
  const host = /^https:\/\/(?:[^/@]*@)?([\w.-]+)/.exec(address)?.[1];
  return host !== undefined && PUBLIC_INDEXES.has(host.toLowerCase());
}
