import type { Intake } from './intake.ts';
import { tellContent, tellPart } from './content-handlers.ts';
import { takeBatch, takeRegistration, takeRenewal, type Administration } from './kiosk-handlers.ts';
import { createCounts, type Counts } from './metrics.ts';
import { describeIntakeApi } from './openapi.ts';
import { createReaderHandlers, tellReports, type Reading } from './reader-handlers.ts';
import type { Handlers } from './reply.ts';

export interface HandlerParts {
  readonly intake: Intake;
  readonly reading?: Reading;
  readonly administration?: Administration;
}

export function createHandlers(parts: HandlerParts, counts: Counts = createCounts()): Handlers {
  const { intake, reading, administration } = parts;
  const document = describeIntakeApi();
  return {
    deliverBatch: (request) => takeBatch(intake, counts, request),
    health: async () => ({ status: 200, body: await intake.health() }),
    description: async () => ({ status: 200, body: document }),
    ...(reading === undefined ? {} : { reports: (request) => tellReports(reading, request) }),
    ...(administration === undefined
      ? {}
      : {
          registerKiosk: (request) => takeRegistration(administration, request),
          askContent: (request) => tellContent(administration, request),
          fetchContentPart: (request) => tellPart(administration, request),
          renewKioskKey: (request) => takeRenewal(administration, request),
          ...createReaderHandlers(administration, (database) => counts.write(database)),
        }),
  };
}
