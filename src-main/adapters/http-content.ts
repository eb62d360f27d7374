import {
  askContent,
  contentOffersSchema,
  contentPartSchema,
  fetchContentPart,
  partBytes,
} from '../contract/content-api.ts';
import type { ContentLine } from '../domain/ports.ts';
import { createAgent, parseDistrictUrl, readJson } from './http-district.ts';
import { exchange, type Answer } from './http-exchange.ts';

const deadlines = { connectMs: 10_000, idleMs: 20_000, totalMs: 60_000 };
/** A part in base64, in JSON. */
const mostPartBytes = Math.ceil(partBytes / 3) * 4 + 1000;

/** The district's content over HTTP: one question at a time, over a connection that ends with it. */
export function createHttpContent(district: {
  readonly url: string;
  readonly certificateAuthority: string | null;
}): ContentLine & { close(): void } {
  const checked = parseDistrictUrl(district.url);
  if (!checked.ok) throw new Error(`district address: ${checked.problem}`);
  const agent = createAgent(checked.url, district.certificateAuthority);
  const ask = (path: string, body: object, signal: AbortSignal): Promise<Answer> => {
    const target = new URL(checked.url);
    target.pathname = `${target.pathname.replace(/\/+$/, '')}${path}`;
    return exchange({
      ...{ target, agent, deadlines, signal },
      body: JSON.stringify(body),
      mostAnswerBytes: mostPartBytes,
    });
  };
  return {
    async offers(request, signal) {
      const answer = await ask(askContent.path, request, signal);
      const read = contentOffersSchema.safeParse(contentOf(answer));
      return read.success
        ? { ok: true, offers: read.data }
        : { ok: false, retryAfterMs: answer.kind === 'answer' ? answer.retryAfterMs : null };
    },
    async part(request, signal) {
      const read = contentPartSchema.safeParse(contentOf(await ask(fetchContentPart.path, request, signal)));
      return read.success && read.data.part === request.part ? Buffer.from(read.data.data, 'base64') : null;
    },
    close: () => agent.destroy(),
  };
}

function contentOf(answer: Answer): unknown {
  return answer.kind === 'answer' && answer.status === 200 && answer.isJson
    ? readJson(answer.body)
    : undefined;
}
