-- CreateTable
CREATE TABLE "ClockLimits" (
    "communityId" TEXT NOT NULL PRIMARY KEY,
    "extensions" INTEGER NOT NULL,
    "extensionDays" INTEGER NOT NULL,
    "extensionHours" INTEGER NOT NULL,
    "meetingDays" INTEGER NOT NULL,
    "acknowledgeDays" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "SupervisionOrder" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "orderedBy" TEXT NOT NULL,
    "orderedAt" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "answeredBy" TEXT,
    "answeredAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Acknowledgement" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "causeSeq" INTEGER NOT NULL,
    "owedAt" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "givenBy" TEXT,
    "givenAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- A category is part of what a rule is for.
CREATE TABLE "new_ClockRule" (
    "communityId" TEXT NOT NULL,
    "bodyKind" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "respondAmount" INTEGER NOT NULL,
    "respondUnit" TEXT NOT NULL,
    "settleAmount" INTEGER NOT NULL,
    "settleUnit" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "bodyKind", "track", "category")
);
INSERT INTO "new_ClockRule" ("bodyKind", "communityId", "respondAmount", "respondUnit", "settleAmount", "settleUnit", "track") SELECT "bodyKind", "communityId", "respondAmount", "respondUnit", "settleAmount", "settleUnit", "track" FROM "ClockRule";
DROP TABLE "ClockRule";
ALTER TABLE "new_ClockRule" RENAME TO "ClockRule";

-- AlterTable
ALTER TABLE "Stay" ADD COLUMN "extensions" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Stay_communityId_endedAt_settleBy_idx" ON "Stay"("communityId", "endedAt", "settleBy");

-- What was answered before anybody was asked to acknowledge stays as it is: the clock looks at the log from here on.
INSERT INTO "Counter" ("communityId", "name", "value") SELECT "communityId", 'clock.answers', max("seq") FROM "AuditEvent" GROUP BY "communityId";

-- CreateIndex
CREATE INDEX "SupervisionOrder_communityId_issueId_idx" ON "SupervisionOrder"("communityId", "issueId");

-- CreateIndex
CREATE INDEX "SupervisionOrder_communityId_answeredAt_bodyId_idx" ON "SupervisionOrder"("communityId", "answeredAt", "bodyId");

-- CreateIndex
CREATE INDEX "Acknowledgement_communityId_issueId_idx" ON "Acknowledgement"("communityId", "issueId");

-- CreateIndex
CREATE INDEX "Acknowledgement_communityId_givenAt_bodyId_idx" ON "Acknowledgement"("communityId", "givenAt", "bodyId");
