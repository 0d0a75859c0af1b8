import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { takeSeat } from "../commands/meeting/seat";
import { ProblemSummary, Sealed, Select } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { QuorumSign } from "../components/quorum";
import { Who } from "../components/sign";
import { found, look } from "../http/look.server";
import { actOnMeeting } from "../http/meeting-verb.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";
import { couldAttend } from "../views/people";

export const meta = titled("meeting.roll");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const guests = meeting.can.seat
    ? await couldAttend(
        db,
        viewer,
        meeting.seats.map((s) => s.personId),
      )
    : [];
  return forAct({ meeting, requestId, guests }, meeting.can.seat);
}

export const action = (args: ActionFunctionArgs) =>
  actOnMeeting(
    args,
    takeSeat,
    (values) => ({ version: undefined, personId: one(values, "personId"), presence: one(values, "presence") }),
    (values) => `/meetings/${args.params.id}/attendance#seat-${one(values, "personId")}`,
  );

export default function Attendance() {
  const { meeting, guests, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  return (
    <Page width="narrow" back={{ href: `/meetings/${meeting.id}`, to: name }}>
      <h1 className="title mb-3">{t("meeting.roll.title", { name })}</h1>
      <p className="soft measure mb-5">{t("meeting.roll.lead")}</p>
      <ProblemSummary sent={sent} fields={{ personId: t("meeting.roll.guest") }} />
      <QuorumSign meeting={meeting} />
      <ul className="seats mt-5">
        {meeting.seats.map((seat, n) => (
          <li key={seat.personId} id={`seat-${seat.personId}`}>
            <div>
              <Who party={seat.party} name={seat.name} />
              <p className="small soft">
                {t(`role.${seat.role}`)} {!seat.votes && t("meeting.noVote")} {seat.presence === "unknown" && t(`meeting.reply.${seat.reply}`)}
              </p>
            </div>
            {may && (
              <form method="post" className="end">
                <Sealed requestId={`${requestId}-${n}`} />
                <input type="hidden" name="personId" value={seat.personId} />
                {(["present", "excused", "absent"] as const).map((presence) => (
                  <button
                    key={presence}
                    className="btn btn-small"
                    name="presence"
                    value={presence}
                    aria-pressed={seat.presence === presence}
                    aria-label={t("meeting.presence.of", { name: seat.name, presence: t(`meeting.presence.${presence}`) })}
                  >
                    {t(`meeting.presence.${presence}`)}
                  </button>
                ))}
              </form>
            )}
          </li>
        ))}
      </ul>
      {may && guests.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("meeting.roll.guest")}</h2>
          <p className="soft mb-3">{t("meeting.roll.guest.lead")}</p>
          <form method="post" className="stack" data-once>
            <Sealed requestId={`${requestId}-guest`} />
            <input type="hidden" name="presence" value="present" />
            <Select name="personId" label={t("setup.col.who")} sent={sent} options={guests.map((g) => ({ value: g.id, label: g.name }))} />
            <button className="btn">{t("meeting.roll.guest.button")}</button>
          </form>
        </section>
      )}
      <Thumb>
        <a className="btn btn-main" href={`/meetings/${meeting.id}`}>
          {t("meeting.roll.done")}
        </a>
      </Thumb>
    </Page>
  );
}
