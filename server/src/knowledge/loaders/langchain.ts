import type { Loader } from './loader.js';

const PACKAGES = ['langchain', 'langchain_community', 'langchain_classic'];

/** Indexes kept as a pickle beside the vectors; off unless `allow_dangerous_deserialization` is passed. */
export const PICKLED_INDEXES: readonly Loader[] = [
  ...PACKAGES.map((name) => ({ name: `${name}.**.load_local`, argument: 'folder_path' })),
  ...PACKAGES.map((name) => ({ name: `${name}.**.TileDB.load`, argument: 'index_uri' })),
].map((entry) => ({
  ...entry,
  library: 'langchain-community',
  position: 0,
  loadedAs: 'pickle',
  switch: { keyword: 'allow_dangerous_deserialization', safe: 'False' },
}));

/** Chains and agents described by a file. */
export const CHAIN_FILES: readonly Loader[] = ['langchain', 'langchain_classic'].flatMap((name) =>
  ['chains.load_chain', 'chains.loading.load_chain', 'agents.load_agent', 'agents.loading.load_agent'].map(
    (path): Loader => ({
      name: `${name}.${path}`,
      library: 'langchain',
      argument: 'path',
      position: 0,
      loadedAs: 'named-objects',
    }),
  ),
);

/** Objects described by JSON: any class of the allowed list with any arguments. */
export const REVIVERS: readonly Loader[] = ['langchain_core.load', 'langchain.load', 'langchain_classic.load'].flatMap(
  (module) =>
    [`${module}.loads`, `${module}.load.loads`, `${module}.load`, `${module}.load.load`].map(
      (name, index): Loader => ({
        name,
        library: 'langchain-core',
        argument: index < 2 ? 'text' : 'obj',
        position: 0,
        loadedAs: 'named-objects',
        // The list exists from 1.2.5 on (0.3.81 in the old line); its default still allows prompts and runnables.
        switch: { keyword: 'allowed_objects', safe: '"messages"', since: '1.2.5' },
      }),
    ),
);

/** Prompts from LangSmith, which may hold chains. */
export const PROMPT_HUBS: readonly Loader[] = [
  ...['langchain.hub.pull', 'langchain_classic.hub.pull'].map((name) => ({
    name,
    argument: 'owner_repo_commit',
  })),
  ...['langsmith.Client().pull_prompt', 'langsmith.client.Client().pull_prompt'].map((name) => ({
    name,
    argument: 'prompt_identifier',
  })),
].map((entry) => ({ ...entry, library: 'langchain', position: 0, loadedAs: 'named-objects' }));
