import { createJsonLog } from '../adapters/log.ts';
import type { Log } from '../domain/ports.ts';
import { environment } from './config.ts';

export function openLog(): Log {
  return createJsonLog(environment().journal);
}
