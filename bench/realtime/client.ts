// One client of one document: the connection, the handshake and the messages, with a document only where its owner keeps one.
import { Socket } from "./socket.js";
import { type Message, type Protocol, parse, presenceMessage, syncMessage, tokenMessage } from "./wire.js";

/** Where a server is and how it wants to be spoken to. */
export type Target = { port: number; protocol: Protocol; query: string };

/** The state vector of a document that has nothing. */
export const empty = Uint8Array.of(0);

/** Nonsense that a server passes on is not this client's business. */
function readable(protocol: Protocol, frame: Uint8Array): Message {
  try {
    return parse(protocol, frame);
  } catch {
    return { kind: "other" };
  }
}

export class Client {
  /** The bytes of a message are good for the length of this call only. */
  onMessage: (message: Message) => void = () => {};
  onClose: () => void = () => {};
  /** Whether the server closed this connection, on whichever level. */
  closed = false;

  private constructor(
    readonly socket: Socket,
    private readonly target: Target,
    readonly room: string,
  ) {}

  static async open(target: Target, room: string, prepare: (client: Client) => void = () => {}): Promise<Client> {
    const path = `/${room}${target.query}`;
    let client: Client | undefined;
    const socket = await Socket.open(target.port, path, (opening) => {
      client = new Client(opening, target, room);
      client.listen();
      prepare(client);
    });
    if (target.protocol === "hocuspocus") socket.send(tokenMessage(target.protocol, room));
    return client as Client;
  }

  send(step: "ask" | "answer" | "update", bytes: Uint8Array): boolean {
    return this.socket.send(syncMessage(this.target.protocol, this.room, step, bytes));
  }

  presence(client: number, clock: number, state: unknown): boolean {
    return this.socket.send(presenceMessage(this.target.protocol, this.room, client, clock, state));
  }

  /** Until the server has answered: then it has handled everything sent before. */
  answered(timeout: number, stateVector: Uint8Array = empty): Promise<boolean> {
    if (this.target.protocol === "relay") return Promise.resolve(true);
    return new Promise((resolve) => {
      const [before, beforeClose] = [this.onMessage, this.onClose];
      const done = (answered: boolean) => {
        clearTimeout(timer);
        this.onMessage = before;
        this.onClose = beforeClose;
        resolve(answered);
      };
      const timer = setTimeout(done, timeout, false);
      this.onMessage = (message) => {
        before(message);
        if (message.kind === "answer") done(true);
      };
      this.onClose = () => {
        beforeClose();
        done(false);
      };
      this.send("ask", stateVector);
    });
  }

  close(): void {
    this.onClose = () => {};
    this.socket.close();
  }

  private listen(): void {
    this.socket.onFrame = (bytes, start, end) => {
      const message = readable(this.target.protocol, bytes.subarray(start, end));
      if (message.kind === "closing") this.closed = true;
      this.onMessage(message);
    };
    this.socket.onClose = () => {
      this.closed = true;
      this.onClose();
    };
  }
}
