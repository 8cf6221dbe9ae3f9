import { CONFIG_KEYS, type ConfigKey, type ValueShape } from './config-keys.js';

type Schema = { readonly [key: string]: unknown };

/** JSON Schema (draft-07) of `tidegate.yaml` and of `[tool.tidegate]`; the rule ids and families become completions. */
export function configSchema(ruleIds: readonly string[], families: readonly string[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/tidegate/tidegate/main/schemas/tidegate.schema.json',
    title: 'Tidegate configuration',
    description: 'Settings of Tidegate, in `tidegate.yaml` or under `[tool.tidegate]` in `pyproject.toml`.',
    definitions: {
      rule: { description: 'A rule id or a family of rules.', enum: [...new Set([...families, ...ruleIds])].sort() },
    },
    ...tableSchema(CONFIG_KEYS),
  };
}

function tableSchema(keys: readonly ConfigKey[]): Schema {
  const required = keys.filter((key) => key.required === true).map((key) => key.name);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(keys.map((key) => [key.name, keySchema(key)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

function keySchema(key: ConfigKey): Schema {
  return {
    description: key.description,
    ...shapeSchema(key.shape),
    ...(key.default === undefined ? {} : { default: key.default }),
  };
}

function shapeSchema(shape: ValueShape): Schema {
  switch (shape.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: shape.minimum };
    case 'string':
      return { type: 'string', minLength: 1 };
    case 'choice':
      return { enum: shape.values };
    case 'list':
      return listSchema(shape);
    case 'levels':
      return {
        type: 'object',
        propertyNames: { $ref: '#/definitions/rule' },
        additionalProperties: { enum: shape.values },
      };
    case 'table':
      return tableSchema(shape.keys);
    case 'tables':
      return { type: 'object', additionalProperties: tableSchema(shape.keys) };
  }
}

function listSchema(shape: Extract<ValueShape, { kind: 'list' }>): Schema {
  if (shape.values !== undefined) return { type: 'array', items: { enum: shape.values }, uniqueItems: true };
  const items = shape.of === 'rule' ? { $ref: '#/definitions/rule' } : { type: 'string', minLength: 1 };
  const list = { type: 'array', items, uniqueItems: true };
  return shape.of === 'path' ? { anyOf: [items, list] } : list;
}
