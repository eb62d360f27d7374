import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { judgeSlip } from '../../src-renderer/state/slip-verdict.ts';
import { makeSlipSigner } from '../helpers/slip-code.ts';

const { signer, kioskKey } = await makeSlipSigner();
const stranger = await makeSlipSigner();
const here = { kioskId: '07-120', keys: [kioskKey] };
const reference = makeReference('07', '120', '483739');
const claims = { reference, stationId: 'lokal-fjordby', day: '2026-11-20' };
const code = await signer.sign(claims);
const genuine = { kind: 'genuine', reference, day: '2026-11-20', stationId: 'lokal-fjordby' };

test('a slip of this kiosk is genuine, with caps lock on, control codes and a broken line in it too', async () => {
  expect(await judgeSlip(code, here)).toEqual(genuine);
  const odd = `\u0002\u001d${code.slice(0, 60).toLowerCase()}\r\n\u200f${code.slice(60)}\u0003\t`;
  expect(await judgeSlip(odd, here)).toEqual(genuine);
});

test('a slip that somebody else signed, or whose number, day or station was changed, is forged', async () => {
  const other = makeReference('07', '120', '483740');
  const signature = code.slice(code.lastIndexOf('.'));
  const forgeries = [
    await stranger.signer.sign(claims),
    code.replace('20261120', '20261121'),
    code.replace(reference, other),
    code.replace('FJORDBY', 'FJORDBU'),
    // A number whose check digit no kiosk would have given out.
    code.replace(reference, `${reference.slice(0, 11)}${(Number(reference[11]) + 1) % 10}`),
    `SK1.${reference}.20261120.LOKAL.FJORDBY.${'A'.repeat(signature.length - 1)}`,
  ];
  for (const forgery of forgeries) expect(await judgeSlip(forgery, here)).toEqual({ kind: 'forged' });
});

test('a code that lost or gained a sign is never genuine', async () => {
  const change = fc.record({ at: fc.nat(code.length - 1), text: fc.constantFrom('', 'A', '7', '.', 'AA') });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, text }) => {
      const changed = code.slice(0, at) + text + code.slice(at + 1);
      fc.pre(changed !== code);
      expect((await judgeSlip(changed, here)).kind).not.toBe('genuine');
    }),
  );
  expect(await judgeSlip(code.slice(0, 90), here)).toEqual({ kind: 'incomplete' });
});

test('another kiosk’s slip cannot be checked here, nor any by a kiosk without a key', async () => {
  const foreign = makeReference('07', '121', '483739');
  const away = await stranger.signer.sign({ ...claims, reference: foreign });
  expect(await judgeSlip(away, here)).toEqual({ kind: 'other-kiosk', kioskId: '07-121' });
  expect(await judgeSlip(foreign, here)).toEqual({ kind: 'other-kiosk', kioskId: '07-121' });
  expect(await judgeSlip(code, { ...here, keys: [] })).toEqual({ kind: 'no-key' });
});

test('a number alone is only a number, however it is typed', async () => {
  const typed = [reference, reference.replace(/(.{4})(.{4})/, ' $1-$2 ')];
  for (const text of typed) expect(await judgeSlip(text, here)).toEqual({ kind: 'number', reference });
  const eastern = reference.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));
  expect(await judgeSlip(eastern, here)).toEqual({ kind: 'number', reference });
});

test('a wrong digit is told with its group where that can be known', async () => {
  const wrongAt = (at: number): string =>
    reference.slice(0, at) + String((Number(reference[at]) + 1) % 10) + reference.slice(at + 1);
  const groups = await Promise.all([1, 4, 6, 11].map((at) => judgeSlip(wrongAt(at), here)));
  expect(groups).toEqual(
    ['group-1', 'group-2', 'group-2-or-3', 'group-2-or-3'].map((group) => ({ kind: 'wrong-digit', group })),
  );
  const elsewhere = makeReference('13', '455', '100200');
  const wrong = elsewhere.slice(0, 11) + String((Number(elsewhere[11]) + 1) % 10);
  expect(await judgeSlip(wrong, here)).toEqual({ kind: 'wrong-digit', group: 'any' });
  expect(await judgeSlip('0712 0483', here)).toEqual({ kind: 'digit-count', count: 8 });
});

test('anything else is not a slip, of any length and any signs', async () => {
  for (const text of ['https://sk1.example', '<b>SK1.</b>', 'SK2.071204837395', `SK1.${'A'.repeat(900_000)}`])
    expect(await judgeSlip(text, here)).toEqual({ kind: 'not-a-slip' });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 250 }), async (text) => {
      expect((await judgeSlip(text, here)).kind).not.toBe('genuine');
    }),
  );
});
