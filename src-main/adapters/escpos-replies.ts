/** What a printer says, piece by piece; bytes that mean nothing to us are `garbage`. */
export type EscPosReply =
  /** One byte in answer to DLE EOT; which of the four is known to whoever asked. */
  | { readonly kind: 'status'; readonly bits: number }
  /** In answer to GS r 1. */
  | { readonly kind: 'paper'; readonly bits: number }
  /** In answer to GS ( H function 48. */
  | { readonly kind: 'process-id'; readonly id: string }
  /** In answer to DLE DC4 function 8. */
  | { readonly kind: 'cleared' }
  | { readonly kind: 'garbage' };

/** A block runs from its head to a NUL; no printer sends a longer one. */
const longestBlock = 80;
const blockHead = 0x37;
const processId = 0x22;
const cleared = 0x25;
/** XON and XOFF of a serial line behind an adapter. */
const flowControl = [0x11, 0x13];

/** Takes a printer's bytes as they come; a reply may be cut anywhere. */
export class EscPosReader {
  private readonly onReply: (reply: EscPosReply) => void;
  private block: number[] | null = null;
  private automatic = 0;

  constructor(onReply: (reply: EscPosReply) => void) {
    this.onReply = onReply;
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) this.takeByte(byte);
  }

  private takeByte(byte: number): void {
    if (this.block !== null) this.continueBlock(this.block, byte);
    else if (byte === blockHead) this.block = [];
    // The fixed bits tell replies apart (DLE EOT: 0xx1xx10, automatic status: 0xx1xx00 and three of 0xx0xxxx).
    else if ((byte & 0x93) === 0x12) this.onReply({ kind: 'status', bits: byte });
    else if ((byte & 0x93) === 0x10) this.automatic = 3;
    else if (flowControl.includes(byte)) return;
    else if ((byte & 0x90) !== 0) this.onReply({ kind: 'garbage' });
    else if (this.automatic > 0) this.automatic -= 1;
    else this.onReply({ kind: 'paper', bits: byte });
  }

  private continueBlock(block: number[], byte: number): void {
    if (byte !== 0 && block.length < longestBlock) {
      block.push(byte);
      return;
    }
    this.block = null;
    const [kind, ...rest] = block;
    if (byte === 0 && kind === processId)
      this.onReply({ kind: 'process-id', id: String.fromCharCode(...rest) });
    else if (byte === 0 && kind === cleared) this.onReply({ kind: 'cleared' });
    else this.onReply({ kind: 'garbage' });
  }
}
