import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { DeskContract } from '../../src-main/contract/desk.ts';
import { openLine, type Line } from './line.ts';

/** The calls of the desk, typed by its contract. */
export type DeskClient = ContractRouterClient<DeskContract>;
export type DeskLine = Line<DeskClient>;

/**
 * Connects the desk's page to its own kiosk, or to another of the station. A session is bound to one connection: when the
 * line falls, the desk is locked there.
 */
export function connectDesk(origin?: string): DeskLine {
  return openLine((link) => createORPCClient<DeskClient>(link), origin);
}
