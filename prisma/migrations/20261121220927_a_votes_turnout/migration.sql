-- AlterTable
ALTER TABLE "Vote" ADD COLUMN "turnout" TEXT;
