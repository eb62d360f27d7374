import type { ClientLink, ClientContext } from '@orpc/client';
import { DynamicLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';

/** The calls of one role over whatever connects this page to the services, and whether it stands. */
export interface Line<Client> {
  readonly client: Client;
  isUp(): boolean;
  /** Told at every change, not at once. The answer stops it. */
  onChange(listener: (isUp: boolean) => void): () => void;
  /** Whoever asked had no answer: what connects the two counts as fallen, and the next one is opened. */
  renew(): void;
  close(): void;
}

/** Thrown by a call that was never sent, because nothing is connected. It can be made again without harm. */
export class LineDown extends Error {
  override readonly name = 'LineDown';
  constructor() {
    super('no line to the services');
  }
}

type Link = ClientLink<ClientContext>;

/** Waits before the next attempt: short at first, so that a restarted service is found at once. */
const backoffMs = [250, 500, 1000, 2000, 4000] as const;
const longestBackoffMs = 5000;
/** A machine that is off the network answers nothing at all, and a browser would wait for it for minutes. */
const longestOpeningMs = 10_000;

/** What the two ways to connect share: the link of the moment and who listens. */
class Switchboard {
  #link: Link | null = null;
  readonly #listeners = new Set<(isUp: boolean) => void>();

  readonly resolve = async (): Promise<Link> => {
    if (this.#link === null) throw new LineDown();
    return this.#link;
  };

  use(link: Link | null): void {
    const wasUp = this.#link !== null;
    this.#link = link;
    if (wasUp === (link !== null)) return;
    for (const listener of [...this.#listeners]) listener(link !== null);
  }

  isUp(): boolean {
    return this.#link !== null;
  }

  onChange(listener: (isUp: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What carries a line. */
interface Carrier {
  renew(): void;
  close(): void;
}

/** Keeps one WebSocket open, and opens the next one when it falls. */
class KeptSocket implements Carrier {
  readonly #url: string;
  readonly #board: Switchboard;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;

  constructor(url: string, board: Switchboard) {
    this.#url = url;
    this.#board = board;
    this.#open();
  }

  #open(): void {
    const opened = new WebSocket(this.#url);
    this.#socket = opened;
    this.#timer = setTimeout(() => this.#fall(opened), longestOpeningMs);
    opened.addEventListener('open', () => {
      if (this.#socket !== opened) return;
      clearTimeout(this.#timer);
      this.#attempts = 0;
      this.#board.use(new SocketLink({ websocket: opened }));
    });
    opened.addEventListener('close', () => this.#fall(opened));
  }

  /** Not after its close: a socket whose other end is gone closes only when the browser has given up. */
  #fall(fallen: WebSocket): void {
    if (this.#socket !== fallen) return;
    this.#letGo();
    this.#timer = setTimeout(() => this.#open(), backoffMs[this.#attempts] ?? longestBackoffMs);
    this.#attempts += 1;
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#board.use(null);
  }

  renew(): void {
    if (this.#socket !== null) this.#fall(this.#socket);
  }

  close(): void {
    this.#letGo();
  }
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'skranke-port';
}

/** Takes the port that the preload hands over; after a restart of the services it hands over another. */
function takePorts(board: Switchboard): Carrier {
  let current: MessagePort | null = null;
  const onMessage = (event: MessageEvent<unknown>): void => {
    const [port] = event.ports;
    if (event.source !== window || !isPortMessage(event.data) || port === undefined) return;
    current?.close();
    current = port;
    port.addEventListener('close', () => {
      if (current === port) board.use(null);
    });
    port.start();
    board.use(null);
    board.use(new PortLink({ port }));
  };
  window.addEventListener('message', onMessage);
  return {
    // The shell sees by itself that the services have ended, and hands over another.
    renew: () => undefined,
    close: () => {
      window.removeEventListener('message', onMessage);
      current?.close();
      board.use(null);
    },
  };
}

/**
 * Connects this page to the services: under Electron over a port from the preload, elsewhere over a WebSocket to the
 * page's own origin, or to that of another kiosk. `makeClient` turns the link into typed calls.
 */
export function openLine<Client>(
  makeClient: (link: Link) => Client,
  origin = window.location.origin,
): Line<Client> {
  const board = new Switchboard();
  const isElectron = window.location.protocol === 'app:';
  const carrier = isElectron
    ? takePorts(board)
    : new KeptSocket(`${origin.replace(/^http/, 'ws')}/rpc`, board);
  return {
    client: makeClient(new DynamicLink(board.resolve)),
    isUp: () => board.isUp(),
    onChange: (listener) => board.onChange(listener),
    renew: () => carrier.renew(),
    close: () => carrier.close(),
  };
}
