import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { issueInvitation } from "../commands/invitation/issue";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { QrCode } from "../components/qr";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { formOf, one, statusOf, valuesOf } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { makeSlip } from "../http/slip.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { membershipPage } from "../views/setup";

export const meta = titled("setup.slip");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { member: found(await membershipPage(db, viewer, args.params.id ?? "")), community: viewer.community.name, requestId };
}

/** The only moment the slip's secret exists outside the paper: it is shown in this answer and stored nowhere. */
export async function action(args: ActionFunctionArgs) {
  const { viewer } = await setUp(args);
  const { services } = args.context;
  const values = valuesOf(await formOf(args.request));
  const slip = makeSlip(services.env.ORIGIN ?? new URL(args.request.url).origin);
  const requestId = one(values, "requestId");
  const done = await services.perform(
    issueInvitation,
    viewer.actor,
    { membershipId: args.params.id, tokenHash: slip.tokenHash },
    { requestId: requestId || undefined },
  );
  if (!done.ok) return data({ refusal: done.refusal, values, slip: null }, { status: statusOf(done.refusal) });
  // The page loaded anew: the earlier slip's secret is gone, and this press made none.
  if (done.value.repeated) throw redirect(`/setup/members/${args.params.id}/slip`, 303);
  const issued = done.value.events.find((e) => e.type === "invitation.issued");
  return data({ refusal: null, values, slip: { link: slip.link, ...slip.code, expiresAt: issued?.expiresAt ?? viewer.now } });
}

export default function Slip() {
  const { member, community, requestId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t, dates } = useWords();
  const back = { href: `/setup?body=${member.body.id}`, to: member.body.name };
  const slip = answer?.slip;
  if (!slip)
    return (
      <VerbPage
        back={back}
        title={t("setup.slip.title", { name: member.name })}
        lead={t("setup.slip.hint")}
        sent={answer?.refusal ? { refusal: answer.refusal, values: answer.values } : undefined}
        fields={{}}
        requestId={requestId}
        button={member.slipUntil ? t("setup.slip.again") : t("setup.slip")}
      />
    );
  return (
    <Page width="narrow" back={back}>
      <h1 className="title mb-3">
        <Phrase>{t("setup.slip.title", { name: member.name })}</Phrase>
      </h1>
      <p className="soft measure">{t("setup.slip.once")}</p>
      <article className="slip">
        <p className="title-small">{t("setup.slip.head", { community })}</p>
        <p className="strong mt-3">{t("setup.slip.who", { name: member.name, body: member.body.name, role: t(`role.${member.role}`) })}</p>
        <QrCode code={slip} label={t("setup.slip.qr")} />
        <p>{t("setup.slip.how")}</p>
        <p>{t("setup.slip.until", { date: dates.dayTime(slip.expiresAt) })}</p>
        <p className="mt-3">{t("setup.slip.link")}</p>
        <p className="slip-link">{slip.link}</p>
      </article>
      <Thumb>
        <button type="button" className="btn btn-main" data-print hidden>
          {t("setup.slip.print")}
        </button>
        <a className="btn btn-plain" href={back.href}>
          {t("nav.back", { to: back.to })}
        </a>
      </Thumb>
    </Page>
  );
}
