-- AlterTable
ALTER TABLE "Vote" ADD COLUMN "ground" TEXT;
