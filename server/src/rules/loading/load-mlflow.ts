import { argumentOf, type CallFact, defineRule, type Origin, python, type Value } from '../../engine/index.js';

export default defineRule({
  summary: 'A model is loaded from MLflow at an address that can change or that others choose.',
  stages: ['evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0010.003',
    'https://mlflow.org/docs/latest/ml/model-registry/',
  ],
  docs: {
    why: 'Most flavours of MLflow keep the model as a pickle, so loading one runs code from it. A scoring service that follows `latest` takes whatever was registered last, by anybody who may log a run, without a review in between.',
    instead:
      'Name the version that was reviewed, `models:/default-risk/3`, and change it in a pull request. Log models with a signature, and set `MLFLOW_ALLOW_MODEL_CODE_EXECUTION=false` (before: `MLFLOW_ALLOW_PICKLE_DESERIALIZATION`) where the flavours in use allow it.',
    fixSafety: 'There is no automatic fix: the right version is known to the registry only.',
    limits:
      'Names and versions that are computed are not judged, unless they are seen to come from a request or a message. An alias or a stage is information: moving it is a common way to deploy.',
    ignoreWhen: 'Only the release pipeline may register versions of this model.',
  },
  messages: {
    latest: '`models:/{name}/latest` follows whatever is registered last; name a reviewed version, e.g. `/3`',
    moving: '`{uri}` follows `{label}`, which can be moved to another model; a version number cannot',
    web: '`{callee}` downloads a model over the web and runs code stored in it; register it and name a version',
    chosen: '`{callee}` loads a model that is chosen from outside ({source}), and loading runs code stored in it',
  },
  query: python.calls('mlflow.*.load_model', 'mlflow.pyfunc.spark_udf'),
  check(call: CallFact, { report, python: py }) {
    const uri = argumentOf(call, 'model_uri', call.name.endsWith('spark_udf') ? 1 : 0);
    if (uri === undefined) return;
    const value = py.value(uri.value);
    const callee = call.name.replace(/^mlflow\./, '');
    const written = beginning(value);
    if (/^https?:\/\//i.test(written)) {
      const finding = report(uri.value.range, 'web', { callee });
      if (!/^https?:\/\/(localhost|127\.|\[::1\])/i.test(written)) finding.severity('error');
      return;
    }
    const origin = py.origin(uri.value);
    if (isChosenOutside(origin)) {
      const finding = report(uri.value.range, 'chosen', { callee, source: origin.description }).severity('error');
      for (const step of origin.trail) finding.related(step.range, step.message);
      return;
    }
    const name = /^models:\/{1,3}([^/@]+)\/latest$/i.exec(ending(value));
    if (name !== null) {
      report(uri.value.range, 'latest', { name: name[1]!.slice(0, 40) });
      return;
    }
    const label = value.kind === 'string' && /^models:\/{1,3}[^/@]+[@/]([A-Za-z][\w-]*)$/.exec(value.value);
    if (label) report(uri.value.range, 'moving', { uri: written.slice(0, 40), label: label[1]! }).severity('info');
  },
  examples: [
    {
      bad: 'import mlflow\nmodel = mlflow.pyfunc.load_model(«"models:/default-risk/latest"»)\n',
      message: 'latest',
      good: 'import mlflow\nmodel = mlflow.pyfunc.load_model("models:/default-risk/3")\n',
      byHand: true,
    },
    {
      bad: 'from mlflow import sklearn as store\nURI = "models:/default-risk@champion"\nmodel = store.load_model(model_uri=«URI»)\n',
      message: 'moving',
      good: 'from mlflow import sklearn as store\nURI = "models:/default-risk/3"\nmodel = store.load_model(model_uri=URI)\n',
      byHand: true,
    },
    {
      bad: 'import mlflow.pytorch\nnet = mlflow.pytorch.load_model(«"https://models.example.org/net"»)\n',
      message: 'web',
      good: 'import mlflow.pytorch\nnet = mlflow.pytorch.load_model("models:/net/3")\n',
      byHand: true,
    },
    {
      bad: 'import mlflow\nfrom flask import request\nmodel = mlflow.pyfunc.load_model(«f"runs:/{request.args[\'run\']}/model"»)\n',
      message: 'chosen',
      good: 'import mlflow\nfrom flask import request\nmodel = mlflow.pyfunc.load_model(MODELS[request.args["model"]])\n',
      byHand: true,
    },
    {
      good: 'import mlflow\nmodel = mlflow.pyfunc.load_model(f"runs:/{run_id}/model")\n',
      because: 'nothing says that the run is chosen from outside',
    },
    { good: 'import mlflow\nmodel = mlflow.pyfunc.load_model("models:/default-risk/3")\n', because: 'a version' },
    { good: 'import mlflow\nmodel = mlflow.pyfunc.load_model(settings.uri)\n', because: 'the address is not known' },
    {
      good: 'from mylib import mlflow\nmodel = mlflow.pyfunc.load_model("models:/default-risk/latest")\n',
      because: 'another library of that name',
    },
  ],
});

function beginning(value: Value): string {
  return value.kind === 'string' ? value.value : value.kind === 'partial' ? value.prefix : '';
}

/** The address with a blank where a part of it is not known, so that its end can be looked at: `f"models:/{name}/latest"`. */
function ending(value: Value): string {
  if (value.kind === 'string') return value.value;
  return value.kind === 'partial' && value.pieces[0] === value.prefix ? value.pieces.join('…') : '';
}

/** A request or a message names the model. Run ids that a tracking server or the operator gives are the usual way. */
function isChosenOutside(origin: Origin): boolean {
  return origin.tier === 'T1' && ['request', 'interface', 'queue', 'model-output'].includes(origin.source ?? '');
}
