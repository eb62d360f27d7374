import { z } from 'zod';
import { contentIdSchema } from './content.ts';
import { inSession } from './desk-session.ts';
import { languageSchema, leafletIdSchema } from './ids.ts';
import { leafletStatusSchema } from './status.ts';

/** Paper that staff hand to a visitor: words of content, and nothing that anybody typed. */
export const deskLeafletSchema = z.discriminatedUnion('kind', [
  /** A page of the rights. */
  z.strictObject({ kind: z.literal('topic'), topicId: contentIdSchema, from: z.null() }),
  /** Why a report is not taken further. */
  z.strictObject({ kind: z.literal('rejection'), reasonId: contentIdSchema }),
]);
export type DeskLeaflet = z.infer<typeof deskLeafletSchema>;

export const deskPaperContract = {
  /** Answers when it is known what became of the paper. The same id twice is one sheet. */
  printLeaflet: inSession
    .input(
      z.strictObject({ leafletId: leafletIdSchema, leaflet: deskLeafletSchema, language: languageSchema }),
    )
    .errors({
      /** Content has no such page. */
      NOT_FOUND: { status: 404 },
      /** Too much paper in a short while. */
      TOO_MANY: { status: 429 },
    })
    .output(leafletStatusSchema),
};
