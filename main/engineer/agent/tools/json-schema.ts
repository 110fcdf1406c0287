/** A valibot schema as JSON Schema (draft 2020-12): what models and other programs are told about a tool's input. */
import type * as v from 'valibot';

export type JsonSchema = { [key: string]: unknown };

/** The parts of valibot's schemas that are looked at. */
interface Described {
  type: string;
  entries?: Record<string, Described>;
  options?: readonly unknown[];
  item?: Described;
  items?: readonly Described[];
  wrapped?: Described;
  value?: Described;
  literal?: unknown;
  default?: unknown;
  pipe?: readonly (Described & { kind?: string; requirement?: unknown; description?: string })[];
}

/**
 * Checks that are code stay unsaid: valibot makes them in any case.
 * @throws TypeError for a kind of schema that has no counterpart here
 */
export function toJsonSchema(schema: v.GenericSchema): JsonSchema {
  return convert(schema as unknown as Described);
}

function convert(schema: Described): JsonSchema {
  const base = plain(schema);
  for (const action of schema.pipe?.slice(1) ?? []) Object.assign(base, ofAction(action, base));
  return base;
}

function plain(schema: Described): JsonSchema {
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { type: schema.type };
    case 'unknown':
    case 'any':
      return {};
    case 'literal':
      return { const: schema.literal };
    case 'picklist':
      return {
        ...(schema.options!.every((each) => typeof each === 'string') ? { type: 'string' } : {}),
        enum: [...schema.options!],
      };
    case 'array':
      return { type: 'array', items: convert(schema.item!) };
    case 'tuple':
    case 'strict_tuple':
      return {
        type: 'array',
        prefixItems: schema.items!.map(convert),
        minItems: schema.items!.length,
        maxItems: schema.items!.length,
      };
    case 'record':
      return { type: 'object', additionalProperties: convert(schema.value!) };
    case 'object':
    case 'loose_object':
    case 'strict_object':
      return ofObject(schema);
    case 'optional':
    case 'exact_optional': {
      const inner = convert(schema.wrapped!);
      return typeof schema.default === 'function' || schema.default === undefined
        ? inner
        : { ...inner, default: schema.default };
    }
    case 'nullable':
      return { anyOf: [convert(schema.wrapped!), { type: 'null' }] };
    case 'union':
    case 'variant':
      return { anyOf: schema.options!.map((each) => convert(each as Described)) };
    default:
      throw new TypeError(`a schema of type ${schema.type} has no JSON Schema here`);
  }
}

function ofObject(schema: Described): JsonSchema {
  const entries = Object.entries(schema.entries!);
  const required = entries.filter(([, each]) => !/optional/.test(each.type)).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, each]) => [key, convert(each)])),
    ...(required.length > 0 ? { required } : {}),
    ...(schema.type === 'strict_object' ? { additionalProperties: false } : {}),
  };
}

function ofAction(action: NonNullable<Described['pipe']>[number], base: JsonSchema): JsonSchema {
  const { requirement } = action;
  const isArray = base['type'] === 'array';
  switch (action.type) {
    case 'description':
      return { description: action.description };
    case 'min_length':
      return isArray ? { minItems: requirement } : { minLength: requirement };
    case 'max_length':
      return isArray ? { maxItems: requirement } : { maxLength: requirement };
    case 'min_value':
      return { minimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'gt_value':
      return { exclusiveMinimum: requirement };
    case 'lt_value':
      return { exclusiveMaximum: requirement };
    case 'integer':
      return { type: 'integer' };
    case 'regex':
      return { pattern: (requirement as RegExp).source };
    default:
      return {};
  }
}
