import { z } from 'zod';
import { factSourceSchema } from './content.ts';

const dots = z.int().min(200).max(2000);

/** What a slip is set for: the part of the paper that a head reaches. */
const headMm = { '80mm': 72, '58mm': 48 } as const;
const toleranceMm = 2;

/** What one model of ESC/POS printer can do: resources/content/printers/<id>.json. */
export const printerProfileSchema = z
  .strictObject({
    ...factSourceSchema.shape,
    id: z.string().regex(/^[a-z0-9-]{2,40}$/),
    name: z.string().min(1).max(80),
    /** Dots across what the head reaches, for each roll it takes. */
    papers: z
      .strictObject({ '80mm': dots.optional(), '58mm': dots.optional() })
      .refine((papers) => Object.keys(papers).length > 0, 'expected at least one paper'),
    dpi: z.int().min(100).max(600),
    raster: z.literal('gs-v-0'),
    /** Rows sent before the printer is asked how it is. Few rows: little can come out late. */
    bandRows: z.int().min(8).max(1024),
    /** DLE EOT 1-4. `may-answer`: its silence means nothing. */
    status: z.enum(['answers', 'may-answer', 'silent']),
    hasNearEndSensor: z.boolean(),
    /** How it says that printing has ended: GS ( H function 48, GS r 1, or not at all; then no slip is ever called printed. */
    confirm: z.enum(['process-id', 'paper-status', 'none']),
    /** How it forgets what it has not printed: DLE DC4 function 8 (it answers), DLE ENQ 2 (it does not), or only by its switch. */
    clear: z.enum(['dle-dc4', 'dle-enq', 'none']),
    cut: z.enum(['partial', 'full', 'none']),
    /** Rows fed before the cut, or to the tear bar; GS V feeds to its knife by itself. */
    feedRows: z.int().min(0).max(255),
  })
  .superRefine(({ papers, dpi }, context) => {
    for (const paper of ['80mm', '58mm'] as const) {
      const widthMm = ((papers[paper] ?? (headMm[paper] / 25.4) * dpi) / dpi) * 25.4;
      if (Math.abs(widthMm - headMm[paper]) > toleranceMm)
        context.addIssue({
          code: 'custom',
          path: ['papers', paper],
          message: `expected dots for ${headMm[paper]} mm at ${dpi} dpi, found some for ${Math.round(widthMm)} mm`,
        });
    }
  });
export type PrinterProfile = z.infer<typeof printerProfileSchema>;
