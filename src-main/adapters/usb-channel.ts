import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { PrinterProblem } from '../contract/status.ts';
import type { EscPosChannel, OpenChannel } from './escpos-channel.ts';

/** How often a device that has nothing to say, or no room, is asked again. */
const pauseMs = 10;

/** A printer on USB as the kernel shows it: one device, read and written without blocking (usblp knows one user at a time). */
export function usbChannel(path: string): OpenChannel {
  return async () => {
    try {
      const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
      if ((await file.stat()).isCharacterDevice()) return { kind: 'open', channel: overDevice(file) };
      await file.close();
      return { kind: 'closed', problem: 'wrong-printer' };
    } catch (error) {
      return { kind: 'closed', problem: problemOf(codeOf(error)) };
    }
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function problemOf(code: string): PrinterProblem {
  if (code === 'EACCES' || code === 'EPERM') return 'refused';
  return code === 'EBUSY' ? 'busy' : 'offline';
}

/** Answers null when the device has nothing to give or no room now. */
async function unlessBusy<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return null;
    throw error;
  }
}

class DeviceChannel implements EscPosChannel {
  private readonly file: FileHandle;
  private readonly ended = Promise.withResolvers<void>();
  private isOpen = true;
  private listener: (bytes: Uint8Array) => void = () => undefined;

  constructor(file: FileHandle) {
    this.file = file;
    void this.read();
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      if (!this.isOpen) throw new Error('the line is broken');
      const wrote = await unlessBusy(() => this.file.write(bytes, at));
      if (wrote === null || wrote.bytesWritten === 0) await delay(pauseMs);
      else at += wrote.bytesWritten;
    }
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.listener = listener;
  }

  onBroken(listener: () => void): void {
    void this.ended.promise.then(listener);
  }

  /** Closing throws away what is still on its way; the kernel takes a byte more when it is not, and a NUL prints nothing. */
  async finish(): Promise<void> {
    await this.write(Buffer.of(0)).catch(() => undefined);
    this.drop();
  }

  drop(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.ended.resolve();
  }

  /** The one who closes the file, so that it is never closed under a read. */
  private async read(): Promise<void> {
    const buffer = Buffer.alloc(256);
    try {
      while (this.isOpen) {
        const got = await unlessBusy(() => this.file.read(buffer, 0, buffer.length));
        if (got === null || got.bytesRead === 0) await delay(pauseMs);
        else this.listener(Buffer.from(buffer.subarray(0, got.bytesRead)));
      }
    } catch {
      this.drop();
    }
    await this.file.close().catch(() => undefined);
  }
}

function overDevice(file: FileHandle): EscPosChannel {
  return new DeviceChannel(file);
}
