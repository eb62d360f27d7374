import { describe, expect, it } from 'vitest';
import { findViolations } from '../helpers/axe.ts';
import { useLobby } from '../helpers/lobby.ts';
import type { VisitDriver } from '../helpers/visit-driver.ts';

/* What a visitor in danger reads is true at every moment: nobody has heard, somebody is being told, somebody is coming. */

const lobby = useLobby();

const words = (visit: VisitDriver, said: string) =>
  visit.page.locator(`[data-alert-words="${said}"]`).waitFor({ timeout: 90_000 });

describe('danger now', () => {
  it('opens at once in three languages, asks nothing, and says truthfully that no desk hears', async () => {
    const visit = await lobby.comeIn();
    await visit.action('danger');
    await visit.on('stop');
    expect(await findViolations(visit.page)).toEqual([]);
    const text = await visit.page.locator('[data-screen="stop"]').innerText();
    expect(text).toContain('112');
    await visit.action('staff-now');
    await words(visit, 'nobody');
  });

  it('reaches a locked desk, without details; a colleague takes it and the visitor reads that somebody comes', async () => {
    const desk = await lobby.comeToDesk();
    await desk.on('desk-sign-in');
    const visit = await lobby.comeIn();
    await visit.action('danger');
    await visit.on('stop');
    await visit.action('staff-now');
    await words(visit, 'telling');
    await desk.page.locator('[data-alert][data-kind="staff-now"]').first().waitFor();
    await lobby.signIn(desk);
    await desk.act('take-alert');
    await words(visit, 'coming');
  });

  it('never leaves a visitor waiting for a desk that was unplugged after it had seen the alert', async () => {
    const desk = await lobby.comeToDesk();
    await desk.on('desk-sign-in');
    const visit = await lobby.comeIn();
    await visit.action('danger');
    await visit.action('staff-now');
    await words(visit, 'telling');
    await desk.page.locator('[data-alert]').first().waitFor();
    await lobby.leave(desk);
    await words(visit, 'nobody');
  });
});

describe('an officer is wanted', () => {
  it('asks at most three things, then shows a neutral screen; the locked desk learns no name', async () => {
    const desk = await lobby.comeToDesk();
    await desk.on('desk-sign-in');
    const visit = await lobby.comeIn();
    await visit.touch('[data-language="da"]');
    await visit.on('home');
    await visit.touch('[data-door="report"]');
    await visit.on('privacy');
    await visit.action('continue');
    await visit.touch('[data-gate="danger"] [data-gate-answer="none"]');
    await visit.touch('[data-gate="force"] [data-gate-answer="fear"]');
    await visit.on('officer');
    expect(await findViolations(visit.page)).toEqual([]);
    await visit.type('name-to-call', 'zoqa');
    await visit.action('continue');
    await visit.on('officer-waiting');
    expect(await visit.page.locator('[data-screen]').first().innerText()).not.toContain('zoqa');
    const alert = desk.page.locator('[data-alert][data-kind="officer"]').first();
    await alert.waitFor();
    expect(await desk.page.content()).not.toContain('zoqa');
    await lobby.signIn(desk);
    await desk.page.locator('[data-alert][data-kind="officer"]', { hasText: 'zoqa' }).waitFor();
  });
});
