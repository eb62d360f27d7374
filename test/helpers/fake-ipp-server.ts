import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { parseIppAnswer, type IppValue } from '../../src-main/adapters/ipp-message.ts';

const operations = { print: 0x02, cancel: 0x08, getJob: 0x09, getJobs: 0x0a, getPrinter: 0x0b } as const;
const states = { held: 4, processing: 5, canceled: 7, aborted: 8, completed: 9 } as const;

export interface FakeJob {
  readonly id: number;
  readonly name: string;
  readonly pdf: Buffer;
  state: number;
  reasons: readonly string[];
}

/** A printer that speaks IPP over a real socket, with a hand on every fault. */
export interface FakeIppServer {
  readonly url: string;
  readonly jobs: FakeJob[];
  /** printer-state-reasons from now on. */
  setReasons(...reasons: string[]): void;
  /** The reasons that appear as soon as the next job is taken; the job then waits. */
  setReasonsWithJob(...reasons: string[]): void;
  /** Jobs are taken and never end. */
  hang(): void;
  /** Jobs are taken and kept back by the queue. */
  hold(): void;
  /** A job is aborted by the printer itself, for these reasons. */
  abortJobs(...jobReasons: string[]): void;
  /** A job ends well, with these reasons beside it. */
  completeWith(...jobReasons: string[]): void;
  /** From now on it tells how many sheets of a job came out. */
  countSheets(count: number): void;
  /** It is a queue of CUPS before this device. */
  beCups(deviceUri: string): void;
  /** A finished job is forgotten at once, as queues do. */
  forgetJobs(): void;
  /** The job ends between the deadline and the wish to cancel it. */
  finishOnCancel(): void;
  /** Takes the connection and never answers. */
  fallSilent(): void;
  answerWith(bytes: Buffer): void;
  answerStatus(httpStatus: number): void;
  /** Takes the whole job, then the line breaks. `finished`: and has printed it. */
  dropMidway(finished?: boolean): void;
  stopAccepting(): void;
  refusePdf(): void;
  leaveOldJob(name: string): FakeJob;
  recover(): void;
  close(): Promise<void>;
}

interface Mood {
  reasons: readonly string[];
  reasonsWithJob: readonly string[] | null;
  jobs: 'complete' | 'hang' | 'hold' | 'abort' | 'forget' | 'finish-on-cancel';
  line: 'good' | 'silent' | 'drop-midway' | { readonly bytes: Buffer } | { readonly httpStatus: number };
  isAccepting: boolean;
  formats: readonly string[];
  jobReasons: readonly string[];
  sheets: number | null;
  deviceUri: string | null;
  hasFinished: boolean;
}

const healthy = (): Mood => ({
  reasons: ['none'],
  reasonsWithJob: null,
  jobs: 'complete',
  line: 'good',
  isAccepting: true,
  formats: ['application/pdf'],
  jobReasons: [],
  sheets: null,
  deviceUri: null,
  hasFinished: false,
});

/** @param tls certificate and key of a server that shows them; it then speaks IPPS. */
export async function startFakeIppServer(
  tls: { readonly cert: Buffer; readonly key: Buffer } | null = null,
): Promise<FakeIppServer> {
  const jobs: FakeJob[] = [];
  let mood = healthy();
  const handle = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response);
  const server = tls === null ? createServer(handle) : createSecureServer(tls, handle);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
    } catch {
      return;
    }
    const { line } = mood;
    if (line === 'silent') return;
    if (typeof line === 'object') {
      response.writeHead('httpStatus' in line ? line.httpStatus : 200, { 'content-type': 'application/ipp' });
      response.end('bytes' in line ? line.bytes : undefined);
      return;
    }
    const body = Buffer.concat(chunks);
    const bytes = answerRequest(body);
    if (line === 'drop-midway' && body.readUInt16BE(2) === operations.print) request.socket.destroy();
    else response.writeHead(200, { 'content-type': 'application/ipp' }).end(bytes);
  }

  function answerRequest(body: Buffer): Buffer {
    const asked = parseIppAnswer(body);
    if (asked === null) return encodeAnswer(0x0400, 0, []);
    const { requestId } = asked;
    const say = (status: number, groups: readonly Group[] = []): Buffer =>
      encodeAnswer(status, requestId, groups);
    const read = (name: string): IppValue | undefined => asked.groups[0]?.attributes.get(name)?.[0];
    const job = jobs.find((one) => one.id === read('job-id'));
    switch (asked.status) {
      case operations.getPrinter:
        return say(0, [describePrinter(mood)]);
      case operations.getJobs:
        return say(
          0,
          jobs
            .filter(({ state }) =>
              read('which-jobs') === 'completed' ? state > states.canceled - 1 : state < states.canceled,
            )
            .map((one) => describeJob(one, mood)),
        );
      case operations.print:
        return say(0, [
          describeJob(takeJob(String(read('job-name')), body.subarray(body.indexOf('%PDF'))), mood),
        ]);
      case operations.getJob:
        return job === undefined || mood.jobs === 'forget' ? say(0x0406) : say(0, [describeJob(job, mood)]);
      case operations.cancel:
        return job === undefined ? say(0x0406) : cancel(job) ? say(0) : say(0x0404);
      default:
        return say(0x0501);
    }
  }

  function takeJob(name: string, pdf: Buffer): FakeJob {
    const isDropped = mood.line === 'drop-midway' && !mood.hasFinished;
    const waits = mood.jobs === 'hang' || mood.jobs === 'finish-on-cancel' || isDropped;
    const ended = mood.jobs === 'abort' ? states.aborted : waits ? states.processing : states.completed;
    const state = mood.jobs === 'hold' ? states.held : ended;
    const job: FakeJob = { id: jobs.length + 1, name, pdf, state, reasons: mood.jobReasons };
    if (mood.reasonsWithJob !== null) {
      mood.reasons = mood.reasonsWithJob;
      job.state = states.processing;
    }
    jobs.push(job);
    return job;
  }

  function cancel(job: FakeJob): boolean {
    if (mood.jobs === 'finish-on-cancel') job.state = states.completed;
    if (job.state !== states.processing && job.state !== states.held) return false;
    job.state = states.canceled;
    return true;
  }

  const { port } = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address);
    });
  });
  const set = (change: Partial<Mood>): void => {
    mood = { ...mood, ...change };
  };
  return {
    url: `${tls === null ? 'ipp' : 'ipps'}://127.0.0.1:${port}/ipp/print`,
    jobs,
    setReasons: (...reasons) => set({ reasons }),
    setReasonsWithJob: (...reasons) => set({ reasonsWithJob: reasons }),
    hang: () => set({ jobs: 'hang' }),
    hold: () => set({ jobs: 'hold' }),
    abortJobs: (...jobReasons) => set({ jobs: 'abort', jobReasons }),
    completeWith: (...jobReasons) => set({ jobReasons }),
    countSheets: (sheets) => set({ sheets }),
    beCups: (deviceUri) => set({ deviceUri }),
    forgetJobs: () => set({ jobs: 'forget' }),
    finishOnCancel: () => set({ jobs: 'finish-on-cancel' }),
    fallSilent: () => set({ line: 'silent' }),
    answerWith: (bytes) => set({ line: { bytes } }),
    answerStatus: (httpStatus) => set({ line: { httpStatus } }),
    dropMidway: (hasFinished = false) => set({ line: 'drop-midway', hasFinished }),
    stopAccepting: () => set({ isAccepting: false }),
    refusePdf: () => set({ formats: ['image/pwg-raster'] }),
    leaveOldJob(name) {
      const job = { id: jobs.length + 1, name, pdf: Buffer.alloc(0), state: states.processing, reasons: [] };
      jobs.push(job);
      return job;
    },
    recover: () => {
      mood = healthy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Group {
  readonly tag: number;
  readonly attributes: readonly (readonly [tag: number, name: string, values: readonly IppValue[]])[];
}

const describePrinter = (mood: Mood): Group => ({
  tag: 0x04,
  attributes: [
    [0x23, 'printer-state', [3]],
    [0x44, 'printer-state-reasons', mood.reasons],
    [0x22, 'printer-is-accepting-jobs', [mood.isAccepting]],
    [0x49, 'document-format-supported', mood.formats],
    ...(mood.deviceUri === null
      ? []
      : ([
          [0x41, 'cups-version', ['2.4.2']],
          [0x45, 'device-uri', [mood.deviceUri]],
        ] as const)),
  ],
});

const describeJob = (job: FakeJob, { sheets }: Mood): Group => ({
  tag: 0x02,
  attributes: [
    [0x21, 'job-id', [job.id]],
    [0x42, 'job-name', [job.name]],
    [0x23, 'job-state', [job.state]],
    [0x44, 'job-state-reasons', job.reasons.length === 0 ? ['none'] : job.reasons],
    ...(sheets === null ? [] : ([[0x21, 'job-media-sheets-completed', [sheets]]] as const)),
  ],
});

/** Written apart from the adapter's own encoder, so that one mistake is not made twice. */
export function encodeAnswer(status: number, requestId: number, groups: readonly Group[]): Buffer {
  const bytes: number[] = [1, 1, status >> 8, status & 0xff];
  const int32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >> shift) & 0xff);
  const text = (value: string): number[] => [...Buffer.from(value)];
  const sized = (value: number[]): number[] => [value.length >> 8, value.length & 0xff, ...value];
  bytes.push(...int32(requestId), 0x01, 0x47, ...sized(text('attributes-charset')), ...sized(text('utf-8')));
  for (const group of groups) {
    bytes.push(group.tag);
    for (const [tag, name, values] of group.attributes) {
      values.forEach((value, index) => {
        const raw =
          typeof value === 'string'
            ? text(value)
            : typeof value === 'number'
              ? int32(value)
              : [Number(value)];
        bytes.push(tag, ...sized(text(index === 0 ? name : '')), ...sized(raw));
      });
    }
  }
  return Buffer.from([...bytes, 0x03]);
}
