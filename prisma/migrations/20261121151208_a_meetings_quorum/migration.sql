-- What a body asks for when it calls a meeting stays with the meeting. Those called so far keep what their body says today.
ALTER TABLE "Meeting" ADD COLUMN "quorum" TEXT NOT NULL DEFAULT '{"numerator":0,"denominator":1,"parties":[]}';
UPDATE "Meeting" SET "quorum" = (
    SELECT json_object('numerator', "quorumNumerator", 'denominator', "quorumDenominator", 'parties', json("quorumParties"))
    FROM "Body" WHERE "Body"."communityId" = "Meeting"."communityId" AND "Body"."id" = "Meeting"."bodyId"
);
