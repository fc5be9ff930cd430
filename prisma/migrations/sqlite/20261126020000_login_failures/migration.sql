-- CreateTable
CREATE TABLE "login_failures" (
    "key" BLOB NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "failed_at" REAL NOT NULL,
    "expires_at" REAL NOT NULL
);

-- CreateIndex
CREATE INDEX "login_failures_expires_at_idx" ON "login_failures"("expires_at");
