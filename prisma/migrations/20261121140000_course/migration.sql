-- CreateTable
CREATE TABLE "Course" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "procedure" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "passed" TEXT NOT NULL,
    "posted" TEXT NOT NULL,
    "begunBy" TEXT NOT NULL,
    "begunAt" TEXT NOT NULL,
    "endedAt" TEXT,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateIndex
CREATE INDEX "Course_communityId_issueId_idx" ON "Course"("communityId", "issueId");
