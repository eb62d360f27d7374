import { createServer, type AddressInfo, type Socket } from 'node:net';
import { PNG } from 'pngjs';
import type { Bitmap } from '../../src-main/domain/printer.ts';

/** A strip of paper as it hangs out of the printer, or lies in the tray once it is cut. */
export interface FakeSlip extends Bitmap {
  readonly isCut: boolean;
}

/** A receipt printer on TCP that draws what it is sent, with a hand on every fault. */
export interface FakeEscPosPrinter {
  readonly port: number;
  readonly address: string;
  /** Everything that came out, in order; the last may still hang in it. */
  readonly slips: readonly FakeSlip[];
  readonly connections: number;
  /** Bytes that were no command it knows. */
  readonly unknownBytes: number;
  paperOut(): void;
  paperOutAfter(rows: number): void;
  putPaper(): void;
  nearEnd(): void;
  openCover(): void;
  closeCover(): void;
  jamCutter(): void;
  /** The knife jams when it next cuts. */
  jamCutterAtCut(): void;
  jam(): void;
  breakDown(): void;
  overheat(): void;
  coolDown(): void;
  /** Takes everything, answers nothing. */
  fallSilent(): void;
  answerGarbage(): void;
  /** Breaks the line after so many bytes of a job. */
  breakLineAfter(bytes: number): void;
  /** Takes everything, says that all is well, prints nothing. */
  swallow(): void;
  /** Milliseconds for each picture it is sent. */
  slowDown(ms: number): void;
  /** Stops reading when so much waits to be printed; what waits behind it does not even arrive. */
  limitMemory(bytes: number): void;
  /** Knows no DLE DC4 8. */
  forgetHowToClear(): void;
  /** Well again; what waited goes on. */
  recover(): void;
  close(): Promise<void>;
}

interface Mood {
  paperRows: number;
  isNearEnd: boolean;
  isCoverOpen: boolean;
  cutter: 'good' | 'jams-at-cut' | 'jammed';
  error: 'none' | 'jam' | 'broken' | 'hot';
  answers: 'well' | 'nothing' | 'garbage';
  breaksAfter: number;
  swallows: boolean;
  msPerPicture: number;
  memory: number;
  canClear: boolean;
}

const healthy = (): Mood => ({
  paperRows: Number.POSITIVE_INFINITY,
  isNearEnd: false,
  isCoverOpen: false,
  cutter: 'good',
  error: 'none',
  answers: 'well',
  breaksAfter: Number.POSITIVE_INFINITY,
  swallows: false,
  msPerPicture: 0,
  memory: Number.POSITIVE_INFINITY,
  canClear: true,
});

class Machine {
  mood = healthy();
  unknownBytes = 0;
  readonly slips: { rows: Buffer[]; widthDots: number; isCut: boolean }[] = [];
  private memory: number[] = [];
  private current: Socket | null = null;
  private isWorking = false;
  private picture: Buffer[] = [];

  isStopped(): boolean {
    const { paperRows, isCoverOpen, cutter, error } = this.mood;
    return paperRows <= 0 || isCoverOpen || cutter === 'jammed' || error !== 'none';
  }

  /** Every byte passes here first: real-time commands are carried out wherever they stand, in pictures too. */
  receive(socket: Socket, bytes: Buffer): void {
    this.current = socket;
    let at = 0;
    const before = this.memory.length;
    while (at < bytes.length) {
      const taken = this.takeRealTime(socket, bytes.subarray(at));
      if (taken === 0) this.memory.push(bytes[at] ?? 0);
      at += Math.max(1, taken);
    }
    if (this.memory.length > Math.max(before, this.mood.memory)) socket.pause();
    void this.work();
  }

  private takeRealTime(socket: Socket, bytes: Buffer): number {
    if (bytes[0] !== 0x10) return 0;
    const n = bytes[2] ?? 0;
    if (bytes[1] === 0x04 && n >= 1 && n <= 4) {
      this.say(socket, [this.status(n)]);
      return 3;
    }
    if (bytes[1] === 0x05) {
      if (n === 2) this.clear();
      return 3;
    }
    if (bytes.subarray(0, 10).equals(Buffer.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))) {
      if (!this.mood.canClear) return 10;
      this.clear();
      this.say(socket, [0x37, 0x25, 0]);
      return 10;
    }
    return 0;
  }

  private status(n: number): number {
    const { paperRows, isNearEnd, isCoverOpen, cutter, error } = this.mood;
    const bit = (isOn: boolean, mask: number): number => (isOn ? mask : 0);
    const isOut = paperRows <= 0;
    const bits = [
      bit(this.isStopped(), 0x08),
      bit(isCoverOpen, 0x04) | bit(isOut, 0x20) | bit(error !== 'none' || cutter === 'jammed', 0x40),
      bit(error === 'jam', 0x04) |
        bit(cutter === 'jammed', 0x08) |
        bit(error === 'broken', 0x20) |
        bit(error === 'hot', 0x40),
      bit(isNearEnd, 0x0c) | bit(isOut, 0x60),
    ];
    return 0x12 | (bits[n - 1] ?? 0);
  }

  private say(socket: Socket, bytes: readonly number[]): void {
    if (this.mood.answers === 'nothing') return;
    socket.write(Buffer.from(this.mood.answers === 'garbage' ? bytes.map(() => 0xff) : bytes));
  }

  private clear(): void {
    this.memory = [];
    this.picture = [];
    this.current?.resume();
  }

  /** Carries out what waits, as far as there is paper. */
  async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    while (!this.isStopped() && (await this.step()));
    this.isWorking = false;
    if (this.memory.length <= this.mood.memory) this.current?.resume();
  }

  private async step(): Promise<boolean> {
    const row = this.picture.shift();
    if (row !== undefined) {
      this.draw(row);
      return true;
    }
    const [first, second, third] = this.memory;
    if (first === undefined) return false;
    if (first === 0x1b && second === 0x40) return this.eat(2);
    if (first === 0x1b && second === 0x4a) return third === undefined ? false : this.eat(3);
    if (first === 0x1d && second === 0x76) return this.takePicture();
    if (first === 0x1d && second === 0x56)
      return third === undefined || this.memory.length < 4 ? false : this.cut();
    if (first === 0x1d && second === 0x72)
      return third === undefined ? false : this.answer(3, [this.mood.isNearEnd ? 3 : 0]);
    if (first === 0x1d && second === 0x28)
      return this.memory.length < 11 ? false : this.answer(11, [0x37, 0x22, ...this.memory.slice(7, 11), 0]);
    if ((first === 0x1b || first === 0x1d) && second === undefined) return false;
    if (first !== 0) this.unknownBytes += 1;
    return this.eat(1);
  }

  private eat(count: number): boolean {
    this.memory.splice(0, count);
    return true;
  }

  private answer(count: number, bytes: readonly number[]): boolean {
    this.eat(count);
    if (this.current !== null && !this.mood.swallows) this.say(this.current, bytes);
    return true;
  }

  private async takePicture(): Promise<boolean> {
    const [, , , , xl = 0, xh = 0, yl = 0, yh = 0] = this.memory;
    const rowBytes = xl + xh * 256;
    const height = yl + yh * 256;
    const size = 8 + rowBytes * height;
    if (this.memory.length < 8 || this.memory.length < size) return false;
    const bytes = Buffer.from(this.memory.slice(8, size));
    this.eat(size);
    if (this.mood.msPerPicture > 0)
      await new Promise((resolve) => setTimeout(resolve, this.mood.msPerPicture));
    if (this.mood.swallows) return true;
    for (let y = 0; y < height; y += 1) this.picture.push(bytes.subarray(y * rowBytes, (y + 1) * rowBytes));
    return true;
  }

  private draw(row: Buffer): void {
    const last = this.slips.at(-1);
    if (last === undefined || last.isCut)
      this.slips.push({ rows: [row], widthDots: row.length * 8, isCut: false });
    else last.rows.push(row);
    this.mood.paperRows -= 1;
  }

  private cut(): boolean {
    if (this.mood.cutter === 'jams-at-cut') {
      this.mood.cutter = 'jammed';
      return false;
    }
    const last = this.slips.at(-1);
    if (last !== undefined) last.isCut = true;
    return this.eat(4);
  }
}

export async function startFakeEscPosPrinter(): Promise<FakeEscPosPrinter> {
  const machine = new Machine();
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let received = 0;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      received += bytes.length;
      machine.receive(socket, bytes);
      if (received > machine.mood.breaksAfter) socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port }: AddressInfo = address;
  const set = (change: Partial<Mood>): void => {
    Object.assign(machine.mood, change);
    void machine.work();
  };
  return {
    port,
    address: `tcp://127.0.0.1:${port}`,
    get slips() {
      return machine.slips.map(({ rows, widthDots, isCut }) => ({
        widthDots,
        heightDots: rows.length,
        bytes: Buffer.concat(rows),
        isCut,
      }));
    },
    get connections() {
      return connections;
    },
    get unknownBytes() {
      return machine.unknownBytes;
    },
    paperOut: () => set({ paperRows: 0 }),
    paperOutAfter: (rows) => set({ paperRows: rows }),
    putPaper: () => set({ paperRows: Number.POSITIVE_INFINITY, isNearEnd: false }),
    nearEnd: () => set({ isNearEnd: true }),
    openCover: () => set({ isCoverOpen: true }),
    closeCover: () => set({ isCoverOpen: false }),
    jamCutter: () => set({ cutter: 'jammed' }),
    jamCutterAtCut: () => set({ cutter: 'jams-at-cut' }),
    jam: () => set({ error: 'jam' }),
    breakDown: () => set({ error: 'broken' }),
    overheat: () => set({ error: 'hot' }),
    coolDown: () => set({ error: 'none' }),
    fallSilent: () => set({ answers: 'nothing' }),
    answerGarbage: () => set({ answers: 'garbage' }),
    breakLineAfter: (bytes) => set({ breaksAfter: bytes }),
    swallow: () => set({ swallows: true }),
    slowDown: (ms) => set({ msPerPicture: ms }),
    limitMemory: (bytes) => set({ memory: bytes }),
    forgetHowToClear: () => set({ canClear: false }),
    recover: () => set(healthy()),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The paper as a picture, to look at. */
export function toPng({ widthDots, heightDots, bytes }: Bitmap): Buffer {
  const rowBytes = Math.ceil(widthDots / 8);
  const png = new PNG({ width: widthDots, height: heightDots });
  for (let y = 0; y < heightDots; y += 1)
    for (let x = 0; x < widthDots; x += 1) {
      const isBlack = ((bytes[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
      png.data.fill(isBlack ? 0 : 255, (y * widthDots + x) * 4, (y * widthDots + x) * 4 + 3);
      png.data[(y * widthDots + x) * 4 + 3] = 255;
    }
  return PNG.sync.write(png);
}
