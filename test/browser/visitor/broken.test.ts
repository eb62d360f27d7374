import { afterEach, expect, test, vi } from 'vitest';
import { makeWelcome } from '../../helpers/fake-visitor-api.ts';
import { act, openStage, screen, stopVisits, stumbles, touch, until } from './stage.ts';

afterEach(stopVisits);

test(
  'a screen that breaks says where help is, in three languages, and starts again at a touch',
  { timeout: 120_000 },
  async () => {
    // Content that no loader would let through: two answers with one code cannot be drawn.
    const { content } = makeWelcome({});
    const gates = content.gates.map((gate) => ({ ...gate, answers: [...gate.answers, ...gate.answers] }));
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await openStage({ content: { ...content, gates } });
    await touch('[data-language="en"]');
    await touch('[data-door="report"]');
    await screen('privacy');
    await act('continue');
    const broken = await screen('broken');
    expect(broken.textContent).toContain('112');
    expect(broken.querySelector('[lang="ar"]')?.textContent).toContain('112');
    expect(await stumbles()).toEqual([]);
    await act('leave');
    await screen('start');
    await vi.waitUntil(() => document.querySelector('[data-screen="broken"]') === null, until);
    complaint.mockRestore();
  },
);
