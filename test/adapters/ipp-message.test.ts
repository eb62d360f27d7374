import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeIppRequest,
  ippGroups,
  ippOperations,
  parseIppAnswer,
} from '../../src-main/adapters/ipp-message.ts';
import { encodeAnswer } from '../helpers/fake-ipp-server.ts';

const honest = encodeAnswer(0, 7, [
  {
    tag: ippGroups.printer,
    attributes: [
      [0x23, 'printer-state', [5]],
      [0x44, 'printer-state-reasons', ['media-empty-error', 'cover-open-error']],
      [0x22, 'printer-is-accepting-jobs', [true]],
    ],
  },
]);

describe('an IPP answer', () => {
  test('is read with every value of an attribute', () => {
    const answer = parseIppAnswer(honest);
    expect(answer).toMatchObject({ status: 0, requestId: 7 });
    const printer = answer?.groups.find((group) => group.tag === ippGroups.printer);
    expect(printer?.attributes.get('printer-state-reasons')).toEqual([
      'media-empty-error',
      'cover-open-error',
    ]);
    expect(printer?.attributes.get('printer-is-accepting-jobs')).toEqual([true]);
  });

  test('cut anywhere is no answer', () => {
    for (let length = 0; length < honest.length; length += 1) {
      expect(parseIppAnswer(honest.subarray(0, length))).toBeNull();
    }
  });

  test('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseIppAnswer(Buffer.from(bytes));
      }),
    );
  });

  test('with any byte changed never throws', () => {
    fc.assert(
      fc.property(fc.nat(honest.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = Buffer.from(honest);
        bytes[at] = byte;
        parseIppAnswer(bytes);
      }),
    );
  });

  test('has the shape of a request, so that one reads as the other', () => {
    const request = encodeIppRequest({
      operation: ippOperations.printJob,
      requestId: 42,
      operationAttributes: [
        { name: 'printer-uri', kind: 'uri', values: ['ipp://fjordby/slip'] },
        { name: 'requested-attributes', kind: 'keyword', values: ['job-id', 'job-state'] },
      ],
      jobAttributes: [{ name: 'copies', kind: 'integer', values: [1] }],
    });
    const read = parseIppAnswer(request);
    expect(read).toMatchObject({ status: ippOperations.printJob, requestId: 42 });
    expect(read?.groups[0]?.attributes.get('requested-attributes')).toEqual(['job-id', 'job-state']);
    expect(read?.groups[1]?.attributes.get('copies')).toEqual([1]);
  });
});
