import { get } from 'node:http';

interface Reply {
  readonly status: number;
  readonly cookie: string | null;
}

function ask(address: string, headers: Record<string, string>, limitMs: number): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = get(
      address,
      { agent: false, headers, signal: AbortSignal.timeout(limitMs) },
      (response) => {
        response.on('error', reject);
        response.on('end', () => {
          const [cookie] = response.headers['set-cookie'] ?? [];
          resolve({ status: response.statusCode ?? 0, cookie: cookie?.split(';')[0] ?? null });
        });
        response.resume();
      },
    );
    request.on('error', reject);
  });
}

/** Fetches the page as a browser that was just opened does: the token for a cookie, the cookie for the page. */
export async function pageAnswers(address: string, limitMs: number): Promise<boolean> {
  try {
    const { cookie } = await ask(address, {}, limitMs);
    if (cookie === null) return false;
    return (await ask(new URL('/', address).href, { cookie }, limitMs)).status === 200;
  } catch {
    return false;
  }
}
