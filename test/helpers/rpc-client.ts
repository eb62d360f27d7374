import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { DeskContract } from '../../src-main/contract/desk.ts';
import type { VisitorContract } from '../../src-main/contract/visitor.ts';

export type VisitorApi = ContractRouterClient<VisitorContract>;
export type DeskApi = ContractRouterClient<DeskContract>;

/** Enters through the printed address as a browser does, and keeps the cookie. */
export async function openSocket(address: string): Promise<WebSocket> {
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin, host } = new URL(address);
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => {
      resolve();
    });
    socket.once('error', reject);
  });
  return socket;
}

export async function connectVisitor(address: string): Promise<{ api: VisitorApi; socket: WebSocket }> {
  const socket = await openSocket(address);
  // The link wants the browser's class; both have what it uses.
  const api: VisitorApi = createORPCClient(new RPCLink({ websocket: Object.assign(socket) }));
  return { api, socket };
}

export async function connectDesk(address: string): Promise<{ api: DeskApi; socket: WebSocket }> {
  const socket = await openSocket(address);
  const api: DeskApi = createORPCClient(new RPCLink({ websocket: Object.assign(socket) }));
  return { api, socket };
}
