import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeWelcome, FakeVisitorServices } from '../helpers/fake-visitor-api.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';

let visit: Visit;

beforeEach(async () => {
  vi.useFakeTimers();
  visit = new Visit({ line: new FakeVisitorServices(makeWelcome()).line, onTexts: () => undefined });
  await vi.advanceTimersByTimeAsync(1);
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

const screen = (): string => visit.session.screens.current.name;

function answerGate(code: string): void {
  const { current } = visit.session.screens;
  const gate = visit.kiosk.content?.gates.find(({ id }) => current.name === 'gate' && id === current.gateId);
  if (gate === undefined) throw new Error(`no gate on ${current.name}`);
  visit.session.answerGate(gate, code);
}

function choose(typeId: string): void {
  const { content } = visit.kiosk;
  const type = content === null ? null : findType(content, typeId);
  if (type === null) throw new Error(`no type ${typeId}`);
  visit.session.chooseType(type);
}

describe('choosing', () => {
  const names = (): string[] => visit.session.screens.stack.map(({ name }) => name).slice(6);

  function toGate(door: 'report' | 'tip', place: string): void {
    visit.session.chooseLanguage('en');
    visit.session.openDoor(door);
    visit.session.passGate(null);
    answerGate('none');
    // What is told of others needs neither "force" nor "where": those choose among types.
    if (door === 'tip') return;
    answerGate('none');
    answerGate(place);
  }

  test('every type with a group stands in it, and each group leads to its types in the order of content', () => {
    toGate('report', 'denmark');
    const { content } = visit.kiosk;
    const offered = content?.groups.flatMap(({ types }) => types) ?? [];
    const all = [...(content?.reportTypes ?? []), ...(content?.otherTypes ?? [])];
    const grouped = all.filter(({ group }) => group !== null).map(({ id }) => id);
    expect(offered.toSorted()).toEqual(grouped.toSorted());
    for (const group of content?.groups ?? []) {
      visit.session.openGroup(group);
      expect(visit.session.screens.current).toEqual({ name: 'type-group', groupId: group.id });
      visit.session.back();
      expect(screen()).toBe('types');
    }
  });

  test('a group of one type opens it at once', () => {
    toGate('report', 'denmark');
    visit.session.openGroup({ id: 'alone', icon: 'bag', types: ['stolen-things'] });
    expect(names()).toEqual(['types', 'question']);
  });

  test('what happened online leads to its types first, and back to all groups', () => {
    toGate('report', 'online');
    expect(visit.session.screens.current).toEqual({ name: 'type-group', groupId: 'online' });
    visit.session.back();
    expect(screen()).toBe('types');
  });

  test('what cannot wait is said before the first question, and before the officer', () => {
    toGate('report', 'denmark');
    choose('hacking');
    expect(screen()).toBe('type-notice');
    visit.session.passNotice();
    expect(names()).toEqual(['types', 'type-notice', 'question']);
    visit.session.screens.goBackTo('types');
    choose('sexual-abuse');
    visit.session.passNotice();
    expect(names()).toEqual(['types', 'type-notice', 'officer']);
    visit.session.screens.goBackTo('types');
    choose('assault');
    expect(names()).toEqual(['types', 'officer']);
  });

  test('what never becomes a report ends with what to do instead', () => {
    toGate('report', 'denmark');
    choose('complaint');
    expect(visit.session.screens.current).toEqual({ name: 'type-info', typeId: 'complaint' });
    visit.session.submit();
    expect(screen()).toBe('type-info');
    visit.session.back();
    expect(screen()).toBe('types');
  });

  test('bad words alone end with the way to the court; threats lead to an officer, hate to the groups', async () => {
    toGate('report', 'denmark');
    for (const [code, leadsTo] of [
      ['threat', 'officer'],
      ['hate', 'types'],
      ['none', 'question'],
    ] as const) {
      visit.session.screens.goBackTo('types');
      choose('defamation');
      const { input } = visit.session.questions;
      if (input?.kind !== 'choice') throw new Error('not the first question');
      input.codes = [code];
      await visit.session.questions.next();
      expect(screen()).toBe(leadsTo);
    }
    visit.session.questions.skip('unknown');
    expect(screen()).toBe('type-info');
  });

  test('the door of tips leads to the tip; the door of reports, chosen after it, to the groups', () => {
    toGate('tip', 'denmark');
    expect(visit.session.screens.current).toEqual({ name: 'type-notice', typeId: 'tip' });
    visit.session.passNotice();
    expect(visit.session.questions.question?.id).toBe('tip-about');
    visit.session.screens.goBackTo('home');
    visit.session.screens.back();
    toGate('report', 'denmark');
    expect(screen()).toBe('types');
  });
});
