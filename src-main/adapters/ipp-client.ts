import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { encodeIppRequest, parseIppAnswer, type IppAnswer, type IppRequest } from './ipp-message.ts';

/** No honest answer about one printer or one job is longer. */
const largestAnswerBytes = 1024 * 1024;
const ippPort = 631;

export type IppReply =
  | { readonly kind: 'answer'; readonly answer: IppAnswer }
  /** Nobody there, or the line broke in the middle. */
  | { readonly kind: 'unreachable' }
  /** Somebody answered who does not speak IPP here. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'forbidden' }
  /** TLS: nobody we trust vouches for it. Not a byte of the document has left. */
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'aborted' };

export interface IppClient {
  /** As the printer wants to be addressed inside a request. */
  readonly printerUri: string;
  /** One exchange. Never throws for what a network or a printer can do. */
  send(
    request: Omit<IppRequest, 'requestId'>,
    document: Uint8Array | null,
    signal: AbortSignal,
  ): Promise<IppReply>;
}

/**
 * `url`: `ipp://host[:port]/path` or `ipps://…`; throws when it is no address at all.
 * `certificateAuthority`: PEM that a printer's certificate has to lead to; null: the system's.
 */
export function createIppClient(url: string, certificateAuthority: string | null): IppClient {
  const address = new URL(url);
  const isSecure = address.protocol === 'ipps:';
  const target: RequestOptions & { ca?: string } = {
    // node:http wants an IPv6 address without its brackets.
    host: address.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: address.port === '' ? ippPort : Number(address.port),
    path: `${address.pathname === '' ? '/' : address.pathname}${address.search}`,
    method: 'POST',
    // A connection of its own each time: a printer that was switched off leaves no half-dead one behind.
    agent: false,
    ...(isSecure && certificateAuthority !== null ? { ca: certificateAuthority } : {}),
  };
  let lastRequestId = 0;
  return {
    printerUri: url,
    async send(request, document, signal) {
      lastRequestId = (lastRequestId % 0x7fffffff) + 1;
      const requestId = lastRequestId;
      const head = encodeIppRequest({ ...request, requestId });
      const body = document === null ? head : Buffer.concat([head, document]);
      const reply = await exchange((options) => (isSecure ? httpsRequest(options) : httpRequest(options)), {
        options: target,
        body,
        signal,
      });
      if (reply.kind === 'answer' && reply.answer.requestId !== requestId) return { kind: 'malformed' };
      return reply;
    },
  };
}

interface Exchange {
  readonly options: RequestOptions;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

function exchange(
  open: (options: RequestOptions) => ClientRequest,
  { options, body, signal }: Exchange,
): Promise<IppReply> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'aborted' });
      return;
    }
    const headers = { 'content-type': 'application/ipp', 'content-length': body.length };
    const request = open({ ...options, headers, signal });
    const end = (reply: IppReply): void => {
      resolve(reply);
      request.destroy();
    };
    request.on('error', (error) => end(signal.aborted ? { kind: 'aborted' } : { kind: judgeError(error) }));
    request.on('close', () => resolve({ kind: signal.aborted ? 'aborted' : 'unreachable' }));
    request.on('response', (response) => readResponse(response, end));
    request.end(body);
  });
}

/** What OpenSSL and Node say of a certificate that leads nowhere, is not this host's, or is out of its time. */
const certificateErrors =
  /^(ERR_TLS_CERT|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH|ERR_SSL_)/;

function judgeError(error: Error): 'malformed' | 'unreachable' | 'untrusted' {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (certificateErrors.test(code)) return 'untrusted';
  // EPROTO: it does not speak TLS at all.
  return code.startsWith('HPE_') || code === 'EPROTO' ? 'malformed' : 'unreachable';
}

function judgeStatus(status: number): 'forbidden' | 'unreachable' | 'malformed' {
  if (status === 401 || status === 403 || status === 426) return 'forbidden';
  return status >= 500 ? 'unreachable' : 'malformed';
}

function readResponse(response: IncomingMessage, end: (reply: IppReply) => void): void {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    end({ kind: judgeStatus(status) });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > largestAnswerBytes) end({ kind: 'malformed' });
    else chunks.push(chunk);
  });
  // 'error' and an early close are told by the request's own 'close'.
  response.on('error', () => undefined);
  response.on('end', () => {
    if (!response.complete) return;
    const answer = parseIppAnswer(Buffer.concat(chunks));
    end(answer === null ? { kind: 'malformed' } : { kind: 'answer', answer });
  });
}
