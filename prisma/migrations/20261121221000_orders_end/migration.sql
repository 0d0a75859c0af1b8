-- AlterTable
ALTER TABLE "ClockLimits" ADD COLUMN "orderDays" INTEGER NOT NULL DEFAULT 30;

-- AlterTable
ALTER TABLE "SupervisionOrder" ADD COLUMN "withdrawnFor" TEXT NOT NULL DEFAULT '';
ALTER TABLE "SupervisionOrder" ADD COLUMN "withdrawnBy" TEXT;
ALTER TABLE "SupervisionOrder" ADD COLUMN "withdrawnAt" TEXT;

-- AlterTable
ALTER TABLE "Acknowledgement" ADD COLUMN "withdrawnAt" TEXT;
