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

/** Keeps one WebSocket open, and opens the next one when it falls. */
function keepSocket(url: string, board: Switchboard): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let isClosed = false;

  const open = (): void => {
    const opened = new WebSocket(url);
    socket = opened;
    opened.addEventListener('open', () => {
      attempts = 0;
      board.use(new SocketLink({ websocket: opened }));
    });
    opened.addEventListener('close', () => {
      if (socket !== opened) return;
      board.use(null);
      if (isClosed) return;
      timer = setTimeout(open, backoffMs[attempts] ?? longestBackoffMs);
      attempts += 1;
    });
  };

  open();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    socket?.close();
    board.use(null);
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'skranke-port';
}

/** Takes the port that the preload hands over; after a restart of the services it hands over another. */
function takePorts(board: Switchboard): () => void {
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
  return () => {
    window.removeEventListener('message', onMessage);
    current?.close();
    board.use(null);
  };
}

/**
 * Connects this page to the services: under Electron over a port from the preload, elsewhere over a WebSocket to the
 * page's own origin. `makeClient` turns the link into typed calls.
 */
export function openLine<Client>(makeClient: (link: Link) => Client): Line<Client> {
  const board = new Switchboard();
  const isElectron = window.location.protocol === 'app:';
  const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/rpc`;
  const close = isElectron ? takePorts(board) : keepSocket(url, board);
  return {
    client: makeClient(new DynamicLink(board.resolve)),
    isUp: () => board.isUp(),
    onChange: (listener) => board.onChange(listener),
    close,
  };
}
