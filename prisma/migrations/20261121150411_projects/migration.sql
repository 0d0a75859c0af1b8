-- CreateTable
CREATE TABLE "Project" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "decisionId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "responsibleId" TEXT NOT NULL,
    "personId" TEXT,
    "plan" TEXT NOT NULL,
    "baseline" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "received" TEXT NOT NULL,
    "progress" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "openedOn" TEXT NOT NULL,
    "endedOn" TEXT,
    "endedBy" TEXT,
    "said" TEXT NOT NULL,
    "verifiedBy" TEXT,
    "verifiedAt" TEXT,
    "returnedFor" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "ProjectReport" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "share" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL,
    "percents" TEXT NOT NULL,
    "photos" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateIndex
CREATE INDEX "Project_communityId_decisionId_idx" ON "Project"("communityId", "decisionId");

-- CreateIndex
CREATE INDEX "Project_communityId_issueId_idx" ON "Project"("communityId", "issueId");

-- CreateIndex
CREATE INDEX "ProjectReport_communityId_projectId_position_idx" ON "ProjectReport"("communityId", "projectId", "position");
