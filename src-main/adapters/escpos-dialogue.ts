import type { EscPosChannel } from './escpos-channel.ts';
import { askPaper, askProcessId, askStatus } from './escpos-commands.ts';
import { EscPosReader, type EscPosReply } from './escpos-replies.ts';
import type { EscPosStatus } from './escpos-status.ts';

type Kind = EscPosReply['kind'];
type ReplyOf<K extends Kind> = Extract<EscPosReply, { kind: K }>;

/** Why no reply came. `garbled`: bytes came that no printer of this language sends. */
export type Silence = 'silent' | 'garbled' | 'broken' | 'aborted';

/** A question that is answered in its turn, after everything before it. */
export interface Marker {
  readonly kind: 'process-id' | 'paper';
  readonly isSeen: () => boolean;
}

interface Waiting {
  readonly takes: (reply: EscPosReply) => boolean;
  readonly end: (reply: EscPosReply | Silence) => void;
}

/** Questions and answers over one channel. One question at a time, as the language wants it. */
export class EscPosDialogue {
  readonly channel: EscPosChannel;
  private waiting: Waiting | null = null;
  private isBroken = false;
  private garbage = 0;
  private lastId = 0;
  /** Markers that came back, also while something else was waited for. */
  private readonly ids = new Set<string>();
  private papers = 0;

  constructor(channel: EscPosChannel) {
    this.channel = channel;
    const reader = new EscPosReader((reply) => this.hear(reply));
    channel.onBytes((bytes) => reader.take(bytes));
    channel.onBroken(() => {
      this.isBroken = true;
      this.waiting?.end('broken');
    });
  }

  /** DLE EOT 1-4, one after the other. */
  async askStatus(waitMs: number, signal: AbortSignal): Promise<EscPosStatus | Silence> {
    const bits: number[] = [];
    for (const n of [1, 2, 3, 4] as const) {
      const reply = await this.ask(askStatus(n), 'status', waitMs, signal);
      if (typeof reply === 'string') return reply;
      bits.push(reply.bits);
    }
    const [printer = 0, offline = 0, error = 0, paper = 0] = bits;
    return { printer, offline, error, paper };
  }

  /** Asks to be told when everything sent so far has been printed. */
  async sendMarker(by: 'process-id' | 'paper-status'): Promise<Marker> {
    if (by === 'process-id') {
      this.lastId = (this.lastId + 1) % 10_000;
      const id = String(this.lastId).padStart(4, '0');
      await this.channel.write(askProcessId(id));
      return { kind: 'process-id', isSeen: () => this.ids.has(id) };
    }
    const before = this.papers;
    await this.channel.write(askPaper);
    return { kind: 'paper', isSeen: () => this.papers > before };
  }

  async ask<K extends Kind>(
    question: Uint8Array,
    kind: K,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<ReplyOf<K> | Silence> {
    const reply = this.hearNext(kind, waitMs, signal);
    try {
      await this.channel.write(question);
    } catch {
      this.waiting?.end('broken');
    }
    return reply;
  }

  /** The next reply of a kind; others are passed over. */
  hearNext<K extends Kind>(kind: K, waitMs: number, signal: AbortSignal): Promise<ReplyOf<K> | Silence> {
    const isWanted = (reply: EscPosReply): reply is ReplyOf<K> => reply.kind === kind;
    return new Promise((resolve) => {
      const finish = (reply: ReplyOf<K> | Silence): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.waiting = null;
        resolve(reply);
      };
      const onAbort = (): void => finish('aborted');
      const garbageBefore = this.garbage;
      const timer = setTimeout(() => finish(this.garbage > garbageBefore ? 'garbled' : 'silent'), waitMs);
      this.waiting = {
        takes: isWanted,
        end: (reply) => {
          if (typeof reply === 'string') finish(reply);
          else if (isWanted(reply)) finish(reply);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (this.isBroken) finish('broken');
      else if (signal.aborted) finish('aborted');
    });
  }

  private hear(reply: EscPosReply): void {
    if (reply.kind === 'garbage') this.garbage += 1;
    if (reply.kind === 'process-id') this.ids.add(reply.id);
    if (reply.kind === 'paper') this.papers += 1;
    if (this.waiting?.takes(reply) === true) this.waiting.end(reply);
  }
}
