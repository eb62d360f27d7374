import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeWelcome, FakeVisitorServices } from '../helpers/fake-visitor-api.ts';
import type { Gate } from '../../src-main/contract/content.ts';
import type { Welcome } from '../../src-main/contract/visitor.ts';
import type { QuestionInput } from '../../src-main/domain/draft-input.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';

let services: FakeVisitorServices;
let visit: Visit;

/** Lets everything that waits for nothing but a turn happen. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);
const seconds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 1000);

async function open(changes: Partial<Welcome> = {}): Promise<void> {
  services = new FakeVisitorServices(makeWelcome(changes));
  visit = new Visit({ line: services.line, onTexts: () => undefined });
  await settle();
}

beforeEach(async () => {
  vi.useFakeTimers();
  await open();
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

const screen = (): string => visit.session.screens.current.name;

function gate(): Gate {
  const { current } = visit.session.screens;
  const found = visit.kiosk.content?.gates.find(
    (candidate) => current.name === 'gate' && candidate.id === current.gateId,
  );
  if (found === undefined) throw new Error(`no gate on ${current.name}`);
  return found;
}

function passGates(): void {
  visit.session.answerGate(gate(), 'none');
  visit.session.answerGate(gate(), 'none');
  visit.session.answerGate(gate(), 'denmark');
}

function choose(typeId: string): void {
  const { content } = visit.kiosk;
  const type = content === null ? null : findType(content, typeId);
  if (type === null) throw new Error(`no type ${typeId}`);
  visit.session.chooseType(type);
}

/** From the first touch to the first question, about stolen things unless said otherwise. */
function startReport(typeId = 'stolen-things', isUnder18 = false): void {
  visit.session.chooseLanguage('en');
  visit.session.openDoor('report');
  visit.session.passGate(null);
  passGates();
  visit.session.draft.isUnder18 = isUnder18;
  choose(typeId);
}

function input<K extends QuestionInput['kind']>(kind: K): Extract<QuestionInput, { kind: K }> {
  const found = visit.session.questions.input;
  const is = (candidate: QuestionInput | null): candidate is Extract<QuestionInput, { kind: K }> =>
    candidate?.kind === kind;
  if (!is(found)) throw new Error(`the question on screen is not of kind ${kind}`);
  return found;
}

function addPhone(): void {
  const { questions } = visit.session;
  questions.addThing(input('things'), 'phone');
  const { editing } = input('things');
  if (editing !== null) editing.fields['brand'] = 'Kvark 5';
  questions.keepThing(input('things'));
}

async function skipToCheck(): Promise<void> {
  for (let turn = 0; screen() === 'question' && turn < 30; turn += 1) visit.session.questions.skip('skipped');
  await settle();
}

async function reachCheck(): Promise<void> {
  startReport();
  addPhone();
  await visit.session.questions.next();
  await skipToCheck();
}

describe('telling', () => {
  test('from language to the first question it is three gates and a type, each with one touch', () => {
    startReport();
    expect(visit.session.screens.stack.map(({ name }) => name)).toEqual([
      'start',
      'home',
      'privacy',
      'gate',
      'gate',
      'gate',
      'types',
      'question',
    ]);
    expect(visit.session.questions.step.position).toBe(1);
  });

  test('theft takes at most twelve screens from the type to the number', async () => {
    await reachCheck();
    const names = visit.session.screens.stack.map(({ name }) => name);
    expect(names.slice(names.indexOf('types') + 1).length + 1).toBeLessThanOrEqual(12);
  });

  test('an answer that is for an officer leads there, and another answer leads on', async () => {
    startReport('from-vehicle');
    input('choice').codes = ['someone-hurt'];
    await visit.session.questions.next();
    expect(screen()).toBe('officer');
    visit.session.back();
    input('choice').codes = ['damaged'];
    await visit.session.questions.next();
    expect(visit.session.questions.question?.id).toBe('vehicle');
  });

  test('a child tells alone of a stolen thing; with a cheated bank account an officer helps', () => {
    startReport('contact-fraud', true);
    expect(screen()).toBe('officer');
    visit.session.back();
    choose('online-trade');
    visit.session.passNotice();
    expect(screen()).toBe('question');
  });

  test('the language is changed in the middle of a thing: what was typed is still there', () => {
    startReport();
    visit.session.questions.addThing(input('things'), 'phone');
    const { editing } = input('things');
    if (editing !== null) editing.fields['brand'] = 'Kvark 5';
    visit.session.go('language');
    visit.session.chooseLanguage('ar');
    expect(screen()).toBe('question');
    expect(visit.session.language).toBe('ar');
    expect(input('things').editing).toMatchObject({ kind: 'phone', fields: { brand: 'Kvark 5' }, at: null });
  });

  test('going back and forth loses nothing, skipping keeps what stands in the field', async () => {
    startReport();
    addPhone();
    await visit.session.questions.next();
    input('when').precision = 'day';
    input('when').startDate = '2026-11-19';
    visit.session.questions.skip('unknown');
    visit.session.back();
    expect(input('when').startDate).toBe('2026-11-19');
    visit.session.back();
    expect(input('things').things).toEqual([{ kind: 'phone', fields: { brand: 'Kvark 5' } }]);
    await visit.session.questions.next();
    await visit.session.questions.next();
    expect(visit.session.draft.answers['when']).toEqual({
      kind: 'when',
      precision: 'day',
      start: '2026-11-19',
      end: null,
    });
  });

  test('an empty list, a day to come and an end before the start are each one sentence, and kept by who insists', async () => {
    startReport();
    await visit.session.questions.next();
    expect(visit.session.questions.problem).toEqual({ problem: 'empty', field: 'things' });
    addPhone();
    await visit.session.questions.next();
    const when = input('when');
    when.precision = 'between';
    when.startDate = '2026-11-20';
    when.startTime = '1330';
    when.endDate = '2026-11-20';
    when.endTime = '1215';
    await visit.session.questions.next();
    expect(visit.session.questions.problem).toEqual({ problem: 'end-before-start', field: 'end-date' });
    when.endDate = '2026-11-21';
    await visit.session.questions.next();
    expect(visit.session.questions.problem).toEqual({ problem: 'future', field: 'end-date' });
    expect(visit.session.questions.question?.id).toBe('when');
    await visit.session.questions.next();
    expect(visit.session.questions.question?.id).toBe('where');
    expect(visit.session.draft.answers['when']).toMatchObject({ end: '2026-11-21T12:15', marks: ['future'] });
  });

  test('with a clock nobody trusts no day counts as one to come', async () => {
    visit.stop();
    await open({ isClockTrusted: false, localTime: '2001-01-01T00:00' });
    startReport();
    addPhone();
    await visit.session.questions.next();
    input('when').precision = 'day';
    input('when').startDate = '2026-11-19';
    await visit.session.questions.next();
    expect(visit.session.questions.problem).toBeNull();
  });

  test('a postcode of two districts asks for the municipality; an unknown one is said once', async () => {
    startReport();
    visit.session.questions.skip('skipped');
    visit.session.questions.skip('skipped');
    input('place').postcode = '٢٨٣٠';
    await visit.session.questions.next();
    expect(visit.session.questions.problem?.problem).toBe('which-municipality');
    expect(visit.session.questions.place.municipalities.map(({ code }) => code)).toEqual(['0173', '0230']);
    input('place').municipalityCode = '0230';
    await visit.session.questions.next();
    expect(visit.session.draft.answers['where']).toEqual({
      kind: 'place',
      setting: 'place',
      postcode: '2830',
      typedPostcode: '٢٨٣٠',
      town: 'Fjordby',
      municipalityCode: '0230',
      municipality: 'Rudersdal',
      words: '',
    });
    visit.session.back();
    Object.assign(input('place'), { postcode: '9999', municipalityCode: null });
    await visit.session.questions.next();
    expect(visit.session.questions.problem?.problem).toBe('unknown-postcode');
    await visit.session.questions.next();
    expect(visit.session.draft.answers['where']).toMatchObject({ postcode: '9999' });
  });

  test('sixty things are the most; the screen says so and keeps them', () => {
    startReport();
    for (let count = 0; count < 60; count += 1) addPhone();
    visit.session.questions.addThing(input('things'), 'phone');
    expect(visit.session.questions.problem?.problem).toBe('too-many');
    expect(input('things').things).toHaveLength(60);
  });

  test('a changed answer leads back to the list of answers, and back from there leaves it as it was', async () => {
    await reachCheck();
    visit.session.questions.change('what-happened');
    input('text').text = 'It was on the table.';
    await visit.session.questions.next();
    expect(screen()).toBe('check');
    expect(visit.session.draft.answers['what-happened']).toEqual({
      kind: 'text',
      text: 'It was on the table.',
    });
    visit.session.questions.change('when');
    visit.session.back();
    expect(screen()).toBe('check');
  });
});

describe('sending', () => {
  test('two touches on send make one report', async () => {
    await reachCheck();
    services.holdSubmits = true;
    visit.session.submit();
    visit.session.submit();
    await settle();
    expect(screen()).toBe('submit');
    services.releaseSubmits();
    await settle();
    expect(services.arrived).toHaveLength(1);
    expect(screen()).toBe('reference');
  });

  test('the number cannot be wiped by the second half of a double tap', async () => {
    await reachCheck();
    visit.session.submit();
    await settle();
    visit.finish();
    expect(screen()).toBe('reference');
    await seconds(1.3);
    visit.finish();
    expect(screen()).toBe('start');
    expect(services.left).toEqual([services.arrived[0]?.reportId]);
  });

  test('once the number is there, back leads nowhere and the answers are gone', async () => {
    await reachCheck();
    visit.session.submit();
    await settle();
    visit.session.back();
    expect(screen()).toBe('reference');
    expect(visit.session.draft.answers).toEqual({});
    expect(visit.session.draft.inputs).toEqual({});
  });

  test('the line falls after the report was stored: the same id is sent again and there is one report', async () => {
    await reachCheck();
    services.failures.push('line-drops');
    visit.session.submit();
    await settle();
    expect(visit.session.submission.state.name).toBe('sending');
    await seconds(1.1);
    expect(screen()).toBe('reference');
    expect(services.arrived).toHaveLength(2);
    expect(services.stored.size).toBe(1);
  });

  test('nobody knows: the screen says so, the answers cannot be changed, a touch sends the very same report', async () => {
    await reachCheck();
    services.failures.push('uncertain', 'uncertain', 'uncertain');
    visit.session.submit();
    await seconds(4);
    expect(visit.session.submission.state.name).toBe('uncertain');
    visit.session.back();
    expect(screen()).toBe('submit');
    visit.session.submission.retry();
    await settle();
    expect(screen()).toBe('reference');
    expect(new Set(services.arrived.map((submission) => JSON.stringify(submission))).size).toBe(1);
  });

  test('the disk is full: nothing is lost, and after a change the same id is sent', async () => {
    await reachCheck();
    services.failures.push('not-stored');
    visit.session.submit();
    await settle();
    expect(visit.session.submission.state).toEqual({ name: 'not-stored', reason: 'full' });
    visit.session.back();
    expect(screen()).toBe('check');
    visit.session.submit();
    await settle();
    expect(screen()).toBe('reference');
    expect(services.arrived[0]?.reportId).toBe(services.arrived[1]?.reportId);
  });

  test('the line is down: it waits, says so, and goes by itself when the line is back', async () => {
    await reachCheck();
    services.unplug();
    visit.session.submit();
    await settle();
    expect(visit.session.submission.state.name).toBe('waiting');
    expect(services.arrived).toHaveLength(0);
    services.plugIn();
    await settle();
    expect(screen()).toBe('reference');
  });

  test('the slip is followed: sent is not printed, and a fault is named', async () => {
    await reachCheck();
    visit.session.submit();
    await settle();
    const { submission } = visit.session;
    const reportId = services.arrived[0]?.reportId;
    if (reportId === undefined) throw new Error('nothing arrived');
    services.push({ kind: 'receipt', receipt: { reportId, state: 'sent', problem: null } });
    await settle();
    expect([submission.printState, submission.problem]).toEqual(['sent', null]);
    services.push({ kind: 'receipt', receipt: { reportId, state: 'failed', problem: 'no-paper' } });
    await settle();
    expect([submission.printState, submission.problem]).toEqual(['failed', 'no-paper']);
  });

  test('no key to seal with: reporting is not offered', async () => {
    visit.stop();
    await open({ mode: 'unenrolled', canReport: false });
    visit.session.chooseLanguage('da');
    visit.session.openDoor('report');
    expect(screen()).toBe('unenrolled');
  });
});

describe('leaving', () => {
  test('nobody touches the screen: a warning counts down, one touch extends, silence wipes everything', async () => {
    startReport();
    addPhone();
    visit.session.settings.textSize = '1.25';
    const before = visit.session;
    await seconds(91);
    expect(visit.session.idle.isWarning).toBe(true);
    visit.session.idle.touch();
    expect(visit.session.idle.isWarning).toBe(false);
    expect(visit.session).toBe(before);
    await seconds(91);
    expect(visit.session.idle.secondsLeft).toBeLessThanOrEqual(30);
    await seconds(31);
    expect(visit.session).not.toBe(before);
    expect([screen(), visit.session.language, visit.session.settings.textSize]).toEqual(['start', 'da', '1']);
    expect(before.draft.inputs).toEqual({});
    expect(services.arrived).toEqual([]);
    expect(visit.session.draft.reportId).not.toBe(before.draft.reportId);
  });

  test('a held key pauses the clock; the start screen nobody has touched never ends', async () => {
    await seconds(600);
    const untouched = visit.session;
    visit.session.chooseLanguage('en');
    visit.session.idle.hold();
    await seconds(200);
    expect(visit.session.idle.isWarning).toBe(false);
    visit.session.idle.release();
    await seconds(125);
    expect(visit.session).not.toBe(untouched);
  });

  test('hiding keeps the draft; the same button shows it again', () => {
    startReport();
    addPhone();
    visit.session.screens.isHidden = true;
    expect(screen()).toBe('question');
    visit.session.screens.isHidden = false;
    expect(input('things').things).toHaveLength(1);
  });

  test('the number stays two minutes, then the screen is for the next visitor', async () => {
    await reachCheck();
    visit.session.submit();
    await settle();
    await seconds(110);
    expect(screen()).toBe('reference');
    await seconds(11);
    expect(screen()).toBe('start');
  });
});

describe('help from people', () => {
  test('call staff: telling, then a colleague is coming', async () => {
    visit.session.chooseLanguage('en');
    void visit.session.staffNow.raise();
    await settle();
    expect(visit.session.staffNow.words).toBe('telling');
    services.alertBecomes('taken');
    await settle();
    expect(visit.session.staffNow.words).toBe('coming');
    await seconds(40);
    expect(visit.session.staffNow.words).toBe('coming');
  });

  test('nobody takes it in thirty seconds: the screen says that nobody has answered', async () => {
    void visit.session.staffNow.raise();
    await seconds(31);
    expect(visit.session.staffNow.words).toBe('nobody');
  });

  test('no desk is connected: nobody, at once', async () => {
    services.isDeskConnected = false;
    services.pushKiosk();
    await settle();
    void visit.session.staffNow.raise();
    await settle();
    expect(visit.session.staffNow.words).toBe('nobody');
  });

  test('the desk is unplugged after it has seen the alert: nobody', async () => {
    void visit.session.staffNow.raise();
    await settle();
    expect(visit.session.staffNow.words).toBe('telling');
    services.pushKiosk({ isDeskConnected: false });
    await settle();
    expect(visit.session.staffNow.words).toBe('nobody');
  });

  test('the line is down: nobody, and it is told when the line is back', async () => {
    services.unplug();
    void visit.session.staffNow.raise();
    await settle();
    expect(visit.session.staffNow.words).toBe('nobody');
    services.plugIn();
    await settle();
    expect(services.raised.map(({ kind }) => kind)).toEqual(['staff-now']);
  });

  test('danger opens STOP without a word from the services, tells the desk quietly, and keeps the draft', async () => {
    startReport();
    services.unplug();
    visit.session.openStop();
    expect(screen()).toBe('stop');
    await settle();
    services.plugIn();
    await settle();
    expect(services.raised.map(({ kind }) => kind)).toEqual(['danger-notice']);
    visit.session.back();
    expect(screen()).toBe('question');
  });

  test('a yes at the first gate is the alarm; force leads to an officer and asks nothing about it', async () => {
    visit.session.chooseLanguage('en');
    visit.session.openDoor('report');
    visit.session.passGate(null);
    visit.session.answerGate(gate(), 'happening-now');
    await settle();
    expect([screen(), services.raised.at(-1)?.kind]).toEqual(['stop', 'staff-now']);
    visit.session.back();
    visit.session.answerGate(gate(), 'none');
    visit.session.answerGate(gate(), 'fear');
    expect(screen()).toBe('officer');
    visit.session.askOfficer({ nameToCall: 'Ravn', isPersonHere: 'yes' });
    await settle();
    expect(screen()).toBe('officer-waiting');
    expect(services.raised.at(-1)).toMatchObject({
      kind: 'officer',
      nameToCall: 'Ravn',
      isPersonHere: 'yes',
    });
    expect(visit.session.draft.gateAnswers).toEqual({});
    await seconds(31);
    expect(visit.session.officer.words).toBe('nobody');
    await seconds(31);
    expect(screen()).toBe('start');
  });
});
