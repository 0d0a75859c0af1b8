import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { QrCode } from "../components/qr";
import { checkInLink } from "../http/check-in.server";
import { allowed, found, look } from "../http/look.server";
import { qrOf } from "../http/qr.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";
import { codeOnTable } from "../views/room";

export const meta = titled("room.table");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  allowed(meeting.can.seat);
  const link = checkInLink(args, meeting.id, found(await codeOnTable(db, viewer, meeting)));
  return { meeting, link, code: qrOf(link) };
}

export default function Table() {
  const { meeting, link, code } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  return (
    <Page width="narrow" back={{ href: `/meetings/${meeting.id}`, to: name }}>
      <h1 className="title mb-3">
        <Phrase>{t("room.table")}</Phrase>
      </h1>
      <p className="soft measure">{t("room.table.lead")}</p>
      <article className="slip">
        <p className="title-small">{t("room.table.head")}</p>
        <p className="strong mt-3">{name}</p>
        <p>{t("meeting.when", { date: dates.dayWeekdayTime(meeting.startsAt), place: meeting.place })}</p>
        <QrCode code={code} label={t("room.table.qr")} />
        <p>{t("room.table.how")}</p>
        <p className="mt-3">{t("room.table.link")}</p>
        <p className="slip-link">{link}</p>
      </article>
      <Thumb>
        <button type="button" className="btn btn-main" data-print hidden>
          {t("room.table.print")}
        </button>
        <a className="btn btn-plain" href={`/meetings/${meeting.id}/attendance`}>
          {t("meeting.roll")}
        </a>
      </Thumb>
    </Page>
  );
}
