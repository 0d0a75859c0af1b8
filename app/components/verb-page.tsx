// The page of one act on one thing: what it is about, what to write, one button that says what happens.
import type { ReactNode } from "react";
import { useT } from "../i18n/t";
import { ProblemSummary, Sealed, type Sent } from "./form";
import { Kicker, Page, Thumb } from "./frame";
import { Phrase } from "./phrase";

export function VerbPage({
  back,
  kicker,
  title,
  lead,
  about,
  sent,
  fields,
  version,
  requestId,
  button,
  encType,
  may = true,
  children,
}: {
  back: { href: string; to: string };
  kicker?: string | undefined;
  title: string;
  lead?: string;
  about?: ReactNode;
  sent: Sent;
  /** Names of the fields, so that a problem can be linked from above. */
  fields: Record<string, string>;
  version?: number | undefined;
  requestId: string;
  button: string;
  encType?: "multipart/form-data";
  /** Not theirs to do, or not any more: said calmly, unless they come back with words to keep. */
  may?: boolean;
  children?: ReactNode;
}) {
  const t = useT();
  if (!may && !sent)
    return (
      <Page width="narrow" back={back}>
        {kicker && <Kicker>{kicker}</Kicker>}
        <h1 className="title mb-4">
          <Phrase>{t("error.act.title")}</Phrase>
        </h1>
        <p className="soft measure mb-6">{t("error.act.text")}</p>
        <a className="btn btn-main" href={back.href}>
          {t("error.act.back", { to: back.to })}
        </a>
      </Page>
    );
  return (
    <Page width="narrow" back={back}>
      {kicker && <Kicker>{kicker}</Kicker>}
      <h1 className="title mb-4">
        <Phrase>{title}</Phrase>
      </h1>
      {lead && <p className="soft measure mb-5">{lead}</p>}
      <ProblemSummary sent={sent} fields={fields} />
      {about}
      <form method="post" className="stack-wide mt-5" encType={encType} data-once>
        <Sealed version={version} requestId={requestId} />
        {children}
        <Thumb>
          <button className="btn btn-main">{button}</button>
          <a className="btn btn-plain" href={back.href}>
            {t("form.cancel")}
          </a>
        </Thumb>
      </form>
    </Page>
  );
}
