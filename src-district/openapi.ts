import { z } from 'zod';
import type { ApiAnswer, ApiRoute } from '../src-main/contract/api-route.ts';
import {
  contentOffersSchema,
  contentReportSchema,
  contentRequestSchema,
} from '../src-main/contract/content-api.ts';
import { districtApi } from '../src-main/contract/district-api.ts';
import {
  acknowledgementSchema,
  batchClaimsSchema,
  batchSchema,
  entryAddedSchema,
  intakeRefusalSchema,
  reportPurgedSchema,
  reviewChangeSchema,
  wireEventSchema,
} from '../src-main/contract/envelope.ts';
import {
  registrationProofSchema,
  registrationSchema,
  renewalClaimsSchema,
  renewalSchema,
} from '../src-main/contract/kiosk-api.ts';
import { feedSchema } from '../src-main/contract/reader-api.ts';
import { noticeSchema, transferRequestSchema, transferSchema } from '../src-main/contract/transfer-api.ts';
import { sealedReportSchema } from '../src-main/contract/report.ts';
import { exampleBatch } from './example-batch.ts';
import { wireInWords } from './wire-in-words.ts';

/** Of what is on the wire, not of the program: the first number is that of a batch. */
const apiVersion = '1.2.0';

type Json = Readonly<Record<string, unknown>>;

/** Schemas that have a name of their own in the document; the bodies of events stand in it only here. */
const named: readonly (readonly [string, z.ZodType])[] = [
  ['Batch', batchSchema],
  ['BatchClaims', batchClaimsSchema],
  ['Event', wireEventSchema],
  ['Acknowledgement', acknowledgementSchema],
  ['Refusal', intakeRefusalSchema],
  ['SealedReport', sealedReportSchema],
  ['ReviewChange', reviewChangeSchema],
  ['EntryAdded', entryAddedSchema],
  ['ReportPurged', reportPurgedSchema],
  ['Registration', registrationSchema],
  ['RegistrationProof', registrationProofSchema],
  ['Renewal', renewalSchema],
  ['RenewalClaims', renewalClaimsSchema],
  ['ContentRequest', contentRequestSchema],
  ['ContentReport', contentReportSchema],
  ['ContentOffers', contentOffersSchema],
  ['Feed', feedSchema],
  ['Transfer', transferSchema],
  ['TransferRequest', transferRequestSchema],
  ['Notice', noticeSchema],
];

/** OpenAPI 3.1 of the intake, made from the table it serves from and the schemas it parses with. */
export function describeIntakeApi(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of named) registry.add(schema, { id });
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri, unrepresentable: 'any' });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Skranke: what a district takes in',
      version: apiVersion,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      description: wireInWords,
    },
    paths: Object.fromEntries(
      Object.entries(districtApi).map(([operationId, route]) => [
        route.path,
        { [route.method.toLowerCase()]: describeRoute(operationId, route) },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutId(schema)])),
      securitySchemes: { reader: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function describeRoute(operationId: string, route: ApiRoute): Json {
  const example = operationId === 'deliverBatch' ? { example: exampleBatch.batch } : {};
  return {
    operationId,
    summary: route.summary,
    description: route.description,
    security: route.proof === 'reader' ? [{ reader: [] }] : [],
    ...(route.query === undefined ? {} : { parameters: parametersOf(route.query) }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body), ...example } },
          },
        }),
    responses: Object.fromEntries(
      Object.entries(route.answers).map(([status, answer]) => [status, describeAnswer(answer)]),
    ),
  };
}

function describeAnswer({ when, content, retryAfter }: ApiAnswer): Json {
  const headers = { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } };
  return {
    description: when,
    ...(retryAfter === true ? { headers } : {}),
    content:
      content === 'text'
        ? { 'text/plain': { schema: { type: 'string' } } }
        : { 'application/json': { schema: schemaOf(content) } },
  };
}

function parametersOf(query: z.ZodObject): readonly Json[] {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: schema instanceof z.ZodType ? !schema.safeParse(undefined).success : true,
    schema: schema instanceof z.ZodType ? schemaOf(schema) : {},
  }));
}

/** By its name where it has one. */
function schemaOf(schema: z.ZodType): Json {
  const name = named.find(([, other]) => other === schema)?.[0];
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  return withoutId({ ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) });
}

/** The document says once which dialect it is written in. */
function withoutId(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$id' && name !== '$schema'));
}
