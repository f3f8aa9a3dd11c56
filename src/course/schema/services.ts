import * as z from 'zod';
import type { HttpMethod } from '../../model/http.ts';
import type {
  ExpectedRequest,
  RequestsSpec,
  ServiceRequests,
  ServiceRoute,
  ServiceSpec,
} from '../../model/services.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { captureName, methodKeys, methodsOf, pathOf } from './http-part.ts';
import { textMatcher } from './matchers.ts';
import { template, templates } from './template.ts';

const oneMethod = {
  error: schemaMessage('it has one method with its path', 'Write it like `get: /users`, with one method alone.'),
};

function methodOf(keys: object): HttpMethod {
  return methodsOf(keys)[0] ?? 'GET';
}

const route = shape('a route of a service', {
  ...methodKeys,
  status: z.int().min(200).max(599).default(200).meta({ description: 'Status of the answer. Default 200.' }),
  headers: templates.default({}).meta({ description: 'Headers of the answer.' }),
  json: template.exactOptional().meta({ description: 'The answer as JSON.' }),
  text: template.exactOptional().meta({ description: 'The answer as text.' }),
})
  .refine((keys) => methodsOf(keys).length === 1, oneMethod)
  .refine((keys) => !('json' in keys && 'text' in keys), {
    error: schemaMessage('an answer has only one body', 'Keep one of `json` and `text`.'),
  })
  .transform((keys): ServiceRoute => {
    const { status, headers, json, text } = keys;
    const method = methodOf(keys);
    const body = { ...(json !== undefined && { json }), ...(text !== undefined && { text }) };
    return { method, path: pathOf(keys, method), status, headers, ...body };
  });

const service: z.ZodType<ServiceSpec, unknown> = shape('a service', {
  routes: z.array(route).min(1).max(50).meta({ description: 'Requests and their answers; the first that fits.' }),
  hold: z
    .union([z.literal('all'), z.int().min(2).max(50)])
    .exactOptional()
    .meta({ description: 'Nothing is answered before so many requests are there; `all`: one for every route.' }),
});

/** Servers that the grader runs, by name. */
export const services = z.record(captureName, service);

const expected = shape('an expected request', {
  ...methodKeys,
  query: templates.default({}).meta({ description: 'Names and values of its query, and no others.' }),
  headers: z.record(z.string(), textMatcher).default({}).meta({ description: 'Headers by name.' }),
  json: template.exactOptional().meta({ description: 'Its body is JSON and equals this.' }),
  jsonHas: template.exactOptional().meta({ description: 'Its body is JSON with at least these members.' }),
  body: textMatcher.exactOptional().meta({ description: 'Its body as text.' }),
})
  .refine((keys) => methodsOf(keys).length === 1, oneMethod)
  .transform((keys): ExpectedRequest => {
    const { query, headers, json, jsonHas, body } = keys;
    const method = methodOf(keys);
    return {
      method,
      path: pathOf(keys, method),
      query,
      headers,
      ...(json !== undefined && { json }),
      ...(jsonHas !== undefined && { jsonHas }),
      ...(body && { body }),
    };
  });

const list = z.array(expected).max(100);
const listKeys: z.ZodType<ServiceRequests, unknown> = shape('the requests of a service', {
  list: list.meta({ description: 'Just these requests.' }),
  order: z.boolean().default(false).meta({ description: 'true: in this order. Default false.' }),
});

/** The `requests` kind. */
export const requests: z.ZodType<RequestsSpec, unknown> = z.record(
  captureName,
  z.union([list.transform((each) => ({ list: each, order: false })), listKeys]),
);
