import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { BuiltFiles } from '../pages/built-files.ts';
import { makePageHeaders } from '../pages/page-headers.ts';
import {
  createBorder,
  isToken,
  refuseCookie,
  refuseHost,
  refuseOrigin,
  type Border,
  type BorderRefusal,
} from './border.ts';

const pageHeaders = makePageHeaders("'self'");

export interface ListenerOptions {
  readonly role: 'kiosk' | 'desk';
  /** Port to listen on; 0 takes any. */
  readonly port: number;
  readonly page: string;
  readonly files: BuiltFiles;
  /** A page has connected: give its socket the procedures of this role. */
  readonly onConnect: (socket: WebSocket) => void;
  readonly onRefuse: (refusal: BorderRefusal) => void;
  /** How many pages may be connected at once. */
  readonly mostConnections: number;
}

export interface Listener {
  readonly port: number;
  readonly origin: string;
  /** With the launch token in it: for the browser that is opened, or for the terminal. */
  readonly address: string;
  close(): Promise<void>;
}

/** Larger frames are refused before anything parses them; the largest report a visitor can write is smaller. */
const mostFrameBytes = 1_200_000;
const heartbeatMs = 10_000;

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Not the URL class: it throws on targets such as `//`, and it folds paths that we would rather not know. */
function parseTarget(request: IncomingMessage): { path: string; token: string | null } {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  return { path, token: new URLSearchParams(query).get('token') };
}

/** A page that vanished without a word makes room within two heartbeats. */
function keepAlive(sockets: WebSocketServer): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>();
  sockets.on('connection', (socket: WebSocket) => {
    socket.on('pong', () => silent.delete(socket));
  });
  return setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, heartbeatMs).unref();
}

/** What the functions below answer for: one origin. */
interface Site {
  readonly options: ListenerOptions;
  readonly border: Border;
  readonly sockets: WebSocketServer;
}

function refuse({ options }: Site, response: ServerResponse, refusal: BorderRefusal): void {
  options.onRefuse(refusal);
  answer(
    response,
    refusal === 'method' ? 405 : 403,
    'This address is for the kiosk itself. Open it through the address that the program printed.\n',
  );
}

function serveFile(
  { options }: Site,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (path === '/favicon.ico') {
    // Browsers ask whatever the page says; a kiosk shows no tab.
    response.writeHead(204, pageHeaders);
    response.end();
    return;
  }
  const file = options.files.get(path === '/' ? options.page : path);
  if (file === undefined || (path.endsWith('.html') && path !== options.page)) {
    answer(response, 404, 'Not here.\n');
    return;
  }
  response.writeHead(200, { ...pageHeaders, 'content-type': file.contentType });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function respond(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const { border } = site;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const foreign = refuseHost(border, request) ?? refuseOrigin(border, request, false);
  const refusal = foreign ?? (isReading ? null : 'method');
  if (refusal !== null) {
    refuse(site, response, refusal);
    return;
  }
  const { path, token } = parseTarget(request);
  if (path === '/' && token !== null && isToken(border, token)) {
    // The token leaves the address bar and the history at once; the cookie never reaches a script.
    const cookie = `${border.cookieName}=${border.token}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { ...pageHeaders, location: '/', 'set-cookie': cookie });
    response.end();
    return;
  }
  const cookieRefusal = token === null ? refuseCookie(border, request) : 'wrong-token';
  if (cookieRefusal === null) serveFile(site, path, request, response);
  else refuse(site, response, cookieRefusal);
}

function upgrade(
  { options, border, sockets }: Site,
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): void {
  const refusal =
    refuseHost(border, request) ?? refuseOrigin(border, request, true) ?? refuseCookie(border, request);
  const isFull = sockets.clients.size >= options.mostConnections;
  if (refusal !== null || isFull || parseTarget(request).path !== '/rpc') {
    if (refusal !== null) options.onRefuse(refusal);
    refuseUpgrade(stream, refusal === null ? '409 Conflict' : '403 Forbidden');
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => {
    sockets.emit('connection', socket, request);
    options.onConnect(socket);
  });
}

/** Lets go of the stream by itself: the server no longer counts it among its connections. */
function refuseUpgrade(stream: Duplex, status: string): void {
  // Whoever is refused may hang up at once; that is no error of ours.
  stream.on('error', () => undefined);
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function closeAll(server: Server, sockets: WebSocketServer, heartbeat: NodeJS.Timeout): Promise<void> {
  clearInterval(heartbeat);
  for (const socket of sockets.clients) socket.terminate();
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** One origin for one role: its page, its token, its WebSocket. Rejects when the port is taken (EADDRINUSE). */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  let host = '';
  const border = createBorder(options.role, () => host);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostFrameBytes,
    perMessageDeflate: false,
  });
  const site: Site = { options, border, sockets };
  const server = createServer((request, response) => {
    respond(site, request, response);
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.on('upgrade', (request, stream, head) => {
    upgrade(site, request, stream, head);
  });
  const port = await listen(server, options.port);
  host = `127.0.0.1:${String(port)}`;
  const heartbeat = keepAlive(sockets);
  return {
    port,
    origin: `http://${host}`,
    address: `http://${host}/?token=${border.token}`,
    close: () => closeAll(server, sockets, heartbeat),
  };
}
