// E-mail over SMTP. The Message-ID is the letter's own, at every try: a copy that comes twice is one mail in a mail program.
import { createTransport } from "nodemailer";
import type { Address } from "../../domain/channel";
import type { Attempt } from "../../domain/letter";
import { mailOf } from "./mail";
import { type Parcel, wireFault } from "./send";

export type Mailer = { url: string; from: string };

/** The id of a letter's mail, the same at every try. */
export const messageId = (letterId: string, origin: string): string => `<letter-${letterId}@${new URL(origin).hostname}>`;

/** Hand the mail to the SMTP server. 5xx is an answer that stays; everything else is tried again. */
export async function sendMail(parcel: Parcel<Address & { kind: "mail" }>, mailer: Mailer): Promise<Attempt> {
  const { subject, text, html } = mailOf(parcel);
  const [first] = parcel.items;
  const stop = first && first.type !== "channel.opened" ? `${parcel.origin}/letter/${parcel.link(first, "stop")}` : null;
  const transport = createTransport({
    url: mailer.url,
    connectionTimeout: parcel.limit,
    greetingTimeout: parcel.limit,
    socketTimeout: parcel.limit,
    dnsTimeout: parcel.limit,
  });
  let overdue: NodeJS.Timeout | undefined;
  try {
    const sending = transport.sendMail({
      from: mailer.from,
      to: { name: parcel.name, address: parcel.address.to },
      subject,
      text,
      html,
      messageId: messageId(parcel.letter.id, parcel.origin),
      headers: {
        "Auto-Submitted": "auto-generated",
        ...(stop ? { "List-Unsubscribe": `<${stop}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // The limits above are of each step; a server that answers a byte at a time meets this one.
    const late = new Promise<"late">((resolve) => {
      overdue = setTimeout(() => resolve("late"), parcel.limit * 3);
    });
    return (await Promise.race([sending.then(() => "sent" as const), late])) === "sent" ? { ok: true } : { ok: false, fault: "timeout", detail: "" };
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    if (responseCode === undefined) return code === "ETIMEDOUT" ? { ok: false, fault: "timeout", detail: "" } : wireFault(error);
    const detail = `SMTP ${responseCode}`;
    if (responseCode === 535 || responseCode === 530) return { ok: false, fault: "login", detail };
    return responseCode >= 500 ? { ok: false, fault: "refused", detail, forGood: true } : { ok: false, fault: "theirs", detail };
  } finally {
    clearTimeout(overdue);
    transport.close();
  }
}
