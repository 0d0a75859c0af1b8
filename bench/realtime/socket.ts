// A websocket client of the least possible cost: frames are handed on as a range of the buffer they were read into.
import { randomBytes } from "node:crypto";
import { connect, type Socket as Tcp } from "node:net";

/** One buffer for all sockets of this process: each read is handled before the next begins. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);
const mask = Buffer.from([0x5a, 0x13, 0xc7, 0x21]);
const none = Buffer.alloc(0);

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type FrameHandler = (bytes: Buffer, start: number, end: number) => void;

/** The header of a frame that announces `length` bytes. */
export function header(length: number, opcode: number): Buffer {
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const head = Buffer.allocUnsafe(size + 4);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (size === 2 ? length : size === 4 ? 126 : 127);
  if (size === 4) head.writeUInt16BE(length, 2);
  if (size === 10) head.writeBigUInt64BE(BigInt(length), 2);
  mask.copy(head, size);
  return head;
}

export class Socket {
  onFrame: FrameHandler = () => {};
  onClose: () => void = () => {};
  closed = false;
  private readonly tcp: Tcp;
  private upgraded = false;
  /** Bytes of a header that has not arrived completely. */
  private rest = none;
  /** A frame that has not arrived completely, and how much of it is there. */
  private partial: { frame: Buffer; filled: number; head: number } | undefined;

  private constructor(
    port: number,
    path: string,
    private readonly ready: (error?: Error) => void,
  ) {
    this.tcp = connect({
      port,
      host: "127.0.0.1",
      onread: {
        buffer: shared,
        callback: (length, buffer) => {
          this.read(buffer as Buffer, 0, length);
          return true;
        },
      },
    });
    this.tcp.setNoDelay(true);
    this.tcp.on("error", (error) => this.ready(error));
    this.tcp.on("close", () => {
      this.closed = true;
      this.ready(new Error("closed before the upgrade"));
      this.onClose();
    });
    this.tcp.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    );
  }

  /** `prepare` sets the handlers before the first frame can arrive. */
  static open(port: number, path: string, prepare: (socket: Socket) => void): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket: Socket = new Socket(port, path, (error) => (error ? reject(error) : resolve(socket)));
      prepare(socket);
    });
  }

  /** False when the bytes wait in memory for the peer to read. */
  send(payload: Uint8Array, opcode: number = opcodes.binary): boolean {
    const head = header(payload.length, opcode);
    const frame = Buffer.allocUnsafe(head.length + payload.length);
    frame.set(head);
    for (let i = 0; i < payload.length; i++) frame[head.length + i] = (payload[i] as number) ^ (mask[i & 3] as number);
    return this.raw(frame);
  }

  raw(bytes: Uint8Array): boolean {
    return this.closed ? false : this.tcp.write(bytes);
  }

  /** When what was sent has been handed to the kernel, or the connection is gone. */
  drained(): Promise<void> {
    if (this.closed || !this.tcp.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.tcp.off("drain", done);
        this.tcp.off("close", done);
        resolve();
      };
      this.tcp.on("drain", done);
      this.tcp.on("close", done);
    });
  }

  pause(): void {
    this.tcp.pause();
  }

  resume(): void {
    this.tcp.resume();
  }

  close(): void {
    this.closed = true;
    this.tcp.destroy();
  }

  private read(buffer: Buffer, start: number, end: number): void {
    let [bytes, from, to] = [buffer, start, end];
    if (this.rest.length > 0) {
      bytes = Buffer.concat([this.rest, buffer.subarray(start, end)]);
      [from, to] = [0, bytes.length];
      this.rest = none;
    }
    if (!this.upgraded) {
      const head = bytes.subarray(from, to).indexOf("\r\n\r\n");
      if (head < 0) {
        this.rest = Buffer.from(bytes.subarray(from, to));
        return;
      }
      if (!bytes.subarray(from, to).toString("latin1").startsWith("HTTP/1.1 101")) {
        this.ready(new Error("no upgrade"));
        this.close();
        return;
      }
      this.upgraded = true;
      from += head + 4;
      this.ready();
    }
    while (from < to && !this.closed) {
      if (this.partial) {
        const { frame, filled, head } = this.partial;
        const taken = Math.min(to - from, frame.length - filled);
        bytes.copy(frame, filled, from, from + taken);
        from += taken;
        this.partial.filled += taken;
        if (this.partial.filled < frame.length) return;
        this.partial = undefined;
        this.deliver(frame, 0, head, frame.length);
        continue;
      }
      const available = to - from;
      const short = available > 1 ? (bytes[from + 1] as number) & 0x7f : 0;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (available < head) {
        this.rest = Buffer.from(bytes.subarray(from, to));
        return;
      }
      const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(from + 2) : Number(bytes.readBigUInt64BE(from + 2));
      if (available >= head + length) {
        this.deliver(bytes, from, from + head, from + head + length);
        from += head + length;
      } else {
        const frame = Buffer.allocUnsafe(head + length);
        bytes.copy(frame, 0, from, to);
        this.partial = { frame, filled: available, head };
        return;
      }
    }
  }

  private deliver(bytes: Buffer, frame: number, start: number, end: number): void {
    const opcode = (bytes[frame] as number) & 0x0f;
    if (opcode === opcodes.binary || opcode === opcodes.text) this.onFrame(bytes, start, end);
    else if (opcode === opcodes.ping) this.send(bytes.subarray(start, end), opcodes.pong);
    else if (opcode === opcodes.close) this.tcp.end();
  }
}
