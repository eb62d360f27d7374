import { afterEach, expect, test } from 'vitest';
import { axeFaults, layoutFaults, openDesk, press, seen, signIn, stopDesks, textOf } from './stage.ts';

afterEach(stopDesks);

test.each([
  [1366, 768],
  [1920, 1080],
])(
  'at %i × %i the work of a month stands in numbers, each also in words; few are never told',
  async (width, height) => {
    const { i18n } = await openDesk({ roles: ['supervisor'] }, width, height);
    await signIn();
    await press('[data-place="numbers"]');
    await seen('[data-numbers] [data-bar="question-what-happened ar"]');
    expect(textOf('[data-fact="ninetieth"]')).toContain('3 t 10');
    expect(textOf('[data-bar="question-what-happened ar"]')).toContain('Hvad skete der · arabisk');
    expect(textOf('[data-numbers]')).toContain('6 skærme og sprog');
    document.querySelector('summary')?.click();
    expect(textOf('[data-day-number="2026-10-23"]')).toContain('under 5');
    expect(await axeFaults()).toEqual([]);
    expect(layoutFaults()).toEqual([]);
    expect([...i18n.missing.keys()]).toEqual([]);
  },
);
