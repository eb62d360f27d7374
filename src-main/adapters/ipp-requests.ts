import type { IppClient, IppReply } from './ipp-client.ts';
import { readValues } from './ipp-printer-state.ts';
import { ippGroups, ippOperations, type IppAnswer, type IppAttribute, type IppValue } from './ipp-message.ts';

/** One job as a printer lists it. */
export interface IppJob {
  readonly id: number;
  readonly name: string;
  readonly state: number | null;
  readonly reasons: readonly string[];
  /** Sheets that came out, or their sides; null when the printer does not count. */
  readonly sheets: number | null;
}

/** The five questions a receipt asks. */
export interface IppRequests {
  getPrinter(signal: AbortSignal): Promise<IppReply>;
  printJob(jobName: string, pdf: Uint8Array, signal: AbortSignal): Promise<IppReply>;
  getJob(jobId: number, signal: AbortSignal): Promise<IppReply>;
  getMyJobs(which: 'completed' | 'not-completed', signal: AbortSignal): Promise<IppReply>;
  cancelJob(jobId: number, signal: AbortSignal): Promise<IppReply>;
}

const printerAttributes = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'document-format-supported',
  'cups-version',
  'device-uri',
];
const jobAttributes = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-media-sheets-completed',
  'job-impressions-completed',
];

const jobId = (id: number): IppAttribute => ({ name: 'job-id', kind: 'integer', values: [id] });
const wanted = (values: readonly string[]): IppAttribute => ({
  name: 'requested-attributes',
  kind: 'keyword',
  values,
});

const describeDocument = (jobName: string): readonly IppAttribute[] => [
  { name: 'job-name', kind: 'nameWithoutLanguage', values: [jobName] },
  { name: 'document-format', kind: 'mimeMediaType', values: ['application/pdf'] },
];

export function createIppRequests(client: IppClient): IppRequests {
  // RFC 8011 wants the target first, then the user, then the rest.
  const common = (...middle: readonly IppAttribute[]): readonly IppAttribute[] => [
    { name: 'printer-uri', kind: 'uri', values: [client.printerUri] },
    ...middle,
    { name: 'requesting-user-name', kind: 'nameWithoutLanguage', values: ['skranke'] },
  ];
  const ask = (
    operation: (typeof ippOperations)[keyof typeof ippOperations],
    operationAttributes: readonly IppAttribute[],
    signal: AbortSignal,
  ): Promise<IppReply> => client.send({ operation, operationAttributes, jobAttributes: [] }, null, signal);
  return {
    getPrinter: (signal) =>
      ask(ippOperations.getPrinterAttributes, [...common(), wanted(printerAttributes)], signal),
    getJob: (id, signal) =>
      ask(ippOperations.getJobAttributes, [...common(jobId(id)), wanted(jobAttributes)], signal),
    getMyJobs: (which, signal) =>
      ask(
        ippOperations.getJobs,
        [
          ...common(),
          wanted(jobAttributes),
          { name: 'which-jobs', kind: 'keyword', values: [which] },
          { name: 'my-jobs', kind: 'boolean', values: [true] },
        ],
        signal,
      ),
    cancelJob: (id, signal) => ask(ippOperations.cancelJob, common(jobId(id)), signal),
    printJob: (jobName, pdf, signal) =>
      client.send(
        {
          operation: ippOperations.printJob,
          operationAttributes: [...common(), ...describeDocument(jobName)],
          jobAttributes: [{ name: 'print-scaling', kind: 'keyword', values: ['none'] }],
        },
        pdf,
        signal,
      ),
  };
}

/** The jobs of an answer that have an id; other groups are somebody else's. */
export function readJobs(answer: IppAnswer): readonly IppJob[] {
  return answer.groups.flatMap((group) => {
    if (group.tag !== ippGroups.job) return [];
    const only: IppAnswer = { ...answer, groups: [group] };
    const values = (name: string): readonly IppValue[] => readValues(only, ippGroups.job, name);
    const id = values('job-id')[0];
    const name = values('job-name')[0];
    const state = values('job-state')[0];
    const counts = [...values('job-media-sheets-completed'), ...values('job-impressions-completed')];
    if (typeof id !== 'number') return [];
    return [
      {
        id,
        name: typeof name === 'string' ? name : '',
        state: typeof state === 'number' ? state : null,
        reasons: values('job-state-reasons').filter((reason) => typeof reason === 'string'),
        sheets: counts.filter((count) => typeof count === 'number').toSorted((a, b) => b - a)[0] ?? null,
      },
    ];
  });
}
