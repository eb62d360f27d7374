import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { VisitorContract } from '../../src-main/contract/visitor.ts';
import { openLine, type Line } from './line.ts';

export type VisitorClient = ContractRouterClient<VisitorContract>;
export type VisitorLine = Line<VisitorClient>;

/** Connects the visitor's screen; it holds no other procedures than the visitor's. */
export function connectVisitor(): VisitorLine {
  return openLine((link) => createORPCClient<VisitorClient>(link));
}
