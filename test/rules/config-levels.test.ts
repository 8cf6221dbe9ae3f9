import { expect, it } from 'vitest';
import { CheckedFiles } from './check-files.js';

const steps = (lines: string): string => `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n${lines}`;
const compose = (lines: string): string => `services:\n  a:\n${lines}`;

/** Rule, files of which the first is checked, and the levels of what is found there in the order of the text. */
const LEVELS: readonly (readonly [rule: string, files: Readonly<Record<string, string>>, levels: readonly string[]])[] =
  [
    [
      'req-unpinned',
      { 'requirements.txt': 'torch\npytest\npytest-xdist\nboto3-stubs\npandas>=2\nmypy>=1\n' },
      ['warning', 'info', 'info', 'info', 'info', 'hint'],
    ],
    [
      'req-unpinned',
      { Dockerfile: 'FROM a:1\nRUN pip install black twine\nRUN pip install black torch\n' },
      ['info', 'warning'],
    ],
    ['req-unpinned', { 'requirements/framework.txt': 'torch\n', 'setup.py': 'import setuptools\n' }, ['info']],
    ['req-unpinned', { 'requirements/framework.txt': 'torch\n' }, ['warning']],
    ['req-unpinned', { '.devcontainer/requirements.txt': 'torch\n' }, ['info']],
    ['req-unpinned', { 'e2e/testdata/requirements.txt': 'torch\n' }, ['info']],
    [
      'gha-secret-in-run',
      {
        '.github/workflows/a.yml': steps(
          '      - run: scp a b@${{ secrets.CLUSTER_IP }}:/tmp\n      - run: tool --key ${{ secrets.ACCESS_KEY }}\n      - run: aws sts assume-role --role-arn ${{ secrets.PIPELINE_ROLE_ARN }}\n',
        ),
      },
      ['info', 'warning', 'info'],
    ],
    [
      'gha-secret-build-arg',
      {
        '.github/workflows/a.yml': steps(
          '      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            NEXT_PUBLIC_POSTHOG_KEY=${{ secrets.POSTHOG_KEY }}\n            POSTHOG_KEY=${{ secrets.POSTHOG_KEY }}\n',
        ),
      },
      ['hint', 'error'],
    ],
    [
      'gha-pr-target-checkout',
      {
        '.github/workflows/a.yml':
          "on: pull_request_target\njobs:\n  ask:\n    environment: external\n    runs-on: ubuntu-24.04\n    steps: [{run: 'true'}]\n  test:\n    needs: [ask]\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n        with: {ref: '${{ github.event.pull_request.head.sha }}', allow-unsafe-pr-checkout: true}\n      - run: pytest\n",
      },
      ['info'],
    ],
    [
      'gha-unpinned-action',
      {
        '.github/workflows/a.yml': steps(
          '      - uses: huggingface/hf-workflows/post-slack@main\n      - uses: crate-ci/typos@master\n      - uses: acme/.github/checks@main\n',
        ),
        'pyproject.toml': '[project]\nname = "trl"\n[project.urls]\nHomepage = "https://github.com/huggingface/trl"\n',
      },
      ['info', 'warning', 'info'],
    ],
    [
      'compose-port-all-interfaces',
      { 'docker-compose.yml': compose('    image: jupyterhub/jupyterhub:5.2\n    ports: ["8000:8000"]\n') },
      ['hint'],
    ],
    [
      'compose-port-all-interfaces',
      {
        'docker-compose.yml': compose(
          '    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    ports: ["8888:8888"]\n',
        ),
      },
      ['warning'],
    ],
    ['docker-secret-arg-env', { 'dev/Dockerfile': 'FROM a:1\nENV POSTGRES_PASSWORD=postgres\n' }, ['info']],
    ['docker-secret-arg-env', { Dockerfile: 'FROM a:1\nENV POSTGRES_PASSWORD=postgres\n' }, ['warning']],
    [
      'airflow-expose-config',
      {
        'dev/docker-compose.yaml': compose(
          '    image: apache/airflow:2.10.2\n    environment: {AIRFLOW__WEBSERVER__EXPOSE_CONFIG: "True"}\n',
        ),
      },
      ['info'],
    ],
    [
      'airflow-fernet-key',
      {
        'dev/docker-compose.yaml': compose(
          "    image: apache/airflow:2.10.2\n    environment: {AIRFLOW__CORE__FERNET_KEY: ''}\n",
        ),
      },
      ['info'],
    ],
    [
      'airflow-secret-key',
      {
        'dev/docker-compose.yaml': compose(
          '    image: apache/airflow:2.10.2\n    environment: {AIRFLOW__WEBSERVER__SECRET_KEY: "cosmos-4711"}\n',
        ),
      },
      ['info'],
    ],
    [
      'k8s-run-as-root',
      {
        'a.yaml':
          'apiVersion: apps/v1\nkind: DaemonSet\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          securityContext: {runAsUser: 0}\n',
      },
      ['info'],
    ],
    [
      'serve-vllm-insecure',
      {
        'a.yaml':
          'apiVersion: serving.kserve.io/v1alpha1\nkind: LLMInferenceServiceConfig\nspec:\n  template:\n    containers:\n      - name: main\n        image: vllm/vllm-openai:v0.6.3\n        command: [vllm, serve, /mnt/models]\n',
      },
      ['info'],
    ],
    [
      'k8s-image-latest',
      {
        'a.yaml':
          'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: busybox\n    - image: docker.io/alpine/git\n    - image: acme/alpine:latest\n',
      },
      ['info', 'info', 'warning'],
    ],
  ];

it.each(LEVELS.map(([rule, files, levels]) => [rule, Object.keys(files)[0]!, files, levels] as const))(
  'the levels of %s in %s',
  async (rule, path, files, levels) => {
    const { findings } = (await CheckedFiles.open(files, [rule])).check(path);
    const ordered = [...findings].sort((a, b) => a.place.range.start - b.place.range.start);
    expect(ordered.map(({ severity }) => severity)).toEqual(levels);
  },
);
