import type { ContentRequest } from '../../src-main/contract/content-api.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { kioskSigningKeySchema } from '../../src-main/contract/keys.ts';
import { signContentReport } from '../../src-main/sealing/content-report.ts';

/** What a kiosk that shows this version (0: what ships) says to its district. */
export function makeContentRequest(number: string, keyText: string, live = 0): Promise<ContentRequest> {
  const kioskId = kioskIdSchema.parse(number);
  const since = '2026-11-20T12:00:00.000Z';
  const standing = {
    live: live === 0 ? null : { version: live, activateAt: null, since },
    ...{ previous: null, staged: [], refused: [], isWaitingForVisitor: false },
  };
  return signContentReport(kioskSigningKeySchema.parse(JSON.parse(keyText)), { kioskId, standing });
}
