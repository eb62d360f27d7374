import { createEspeakSpeaker } from '../adapters/espeak-speaker.ts';
import { createFileJack, createUnknownJack } from '../adapters/headphone-jack.ts';
import { createRecordings } from '../adapters/recordings.ts';
import type { Log } from '../domain/ports.ts';
import { createSpeech } from '../services/speech.ts';
import { systemTimers } from '../services/timers.ts';
import type { Config } from './config.ts';
import { recordingFolders } from './recording-folders.ts';

/** What the visitor hears, and by whom else it is heard. */
export function openSpeech({ config, log }: { readonly config: Config; readonly log: Log }) {
  const { headphonesFile, resourcesDir, content } = config;
  const speech = createSpeech({
    speaker: createEspeakSpeaker(),
    recordings: createRecordings(recordingFolders(resourcesDir, content.districtDir)),
    timers: systemTimers,
    log,
  });
  const jack = headphonesFile === null ? createUnknownJack() : createFileJack(headphonesFile);
  const stop = async (): Promise<void> => {
    jack.close();
    await speech.stop();
  };
  return { speech, jack, stop };
}
export type SpeechServices = ReturnType<typeof openSpeech>;
