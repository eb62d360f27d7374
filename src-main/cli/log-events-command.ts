import { logEvents } from '../contract/log-events.ts';
import { parseOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/** docs/log-events.md as it is; no word of the catalogue holds a bar. */
export function describeLogEvents(): string {
  const rows = Object.entries(logEvents).map(
    ([event, { level, meaning, action }]) =>
      `| \`${event}\` | ${level} | ${meaning} | ${action ?? 'Nothing.'} |`,
  );
  return [
    '# Events in the log',
    '',
    'Kiosk and intake write one line of JSON for each event to the standard error stream; under systemd it stands in the journal, a `warn` with priority 4, a `note` with 6 (`journalctl -u skranke -p warning`). A line holds the event as `msg`, its time, ids and counts; never a word that somebody typed. This page is made by `skranke log-events`.',
    '',
    '| Event | Level | What has happened | What IT does |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** `skranke log-events`: every event that the log may hold, as a page for IT or as JSON for programs. */
export function logEventsCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json: { type: 'boolean', default: false } });
  if (positionals.length > 0) throw new UsageError('log-events takes no further word.');
  say(values.json ? JSON.stringify(logEvents) : describeLogEvents());
  return Promise.resolve(0);
}
