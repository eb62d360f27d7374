import { askRunningKiosk, type AdminAnswer, type AdminRequest } from './admin.ts';
import type { Config } from './config.ts';
import { openStation } from './station.ts';

/** The kiosk that runs prints it; otherwise this process is the kiosk for a moment. */
export async function askToPrint(config: Config): Promise<AdminAnswer> {
  const request: AdminRequest = { ask: 'print-test-page' };
  const running = await askRunningKiosk(config.dataDir, request);
  if (running !== null) return running;
  const station = await openStation(config, { district: null, isQuiet: true });
  try {
    return await station.handleAdmin(request);
  } finally {
    await station.close();
  }
}
