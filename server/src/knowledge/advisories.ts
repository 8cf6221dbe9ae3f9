/** Releases from `from` (the first one when absent) up to, but without, `below`. */
export interface AffectedRange {
  readonly from?: string;
  readonly below: string;
}

/** A published weakness of a library: which releases have it and what it lets somebody do. */
export interface Advisory {
  readonly id: string;
  readonly affected: readonly AffectedRange[];
  /** What the call does then, as the rest of a sentence. */
  readonly does: string;
  readonly link: string;
}

/** Calls that reach the weaknesses of a library. */
export interface ExposedCall {
  /** Resolved names; `*` and `**` as in queries. */
  readonly names: readonly string[];
  /** Distribution whose version decides. */
  readonly library: string;
  /** Where the data comes in; absent for calls that open a service. */
  readonly source?: {
    readonly argument: string;
    readonly position?: number;
    /** The value is evaluated itself: what the program writes down is no danger. */
    readonly evaluated?: true;
    /** Data from outside is reported by a rule of its own, whatever the release. */
    readonly outsideIsReported?: true;
  };
  /** The source may be the id of a repository on the Hugging Face Hub. */
  readonly hub?: boolean;
  /** The class a method of it is called on, when not all of them are exposed. */
  readonly on?: RegExp;
  /** A switch that has to be on: without it, the call is unsafe in every release. */
  readonly protectedBy?: string;
  /** Arguments with which nothing is reached, or the call is unsafe in every release; no value stands for any. */
  readonly exceptWith?: readonly {
    readonly keyword: string;
    readonly position?: number;
    readonly value?: boolean;
  }[];
  readonly advisories: readonly Advisory[];
}

/** Day on which every row was last compared with the advisory behind its link. */
export const ADVISORIES_CHECKED = '2026-11-22';

const github = (repository: string, id: string): string => `https://github.com/${repository}/security/advisories/${id}`;
const cve = (id: string): string => `https://www.cve.org/CVERecord?id=${id}`;

const keras = (id: string, advisory: string, does: string, ...affected: AffectedRange[]): Advisory => ({
  id,
  affected,
  does,
  link: `https://github.com/advisories/${advisory}`,
});

const KERAS_FILES: readonly Advisory[] = [
  keras('CVE-2025-1550', 'GHSA-48g7-3x6r-xfhp', 'runs code of the model in spite of its safe mode', {
    from: '3.0.0',
    below: '3.9.0',
  }),
  keras('CVE-2025-8747', 'GHSA-c9rc-mg46-23w3', 'runs code of the model in spite of its safe mode', {
    from: '3.0.0',
    below: '3.11.0',
  }),
  {
    ...keras('CVE-2025-49655', '', 'unpickles a part of the model in spite of its safe mode', {
      from: '3.11.0',
      below: '3.11.3',
    }),
    link: cve('CVE-2025-49655'),
  },
  {
    ...keras('CVE-2025-12058', '', 'reads files and addresses that the model names', {
      from: '3.0.0',
      below: '3.12.0',
    }),
    link: cve('CVE-2025-12058'),
  },
  keras(
    'CVE-2026-1669',
    'GHSA-3m4q-jmj6-r34q',
    'reads files that the model names',
    { from: '3.0.0', below: '3.12.1' },
    { from: '3.13.0', below: '3.13.2' },
  ),
];

/** What `keras.utils.get_file` does with an archive that it unpacks. */
export const KERAS_ARCHIVES: readonly Advisory[] = [
  {
    id: 'CVE-2025-12060',
    affected: [{ from: '3.0.0', below: '3.12.0' }],
    does: 'lets a tar archive write outside of its folder',
    link: github('keras-team/keras', 'GHSA-hjqc-jx6g-rwp9'),
  },
  {
    id: 'GHSA-hqp4-2352-xf5r',
    // The advisory names 3.14.0 alone; branch 3.12 has the check of the target folder since 3.12.2, branch 3.13 never got it.
    affected: [{ below: '3.12.2' }, { from: '3.13.0', below: '3.14.0' }],
    does: 'lets an archive write outside of its folder',
    link: 'https://github.com/advisories/GHSA-hqp4-2352-xf5r',
  },
];

const REVIVED: Advisory = {
  id: 'CVE-2025-68664',
  affected: [{ below: '0.3.81' }, { from: '1.0.0', below: '1.2.5' }],
  does: 'revives objects hidden in what was dumped',
  link: github('langchain-ai/langchain', 'GHSA-c67j-w6g6-q2cm'),
};

/** Weaknesses of machine-learning libraries that one call reaches; the worst of a call first. */
export const EXPOSED_CALLS: readonly ExposedCall[] = [
  {
    names: ['torch.load', 'torch.serialization.load'],
    library: 'torch',
    source: { argument: 'f', position: 0 },
    protectedBy: 'weights_only',
    advisories: [
      {
        id: 'CVE-2025-32434',
        affected: [{ below: '2.6.0' }],
        does: 'can run code of the checkpoint in spite of `weights_only`',
        link: github('pytorch/pytorch', 'GHSA-53q9-r3pm-6pq6'),
      },
    ],
  },
  {
    names: ['keras', 'tensorflow.keras'].flatMap((name) => [`${name}.models.load_model`, `${name}.saving.load_model`]),
    library: 'keras',
    source: { argument: 'filepath', position: 0 },
    exceptWith: [{ keyword: 'safe_mode', value: false }],
    advisories: KERAS_FILES,
  },
  {
    // A model class reads the attention kernel from the configuration; the kernels of the Hub came with 4.56.
    names: ['transformers.**.from_pretrained'],
    on: /Model|For[A-Z]/,
    library: 'transformers',
    source: { argument: 'pretrained_model_name_or_path', position: 0 },
    hub: true,
    exceptWith: [{ keyword: 'trust_remote_code', value: true }],
    advisories: [
      {
        id: 'CVE-2026-4372',
        affected: [{ from: '4.56.0', below: '5.3.0' }],
        does: 'can run code that the configuration names',
        link: cve('CVE-2026-4372'),
      },
      {
        id: 'CVE-2026-5241',
        affected: [{ from: '5.2.0', below: '5.5.0' }],
        does: 'lets the configuration allow remote code',
        link: cve('CVE-2026-5241'),
      },
    ],
  },
  {
    names: ['diffusers.**.from_pretrained'],
    on: /Pipeline/,
    library: 'diffusers',
    source: { argument: 'pretrained_model_name_or_path', position: 0 },
    hub: true,
    exceptWith: [{ keyword: 'trust_remote_code', value: true }, { keyword: 'custom_pipeline' }],
    advisories: [
      {
        id: 'CVE-2026-45804',
        affected: [{ below: '0.38.0' }],
        does: 'can run code of a repository that changes during the download',
        link: 'https://github.com/advisories/GHSA-7wx4-6vff-v64p',
      },
      {
        id: 'CVE-2026-44513',
        affected: [{ below: '0.38.0' }],
        does: 'runs the components of a local folder',
        link: 'https://github.com/advisories/GHSA-98h9-4798-4q5v',
      },
    ],
  },
  ...['text', 'obj'].map(
    (argument): ExposedCall => ({
      names: ['langchain_core.load', 'langchain.load', 'langchain_classic.load'].flatMap((module) =>
        ['', '.load'].map((inner) => `${module}${inner}.${argument === 'text' ? 'loads' : 'load'}`),
      ),
      library: 'langchain-core',
      source: { argument, position: 0, outsideIsReported: true },
      advisories: [REVIVED],
    }),
  ),
  {
    names: ['llama_cpp.Llama', 'llama_cpp.llama.Llama'],
    library: 'llama-cpp-python',
    source: { argument: 'model_path', position: 0 },
    advisories: [
      {
        id: 'CVE-2024-34359',
        affected: [{ from: '0.2.30', below: '0.2.72' }],
        does: 'runs code in the chat template of the model',
        link: github('abetlen/llama-cpp-python', 'GHSA-56xg-wfcc-g829'),
      },
    ],
  },
  {
    names: ['nltk.parse.transitionparser.TransitionParser().parse', 'nltk.parse.TransitionParser().parse'],
    library: 'nltk',
    source: { argument: 'modelFile', position: 1 },
    advisories: [
      {
        id: 'CVE-2026-78683',
        affected: [{ below: '3.10.0' }],
        does: 'unpickles the model',
        link: cve('CVE-2026-78683'),
      },
      {
        id: 'CVE-2026-79657',
        affected: [{ below: '3.10.3' }],
        does: 'unpickles the model past its list of allowed names',
        link: github('nltk/nltk', 'GHSA-x99w-6fgc-pmfw'),
      },
    ],
  },
  {
    names: ['joblib.Parallel', 'joblib.parallel.Parallel'],
    library: 'joblib',
    source: { argument: 'pre_dispatch', evaluated: true },
    advisories: [
      {
        id: 'CVE-2022-21797',
        affected: [{ below: '1.2.0' }],
        does: 'evaluates `pre_dispatch` as code',
        link: cve('CVE-2022-21797'),
      },
    ],
  },
  {
    names: ['ray.init'],
    library: 'ray',
    exceptWith: [
      { keyword: 'address', position: 0 },
      { keyword: 'include_dashboard', value: false },
    ],
    advisories: [
      {
        id: 'CVE-2025-62593',
        affected: [{ below: '2.52.0' }],
        does: 'lets web pages in your browser submit jobs',
        link: github('ray-project/ray', 'GHSA-q279-jhrf-cc6v'),
      },
    ],
  },
];

/** Every advisory of the table about a library, so that a newer release is free of all of them. */
export function advisoriesOf(library: string): readonly Advisory[] {
  const listed = EXPOSED_CALLS.filter((call) => call.library === library).flatMap(({ advisories }) => advisories);
  return library === 'keras' ? [...listed, ...KERAS_ARCHIVES] : listed;
}
