import { defineRule, python } from '../../engine/index.js';
import { declarationOf, isModel, MAPPING } from './_form-parameters.js';

/** Routes whose parameters FastAPI fills. */
const ROUTE = /^fastapi\.(?:FastAPI|(?:routing\.)?APIRouter)\(\)\.(?:post|put|patch|api_route)\(\)$/;
/** A model that reads its own text. */
const READS_TEXT = /__get_validators__|__get_pydantic_core_schema__|model_validator|root_validator/;

export default defineRule({
  summary: 'An upload route reads its other fields from a JSON body or from the address.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-20',
    'CWE-598',
    'OWASP-ML01:2023',
    'https://fastapi.tiangolo.com/tutorial/request-forms-and-files/',
    'https://fastapi.tiangolo.com/tutorial/dependencies/classes-as-dependencies/',
  ],
  overlaps: ['sonar:S8389'],
  docs: {
    why: 'An upload is a form, and a form carries no JSON: beside a file, a model or dictionary from the body refuses every request, until somebody parses the text by hand and the bounds of the model are gone. A model from `Depends()` moves into the address instead, where the diagnosis that comes with an X-ray image is kept by every proxy and access log.',
    instead:
      'Declare each field as `Form()` with its type and bounds, or take one text field as `Form()` and give it to `model_validate_json` before the prediction.',
    fixSafety:
      'There is no automatic fix: callers have to send the fields in another way, and whether a form can fill a model beside a file depends on the release of FastAPI.',
    limits:
      'Only functions with a visible file parameter are judged, and models that the module itself defines. Single values from `Body()` are read from the form and pass.',
  },
  messages: {
    jsonBody: '`{parameter}` waits for JSON beside an upload, but a form has none: requests fail, use `Form()` fields',
    addressed: '`{parameter}` is read from the address beside an upload; logs keep its values, use `Form()` fields',
  },
  query: python.handlers(),
  check(handler, { report, python: py, text }) {
    if (handler.decorator === undefined || !ROUTE.test(handler.decorator.name)) return;
    const declared = handler.function.parameters.map((parameter) => declarationOf(parameter, py));
    const file = declared.find(({ upload }) => upload);
    if (file === undefined) return;
    for (const { parameter, marker, types, upload } of declared) {
      if (upload || (marker !== undefined && marker !== 'Body' && marker !== 'Depends')) continue;
      const model = types.some((type) => isModel(type, text));
      const mapping = types.some((type) => MAPPING.test(type));
      const refused = marker !== 'Depends' && (mapping || (model && !READS_TEXT.test(text)));
      if (!refused && !(marker === 'Depends' && model)) continue;
      const finding = report(parameter.range, refused ? 'jsonBody' : 'addressed', { parameter: parameter.name });
      finding.related(file.parameter.range, 'the upload');
    }
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI, UploadFile\nfrom pydantic import BaseModel\n\napp = FastAPI()\n\n\nclass Patient(BaseModel):\n    age: int\n\n\n@app.post("/scan")\nasync def scan(«patient»: Patient, image: UploadFile):\n    ...\n',
      message: 'jsonBody',
      good: 'from typing import Annotated\n\nfrom fastapi import FastAPI, Form, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/scan")\nasync def scan(age: Annotated[int, Form(ge=0, le=120)], image: UploadFile):\n    ...\n',
      byHand: true,
    },
    {
      bad: 'import fastapi as api\nfrom pydantic import BaseModel\n\nrouter = api.APIRouter()\n\n\nclass Patient(BaseModel):\n    age: int\n\n\n@router.post("/scan")\nasync def scan(«patient»: Patient = api.Depends(), image: bytes = api.File(...)):\n    ...\n',
      message: 'addressed',
      good: 'import fastapi as api\n\nrouter = api.APIRouter()\n\n\n@router.post("/scan")\nasync def scan(age: int = api.Form(ge=0, le=120), image: bytes = api.File(...)):\n    ...\n',
      byHand: true,
    },
    {
      bad: 'from fastapi import Body, FastAPI, File, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/scan")\nasync def scan(image: UploadFile = File(), «options»: dict = Body(...)):\n    ...\n',
      message: 'jsonBody',
      good: 'from fastapi import FastAPI, File, Form, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/scan")\nasync def scan(image: UploadFile = File(), threshold: float = Form(0.5, ge=0, le=1)):\n    ...\n',
      byHand: true,
    },
    {
      good: 'from fastapi import Body, FastAPI, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/scan")\nasync def scan(image: UploadFile, note: str = Body("")):\n    ...\n',
      because: 'a single value is read from the form',
    },
    {
      good: 'from fastapi import Depends, FastAPI, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/scan")\nasync def scan(image: UploadFile, user=Depends(current_user)):\n    ...\n',
      because: 'the dependency is no model',
    },
    {
      good: 'from fastapi import FastAPI\nfrom pydantic import BaseModel\n\napp = FastAPI()\n\n\nclass Patient(BaseModel):\n    age: int\n\n\n@app.post("/score")\nasync def score(patient: Patient, options: dict):\n    ...\n',
      because: 'no file: the body is JSON',
    },
  ],
});
