import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { BuiltFiles } from '../pages/built-files.ts';
import { makePageHeaders } from '../pages/page-headers.ts';
import {
  isToken,
  makeToken,
  originOf,
  refuseCookie,
  refuseHost,
  refuseOrigin,
  type Border,
  type BorderRefusal,
} from './border.ts';
import { Seats } from './seats.ts';

/** What makes a listener one for the station's network. */
export interface TlsPlace {
  /** Where to listen: an address of this machine, or `0.0.0.0`. */
  readonly address: string;
  /** The certificate's names: nobody is answered who calls it by another. */
  readonly names: readonly string[];
  readonly key: string;
  readonly certificate: string;
  /** Origins of the station's other kiosks: their pages may open a line here, and ours there. */
  readonly neighbours: readonly string[];
}

export interface ListenerOptions {
  readonly role: 'kiosk' | 'desk';
  /** Null: on loopback, in the clear, with a token in the address. */
  readonly tls: TlsPlace | null;
  /** Port to listen on; 0 takes any. */
  readonly port: number;
  readonly page: string;
  readonly files: BuiltFiles;
  /** A page has connected: give its socket the procedures of this role. */
  readonly onConnect: (socket: WebSocket, from: PagePlace) => void;
  readonly onRefuse: (refusal: BorderRefusal) => void;
  /** How many pages may be connected at once. */
  readonly mostConnections: number;
}

/** Where a page stands. */
export interface PagePlace {
  /** The address it has called. */
  readonly origin: string;
  /** Where the page itself comes from: the same, or another kiosk of the station. */
  readonly page: string;
  /** Of another machine; null on this one. */
  readonly address: string | null;
}

export interface Listener {
  readonly port: number;
  readonly origin: string;
  /** For the browser that is opened, or for the terminal; on loopback with the launch token in it. */
  readonly address: string;
  close(): Promise<void>;
}

/** Larger frames are refused before anything parses them; the largest report a visitor can write is smaller. */
const mostFrameBytes = 1_200_000;
const heartbeatMs = 10_000;
/** Over the network, pages or not. */
const mostTlsConnections = 200;

function answer({ headers }: Site, response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

function listen(server: Server, port: number, on: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, on, () => {
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
  readonly headers: Readonly<Record<string, string>>;
  readonly sockets: WebSocketServer;
  readonly seats: Seats;
}

function refuse(site: Site, response: ServerResponse, refusal: BorderRefusal): void {
  const { options } = site;
  options.onRefuse(refusal);
  answer(
    site,
    response,
    refusal === 'method' ? 405 : 403,
    options.tls === null
      ? 'This address is for the kiosk itself. Open it through the address that the program printed.\n'
      : 'This desk is opened by the name in its certificate.\n',
  );
}

function serveFile(site: Site, path: string, request: IncomingMessage, response: ServerResponse): void {
  const { options, headers } = site;
  if (path === '/favicon.ico') {
    // Browsers ask whatever the page says; a kiosk shows no tab.
    response.writeHead(204, headers);
    response.end();
    return;
  }
  const file = options.files.get(path === '/' ? options.page : path);
  if (file === undefined || (path.endsWith('.html') && path !== options.page)) {
    answer(site, response, 404, 'Not here.\n');
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': file.contentType });
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
  if (border.token !== null && path === '/' && token !== null && isToken(border, token)) {
    // The token leaves the address bar and the history at once; the cookie never reaches a script.
    const cookie = `${border.token.cookieName}=${border.token.text}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { ...site.headers, location: '/', 'set-cookie': cookie });
    response.end();
    return;
  }
  const cookieRefusal = token === null ? refuseCookie(border, request) : 'wrong-token';
  if (cookieRefusal === null) serveFile(site, path, request, response);
  else refuse(site, response, cookieRefusal);
}

function upgrade(
  { options, border, sockets, seats }: Site,
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): void {
  const refusal =
    refuseHost(border, request) ?? refuseOrigin(border, request, true) ?? refuseCookie(border, request);
  const address = options.tls === null ? null : (request.socket.remoteAddress ?? '');
  const isFull =
    sockets.clients.size >= options.mostConnections || (address !== null && !seats.isFree(address));
  if (refusal !== null || isFull || parseTarget(request).path !== '/rpc') {
    if (refusal !== null) options.onRefuse(refusal);
    refuseUpgrade(stream, refusal === null ? '409 Conflict' : '403 Forbidden');
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => {
    if (address !== null) seats.take(address, socket);
    sockets.emit('connection', socket, request);
    const origin = originOf(border, request);
    options.onConnect(socket, { origin, page: request.headers.origin ?? origin, address });
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

function makeServer({ tls }: ListenerOptions): Server {
  if (tls === null) return createServer();
  const { key, certificate } = tls;
  const server = createTlsServer({ key, cert: certificate, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 });
  server.maxConnections = mostTlsConnections;
  return server;
}

/** A browser leaves out the port that belongs to the scheme. */
function hostsOf({ tls }: ListenerOptions, port: number): string[] {
  if (tls === null) return [`127.0.0.1:${String(port)}`];
  const names = tls.names.map((name) => (name.includes(':') ? `[${name}]` : name.toLowerCase()));
  return names.flatMap((name) => [`${name}:${String(port)}`, ...(port === 443 ? [name] : [])]);
}

/** One origin for one role: its page, its border, its WebSocket. Rejects when the port is taken (EADDRINUSE). */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { tls, role } = options;
  let hosts: string[] = [];
  const token = tls === null ? makeToken(role) : null;
  const neighbours = tls?.neighbours ?? [];
  const border: Border = {
    scheme: tls === null ? 'http' : 'https',
    ...{ hosts: () => hosts, neighbours, token },
  };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostFrameBytes,
    perMessageDeflate: false,
  });
  const headers = makePageHeaders("'self'", neighbours);
  const site: Site = { options, border, headers, sockets, seats: new Seats() };
  const server = makeServer(options);
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.on('request', (request, response) => {
    respond(site, request, response);
  });
  server.on('upgrade', (request, stream, head) => {
    upgrade(site, request, stream, head);
  });
  const port = await listen(server, options.port, tls?.address ?? '127.0.0.1');
  hosts = hostsOf(options, port);
  const heartbeat = keepAlive(sockets);
  const origin = `${border.scheme}://${hosts.at(-1) ?? ''}`;
  return {
    port,
    origin,
    address: token === null ? `${origin}/` : `${origin}/?token=${token.text}`,
    close: () => closeAll(server, sockets, heartbeat),
  };
}
