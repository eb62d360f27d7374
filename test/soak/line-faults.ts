import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledgementSchema, type Acknowledgement, type Batch } from '../../src-main/contract/envelope.ts';
import type { Dice } from '../helpers/dice.ts';

/** What came back from an intake. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A batch on its way, in the hands of the line. */
export interface Exchange {
  readonly batch: Batch;
  readonly body: Buffer;
  /** To an intake, as often as is liked; null: no answer came. */
  forward(body?: Buffer): Promise<Reply | null>;
  /** Begins to send it to an intake and breaks off in the middle. */
  forwardHalf(): Promise<void>;
  /** What the kiosk gets. */
  reply(reply: Reply): void;
  /** An intake's own answer, or a broken connection when there was none. @returns whether there was one. */
  pass(reply: Reply | null): boolean;
  reset(): void;
  /** Bytes on the bare connection; null ends it. */
  raw(text: string | null): void;
  /** Ends when the kiosk has given up. */
  readonly left: Promise<void>;
  /** When the next batch of this kiosk has passed, or after a moment. */
  overtaken(): Promise<void>;
  /** Work that goes on after the answer. */
  later(work: Promise<unknown>): void;
  /** An earlier acknowledgement of this kiosk, and an earlier batch; null before the first. */
  readonly earlier: { readonly acknowledgement: Acknowledgement; readonly body: Buffer } | null;
}

/** Does its harm once. @returns false: it could not yet, and stays for the next batch. */
export type Harm = (exchange: Exchange) => Promise<boolean>;

const html = '<html><body><h1>Sign in to the network</h1></body></html>';
const json = (status: number, content: object): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(content),
});

export function readAcknowledgement(reply: Reply | null): Acknowledgement | null {
  if (reply?.status !== 200) return null;
  const parsed = acknowledgementSchema.safeParse(JSON.parse(reply.body));
  return parsed.success ? parsed.data : null;
}

const said =
  (reply: (exchange: Exchange) => Reply): (() => Harm) =>
  () =>
  async (exchange) => {
    exchange.reply(reply(exchange));
    return true;
  };

/** The intake has it; what the kiosk gets is something else. */
const afterCommit =
  (what: (exchange: Exchange, reply: Reply, dice: Dice) => Promise<void> | void): ((dice: Dice) => Harm) =>
  (dice) =>
  async (exchange) => {
    const reply = await exchange.forward();
    if (reply === null || readAcknowledgement(reply) === null) {
      exchange.pass(reply);
      return false;
    }
    await what(exchange, reply, dice);
    return true;
  };

const claimed = (exchange: Exchange, change: Partial<Acknowledgement>): Reply => {
  const { kioskId, lastSequence, headHash } = exchange.batch;
  return json(200, { kioskId, throughSequence: lastSequence, headHash, parked: [], ...change });
};

/** The connection breaks, or nothing moves on it. */
const broken = {
  'reset before it is read': () => async (exchange: Exchange) => {
    exchange.reset();
    return true;
  },
  'reset in the middle of a request': () => async (exchange: Exchange) => {
    await exchange.forwardHalf();
    exchange.reset();
    return true;
  },
  'silence before the intake': () => async (exchange: Exchange) => {
    exchange.later(exchange.left);
    return true;
  },
  'silence after the commit': afterCommit((exchange) => exchange.later(exchange.left)),
  'reply lost after the commit': afterCommit((exchange) => exchange.reset()),
  'reply cut short': afterCommit((exchange, { body }) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    exchange.raw(head + body.slice(0, body.length / 2));
    exchange.raw(null);
  }),
  'reply one byte at a time': afterCommit((exchange, { body }) => {
    exchange.raw(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    const timer = setInterval(() => exchange.raw(' '), 100);
    exchange.later(exchange.left.finally(() => clearInterval(timer)));
  }),
  'request late': (dice: Dice) => async (exchange: Exchange) => {
    await sleep(dice.below(300));
    return exchange.pass(await exchange.forward());
  },
  'reply late': afterCommit(async (exchange, reply, dice) => {
    await sleep(dice.below(300));
    exchange.reply(reply);
  }),
} satisfies Record<string, (dice: Dice) => Harm>;

/** More than once, in another order, or not as it was sent. */
const disordered = {
  'sent twice at once': (dice: Dice) => async (exchange: Exchange) => {
    const [one, two] = await Promise.all([exchange.forward(), exchange.forward()]);
    return exchange.pass(dice.percent(50) ? one : two) && one !== null && two !== null;
  },
  'sent again later': afterCommit((exchange, reply, dice) => {
    exchange.reply(reply);
    exchange.later(sleep(dice.below(500)).then(() => exchange.forward()));
  }),
  'overtaken by the next': () => async (exchange: Exchange) => {
    await exchange.overtaken();
    return exchange.pass(await exchange.forward());
  },
  'an older one instead': () => async (exchange: Exchange) => {
    if (exchange.earlier !== null) return exchange.pass(await exchange.forward(exchange.earlier.body));
    exchange.pass(await exchange.forward());
    return false;
  },
  'one bit changed': (dice: Dice) => async (exchange: Exchange) => {
    const changed = Buffer.from(exchange.body);
    const at = dice.below(changed.length);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << dice.below(8)), at);
    return exchange.pass(await exchange.forward(changed));
  },
} satisfies Record<string, (dice: Dice) => Harm>;

/** Answers that are none, from the intake or from whatever stands in front of it. */
const lies = {
  'a page with 200': said(() => ({ status: 200, type: 'text/html', body: html })),
  'a page called JSON': said(() => ({ status: 200, type: 'application/json', body: html })),
  'nothing with 200': said(() => ({ status: 200, type: 'application/json', body: '' })),
  'another place': said(() => ({ status: 302, type: 'text/html', body: html })),
  'an error': said(() => ({ status: 500, type: 'text/html', body: html })),
  'a proxy without an intake': said(() => ({ status: 502, type: 'text/html', body: html })),
  'too busy': said(() => json(503, { problem: 'unavailable' })),
  'too many': said(() => json(429, { problem: 'too-many' })),
  'too large': said(() => ({ status: 413, type: 'text/html', body: html })),
  'a gap that is none': (dice: Dice) => async (exchange: Exchange) => {
    exchange.reply(json(409, { refusal: 'gap', throughSequence: dice.below(exchange.batch.firstSequence) }));
    return true;
  },
  'a language that is not HTTP': () => async (exchange: Exchange) => {
    exchange.raw('220 mail.example ready\r\n');
    exchange.raw(null);
    return true;
  },
  'without end': () => async (exchange: Exchange) => {
    exchange.raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
    exchange.raw(' '.repeat(200_000));
    exchange.later(exchange.left);
    return true;
  },
  "another kiosk's acknowledgement": said((exchange) => {
    const { kioskId } = acknowledgementSchema.shape;
    return claimed(exchange, { kioskId: kioskId.parse('99-999') });
  }),
  'an acknowledgement of another hash': said((exchange) => claimed(exchange, { headHash: 'f'.repeat(64) })),
  'an acknowledgement of more than was sent': said((exchange) =>
    claimed(exchange, { throughSequence: exchange.batch.lastSequence + 100 }),
  ),
  'an acknowledgement of nothing that was sent': said((exchange) =>
    claimed(exchange, {
      throughSequence: exchange.batch.firstSequence - 1,
      headHash: exchange.batch.previousHash,
    }),
  ),
  'an acknowledgement of earlier': () => async (exchange: Exchange) => {
    if (exchange.earlier === null) {
      exchange.pass(await exchange.forward());
      return false;
    }
    exchange.reply(json(200, exchange.earlier.acknowledgement));
    return true;
  },
} satisfies Record<string, (dice: Dice) => Harm>;

const half = (events: Batch['events']): Batch['events'][number] | undefined =>
  events[Math.floor((events.length - 1) / 2)];

const mostRepeats = 60;

const parts = {
  'the first half acknowledged': afterCommit((exchange) => {
    const event = half(exchange.batch.events);
    exchange.reply(claimed(exchange, { throughSequence: event?.sequence ?? 0, headHash: event?.hash ?? '' }));
  }),
  /** True: the intake has the first events from a request whose answer was lost, and none of those behind them. */
  'only the first part kept': () => {
    let kept: Acknowledgement | null = null;
    let repeats = 0;
    let honest = 0;
    return async (exchange: Exchange) => {
      const { firstSequence, lastSequence, events } = exchange.batch;
      if (kept === null) {
        honest = Math.max(0, honest - 1);
        // A short one: the same batch comes again with more behind it.
        const reply = await exchange.forward();
        if (events.length === 1 && honest === 0) kept = readAcknowledgement(reply);
        if (kept === null) exchange.pass(reply);
        else exchange.reset();
        return false;
      }
      if (firstSequence <= kept.throughSequence && kept.throughSequence < lastSequence) {
        exchange.reply(json(200, { ...kept, parked: [] }));
        return true;
      }
      repeats += 1;
      // A kiosk that sends its events one by one sends more at a time after some good answers.
      if (repeats % mostRepeats === 0) {
        kept = null;
        honest = 5;
      }
      exchange.reset();
      return false;
    };
  },
} satisfies Record<string, (dice: Dice) => Harm>;

export const harms = { ...broken, ...disordered, ...lies, ...parts };
export type HarmName = keyof typeof harms;
export const harmNames = Object.keys(harms).filter((name): name is HarmName => name in harms);
