// The address that lies on a meeting's table.
import type { LoaderFunctionArgs } from "@remix-run/node";

/** Where a phone goes that is pointed at the code: the public address, or the one this request came to. */
export const checkInLink = ({ request, context }: LoaderFunctionArgs, meetingId: string, code: string): string =>
  `${context.services.env.ORIGIN ?? new URL(request.url).origin}/meetings/${meetingId}/check-in?code=${code}`;
