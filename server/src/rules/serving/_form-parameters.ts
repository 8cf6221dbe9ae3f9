import { argumentOf, type Expression, type FunctionStatement, type PythonQuestions } from '../../engine/index.js';

const UPLOAD = /^(?:fastapi|fastapi\.datastructures|starlette\.datastructures)\.UploadFile$/;
const MARKER =
  /^fastapi\.(?:params\.|param_functions\.)?(File|Form|Body|Depends|Query|Path|Header|Cookie|Security)\(\)$/;
const ANNOTATED = /^typing(?:_extensions)?\.Annotated$/;
const WRAPPER = /^(?:typing\.(?:Optional|List|Union|Sequence)|list)$/;
/** Types that the text of a form field is not turned into. */
export const MAPPING = /^(?:dict|typing\.(?:Dict|Mapping)|collections\.abc\.Mapping)$/;

type Parameter = FunctionStatement['parameters'][number];
type Marker = 'File' | 'Form' | 'Body' | 'Depends';

export interface Declaration {
  readonly parameter: Parameter;
  /** What says where the value comes from, if anything does. */
  readonly marker: Marker | undefined;
  readonly upload: boolean;
  /** Resolved names of its type, wrappers left out; what a dependency is made by. */
  readonly types: readonly string[];
}

export function declarationOf(parameter: Parameter, py: PythonQuestions): Declaration {
  const annotation = parameter.annotation;
  const annotated = annotation?.kind === 'subscript' && is(annotation.object, ANNOTATED, py) ? annotation.index : [];
  const type = annotated[0] ?? annotation;
  const candidates = [...annotated.slice(1), ...(parameter.default === undefined ? [] : [parameter.default])];
  const written = candidates.find((candidate) => is(candidate, MARKER, py));
  const marker = written === undefined ? undefined : (MARKER.exec(py.names(written)[0] ?? '')?.[1] as Marker);
  const made = marker === 'Depends' && written?.kind === 'call' ? argumentOf(written, 'dependency', 0) : undefined;
  const types = made !== undefined ? py.names(made.value) : type === undefined ? [] : typeNames(type, py);
  return { parameter, marker, types, upload: marker === 'File' || types.some((name) => UPLOAD.test(name)) };
}

/** `Optional[Model]`, `list[Model]`, `Model | None`: the names of what is inside. */
function typeNames(type: Expression, py: PythonQuestions): readonly string[] {
  if (type.kind === 'operation') return type.operands.flatMap((operand) => typeNames(operand, py));
  if (type.kind !== 'subscript') return py.names(type);
  if (is(type.object, WRAPPER, py)) return type.index.flatMap((item) => typeNames(item, py));
  return py.names(type.object);
}

function is(expression: Expression, form: RegExp, py: PythonQuestions): boolean {
  return py.names(expression).some((name) => form.test(name));
}

/** A class of the module that derives from Pydantic's model, maybe through one other class. */
export function isModel(name: string, text: string, depth = 0): boolean {
  if (!/^\.\w+$/.test(name) || depth > 3) return false;
  const bases = new RegExp(`^class[ \\t]+${name.slice(1)}\\(([^)]*)\\)`, 'm').exec(text)?.[1]?.split(',') ?? [];
  return bases.some((base) => {
    const word = base.trim();
    return /^(?:pydantic\.)?BaseModel$/.test(word) || isModel(`.${word}`, text, depth + 1);
  });
}
