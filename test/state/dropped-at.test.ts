import { afterEach, expect, test, vi } from 'vitest';
import { droppedAt } from '../../src-renderer/state/dropped-at.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';
import { FakeVisitorServices } from '../helpers/fake-visitor-api.ts';

let stop = (): void => undefined;
afterEach(() => {
  stop();
});

async function begin(): Promise<{ visit: Visit; services: FakeVisitorServices }> {
  const services = new FakeVisitorServices();
  const visit = new Visit({ line: services.line, onTexts: () => undefined });
  stop = () => visit.stop();
  await vi.waitUntil(() => visit.kiosk.welcome !== null);
  visit.session.chooseLanguage('ar');
  return { visit, services };
}

test('whoever leaves in the middle of a report is counted on that screen and in that language', async () => {
  const { visit, services } = await begin();
  visit.session.go('privacy');
  visit.leave();
  expect(services.dropped).toEqual([{ screen: 'privacy', language: 'ar' }]);
});

test('hours, home and whoever asked for an officer or pressed danger are not counted, nor is a report that was sent', async () => {
  const { visit, services } = await begin();
  visit.session.go('hours');
  visit.leave();
  visit.session.go('privacy');
  visit.session.go('officer');
  visit.leave();
  expect(services.dropped).toEqual([]);
  const privacy = [{ name: 'start' }, { name: 'privacy' }] as const;
  expect(droppedAt([...privacy, { name: 'stop' }, { name: 'check' }], false, 'da')).toBeNull();
  expect(droppedAt([...privacy, { name: 'check' }], true, 'da')).toBeNull();
  expect(droppedAt([...privacy, { name: 'gate', gateId: 'danger' }], false, 'da')).toEqual({
    screen: 'gate-danger',
    language: 'da',
  });
});
