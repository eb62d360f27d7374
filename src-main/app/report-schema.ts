import { z } from 'zod';
import { reportExportSchema } from '../contract/report-export.ts';

/** The JSON Schema (draft 2020-12) of a report that a desk saved; resources/schemas holds it as it is. */
export function reportExportJsonSchema(): z.core.JSONSchema.JSONSchema {
  return {
    title: 'A report saved at a desk of Skranke',
    ...z.toJSONSchema(reportExportSchema, { io: 'input' }),
  };
}
