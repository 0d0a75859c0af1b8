-- AlterTable
ALTER TABLE "Issue" ADD COLUMN "doingSince" TEXT;
