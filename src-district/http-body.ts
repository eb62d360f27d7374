import type { IncomingMessage } from 'node:http';

/** A batch has at most 2 MB of events; the rest is room for one very long event. */
const mostBodyBytes = 4_000_000;

export type JsonBody =
  { readonly ok: true; readonly content: unknown } | { readonly ok: false; readonly status: 400 | 413 | 415 };

/** Reads no further than the limit. */
export async function readJsonBody(request: IncomingMessage): Promise<JsonBody> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return { ok: false, status: 415 };
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes) return { ok: false, status: 413 };
  const text = await readBounded(request);
  if (text === null) return { ok: false, status: 413 };
  try {
    return { ok: true, content: JSON.parse(text) };
  } catch {
    return { ok: false, status: 400 };
  }
}

function readBounded(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > mostBodyBytes) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}
