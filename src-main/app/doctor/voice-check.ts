import { join } from 'node:path';
import { inspectRecordings } from '../../adapters/recordings.ts';
import { recordingFolders } from '../recording-folders.ts';
import { programRoot } from '../config.ts';
import { tryVoices } from '../speech-tools.ts';
import { fail, ok, together, warn, type Finding, type Scene } from './check.ts';

/** Every language of the screen is spoken here and now, and every recording looked at. */
export async function checkVoices({ config }: Scene): Promise<Finding> {
  const folders = recordingFolders(join(programRoot(), 'resources'), config?.content.districtDir);
  return together([judgeVoices(await tryVoices()), await judgeRecordings(folders)]);
}

function judgeVoices(voices: Awaited<ReturnType<typeof tryVoices>>): Finding {
  const silent = [...voices].flatMap(([language, state]) => (state === 'spoken' ? [] : [language]));
  return silent.length === 0
    ? ok(`${[...voices.keys()].join(', ')} can be heard.`)
    : fail(
        `Nothing is read aloud in ${silent.join(', ')}; the screen says so to whoever wants to listen.`,
        'Install the program again.',
      );
}

async function judgeRecordings(folders: readonly string[]): Promise<Finding> {
  const { good, bad } = await inspectRecordings(folders);
  if (bad.length > 0)
    return warn(
      `These are no recordings, and the voice speaks in their place: ${bad.slice(0, 3).join(', ')}.`,
      'Save them as WAV, one channel, 16 bits; "skranke say --name" tells what each is called.',
    );
  return good === 0 ? ok('No words are read by a person.') : ok(`${good} recordings of a person.`);
}
