-- AlterTable
ALTER TABLE "Issue" ADD COLUMN "whyNot" TEXT;

-- CreateTable
CREATE TABLE "Rating" (
    "communityId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "raiser" INTEGER NOT NULL,
    "solved" INTEGER NOT NULL,
    "content" TEXT,
    "why" TEXT,
    "remark" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "issueId", "position", "personId")
);

-- CreateTable
CREATE TABLE "FollowUpRule" (
    "communityId" TEXT NOT NULL PRIMARY KEY,
    "askDays" INTEGER NOT NULL,
    "changeDays" INTEGER NOT NULL,
    "version" INTEGER NOT NULL
);

-- CreateIndex
CREATE INDEX "Rating_communityId_raiser_at_idx" ON "Rating"("communityId", "raiser", "at");

-- CreateIndex
CREATE INDEX "Rating_communityId_personId_idx" ON "Rating"("communityId", "personId");

-- CreateIndex
CREATE INDEX "Issue_communityId_closedAt_idx" ON "Issue"("communityId", "closedAt");

-- CreateIndex
CREATE INDEX "Issue_communityId_status_answeredAt_idx" ON "Issue"("communityId", "status", "answeredAt");

-- CreateIndex
CREATE INDEX "Stay_communityId_respondBy_idx" ON "Stay"("communityId", "respondBy");

-- CreateIndex
CREATE INDEX "Stay_communityId_receivedAt_idx" ON "Stay"("communityId", "receivedAt");
