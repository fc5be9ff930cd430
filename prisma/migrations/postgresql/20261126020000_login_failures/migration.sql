-- CreateTable
CREATE TABLE "login_failures" (
    "key" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "failed_at" DOUBLE PRECISION NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "login_failures_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "login_failures_expires_at_idx" ON "login_failures"("expires_at");
