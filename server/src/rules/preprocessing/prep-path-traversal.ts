import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { PATH_OPENERS } from '../../knowledge/path-openers.js';
import { type Hole, isGuarded, linesAbove } from '../_text-template.js';
import { CHOOSERS, chosenBy, partsOf } from './_chosen-names.js';

/** Signs that a path is compared with the folder it is to stay in. */
const INSIDE = /\.is_relative_to\(|commonp(?:ath|refix)\(|["']\.\.["'] in\b/;

export default defineRule({
  summary: 'A file is opened whose name somebody else chose.',
  stages: ['preprocessing', 'deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-22',
    'OWASP-ML05:2023',
    'AML.T0049',
    'https://owasp.org/www-community/attacks/Path_Traversal',
    'https://docs.python.org/3/library/pathlib.html#pathlib.PurePath.is_relative_to',
    'https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.utils.secure_filename',
  ],
  docs: {
    why: 'An upload is stored as `open(f"uploads/{file.filename}", "wb")`. A client names its file `../models/current.joblib`, and the next restart of the service loads the model it sent.',
    instead:
      'Keep the last part of the name only (`os.path.basename`, `secure_filename`), or resolve the path and ask `is_relative_to(base)`; best, store under a name of your own.',
    fixSafety: 'Names with folders in them lead to another file, so the fix is offered for review.',
    limits:
      'Only names that are known to come from a request or an archive are judged, and methods of a path that is joined with `/` are not followed. A check in the function before silences the finding: whether it is right is not judged.',
    ignoreWhen: 'A gateway in front of the service rejects such names.',
  },
  messages: {
    request: '`{callee}` opens a path that a request names, so `../` reaches any file; keep the last part only',
    member: '`{callee}` opens a path that an archive names, so `../` reaches any file; keep the last part only',
  },
  query: python.calls(...Object.keys(PATH_OPENERS)),
  check(call: CallFact, { report, python: py, text, path }) {
    const [argument, position] = PATH_OPENERS[call.name] ?? ['pretrained_model_name_or_path', 0];
    const passed = argumentOf(call, argument, position)?.value;
    if (passed === undefined) return;
    for (const part of partsOf(passed, py)) {
      const kind = chosenBy(part, py);
      if (kind === undefined || isChecked(part, call, text)) continue;
      const within = part.range.start >= passed.range.start && part.range.end <= passed.range.end;
      const callee = call.name.split('.').slice(-2).join('.');
      const finding = report(within ? part.range : passed.range, kind, { callee });
      if (isTestFile(path)) finding.severity('info');
      else if (kind === 'member') finding.severity('warning');
      for (const step of py.origin(part, CHOOSERS).trail) finding.related(step.range, step.message);
      const source = text.slice(part.range.start, part.range.end);
      if (/["'\n#]/.test(source)) return;
      finding.fix(
        'Keep the last part of the name',
        'review',
        [...edit.addImport(text, 'import os'), ...edit.replace(part.range, `os.path.basename(${source})`)],
        'names with folders lead to another file',
      );
      return;
    }
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI, UploadFile\napp = FastAPI()\n\n@app.post("/upload")\nasync def upload(file: UploadFile):\n    with open(f"uploads/{«file.filename»}", "wb") as f:\n        f.write(await file.read())\n',
      message: 'request',
      good: 'import os\nfrom fastapi import FastAPI, UploadFile\napp = FastAPI()\n\n@app.post("/upload")\nasync def upload(file: UploadFile):\n    with open(f"uploads/{os.path.basename(file.filename)}", "wb") as f:\n        f.write(await file.read())\n',
    },
    {
      bad: 'import os\nfrom flask import Flask, request, send_file\napp = Flask(__name__)\n\n@app.route("/model")\ndef model():\n    name = request.args["name"]\n    return send_file(os.path.join("models", «name»))\n',
      message: 'request',
      good: 'import os\nfrom flask import Flask, request, send_file\napp = Flask(__name__)\n\n@app.route("/model")\ndef model():\n    name = request.args["name"]\n    return send_file(os.path.join("models", os.path.basename(name)))\n',
    },
    {
      bad: 'import zipfile\nwith zipfile.ZipFile(path) as archive:\n    for name in archive.namelist():\n        with open("data/" + «name», "wb") as f:\n            f.write(archive.read(name))\n',
      message: 'member',
      good: 'import os\nimport zipfile\nwith zipfile.ZipFile(path) as archive:\n    for name in archive.namelist():\n        with open("data/" + os.path.basename(name), "wb") as f:\n            f.write(archive.read(name))\n',
    },
    {
      good: 'from flask import Flask, request\nfrom werkzeug.utils import secure_filename\napp = Flask(__name__)\n\n@app.route("/data", methods=["POST"])\ndef data():\n    name = secure_filename(request.files["data"].filename)\n    return open(f"uploads/{name}").read()\n',
      because: 'the name is made safe',
    },
    {
      good: 'from fastapi import FastAPI, UploadFile\nfrom PIL import Image\napp = FastAPI()\n\n@app.post("/classify")\ndef classify(file: UploadFile):\n    return model(Image.open(file.file))\n',
      because: 'the content of a request, not a path',
    },
    {
      good: 'from fastapi import FastAPI\nfrom fastapi.responses import FileResponse\napp = FastAPI()\n\n@app.get("/report/{name}")\ndef report(name: str):\n    return FileResponse(REPORTS[name])\n',
      because: 'the paths stand in a map of the program',
    },
    { good: 'def load(name):\n    return open(f"data/{name}").read()\n', because: 'nothing says who chose the name' },
  ],
});

function isChecked(part: Expression, call: CallFact, text: string): boolean {
  const hole: Hole = { expression: part, numeric: false, place: undefined };
  return isGuarded(hole, call, text) || INSIDE.test(linesAbove(call, text));
}
