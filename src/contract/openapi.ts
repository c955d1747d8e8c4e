// Writes the interface's documentation, OpenAPI 3.1, from the endpoints themselves.
import { z } from 'zod';
import { commonErrors, type Endpoint, type Fields, keepsAnswers } from './endpoint.ts';
import { type ErrorCode, errors } from './errors.ts';
import { permissionRow } from './permissions.ts';

type Json = Readonly<Record<string, unknown>>;

/** The document for `endpoints`; every route, every error code of each. */
export function makeOpenApi(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  const tags = [...new Set(endpoints.map(({ tag }) => tag))].sort().map((name) => ({ name }));
  return {
    openapi: '3.1.0',
    info: { title: '梧桐 Wutong', version: '1', description: '城市人才政策系统的接口。错误码见每个接口。/ The interface of a city’s talent policies; error codes stand with every call.' },
    servers: [{ url: '/api/v1' }],
    tags,
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-wutong_session', description: '本机不经 HTTPS 时叫 wutong_session / wutong_session over plain HTTP on localhost' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Error: errorSchema },
    },
  };
}

/** All codes that an endpoint can answer with. */
export function errorsOf(endpoint: Endpoint): readonly ErrorCode[] {
  const own = [...(endpoint.errors ?? [])];
  if (keepsAnswers(endpoint)) own.push('idempotency-key-reused');
  if (endpoint.etag === true && endpoint.method !== 'GET') own.push('changed-meanwhile', 'precondition-required');
  if (endpoint.query !== undefined && 'cursor' in endpoint.query.shape) own.push('cursor-invalid');
  // What a person decides alone a relative of age is refused, wherever a party is named.
  if (permissionRow(endpoint.permission).holders.person === 'own' && endpoint.params !== undefined) own.push('person-must-act');
  return [...new Set([...commonErrors, ...own])].sort();
}

function operationOf(endpoint: Endpoint): Json {
  const isOpen = 'anyone' in permissionRow(endpoint.permission).holders;
  const parameters = [...fieldsAs('path', endpoint.params), ...fieldsAs('query', endpoint.query), ...headersOf(endpoint)];
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: `${endpoint.summary.zh} / ${endpoint.summary.en}`,
    'x-permission': endpoint.permission,
    ...(isOpen ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(endpoint),
    responses: { ...answerOf(endpoint), ...refusalsOf(endpoint) },
  };
}

function headersOf(endpoint: Endpoint): readonly Json[] {
  const header = (name: string, isRequired: boolean, description: string): Json => ({ name, in: 'header', required: isRequired, schema: { type: 'string' }, description });
  if (endpoint.method === 'GET') return [];
  return [
    ...(keepsAnswers(endpoint) ? [header('Idempotency-Key', false, '同一次操作重发时用同一个值，传文件也一样 / the same for every retry of one act, files included')] : []),
    ...(endpoint.etag === true ? [header('If-Match', true, '读到的 ETag / the ETag that was read')] : []),
  ];
}

function fieldsAs(place: 'path' | 'query', fields: Fields | undefined): readonly Json[] {
  if (fields === undefined) return [];
  const schema = schemaOf(fields, 'input') as { readonly properties?: Record<string, Json>; readonly required?: readonly string[] };
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    schema: rest,
    ...(description === undefined ? {} : { description }),
  }));
}

function bodyOf({ body, bytes }: Endpoint): Json {
  if (bytes === 'request' || bytes === 'both') return { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } };
  return body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } };
}

function answerOf({ response, status, bytes, contentTypes, etag }: Endpoint): Json {
  const headers = etag === true ? { headers: { ETag: { schema: { type: 'string' } } } } : {};
  if (bytes === 'response' || bytes === 'both') {
    const binary = { schema: { type: 'string', format: 'binary' } };
    return { [status ?? 200]: { description: 'bytes', ...headers, content: Object.fromEntries((contentTypes ?? ['application/octet-stream']).map((type) => [type, binary])) } };
  }
  if (response === undefined) return { [status ?? 204]: { description: 'done', ...headers } };
  return { [status ?? 200]: { description: 'done', ...headers, content: { 'application/json': { schema: schemaOf(response, 'output') } } } };
}

function refusalsOf(endpoint: Endpoint): Json {
  const byStatus = Map.groupBy(errorsOf(endpoint), (code) => errors[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `${code}: ${errors[code].zh} / ${errors[code].en}`).join('\n\n'),
        content: { 'application/json': { schema: { allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { error: { properties: { code: { enum: codes } } } } }] } } },
      },
    ]),
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    // A named format says it shorter than the pattern that checks it.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return rest;
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', enum: Object.keys(errors) },
        message: { type: 'string', description: '给人看的话 / words for the reader' },
        details: { type: 'array', items: { type: 'object', required: ['field', 'message'], properties: { field: { type: 'string' }, message: { type: 'string' } } } },
        requestId: { type: 'string' },
      },
    },
  },
};
