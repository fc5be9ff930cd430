-- CreateTable
CREATE TABLE "clients" (
    "client_id" TEXT NOT NULL PRIMARY KEY,
    "client_name" TEXT NOT NULL,
    "token_endpoint_auth_method" TEXT NOT NULL,
    "grant_types" JSONB NOT NULL,
    "redirect_uris" JSONB NOT NULL,
    "post_logout_redirect_uris" JSONB NOT NULL,
    "scope" TEXT NOT NULL,
    "jwks" JSONB,
    "client_secret_hash" TEXT,
    "dpop_bound_access_tokens" BOOLEAN NOT NULL,
    "require_pushed_authorization_requests" BOOLEAN NOT NULL,
    "rotate_refresh_tokens" BOOLEAN NOT NULL,
    "introspects" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "users" (
    "subject" TEXT NOT NULL PRIMARY KEY,
    "username" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updated_at" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "subject" TEXT NOT NULL,
    "auth_time" REAL NOT NULL,
    "last_seen_at" REAL NOT NULL,
    "expires_at" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "consents" (
    "subject" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "granted_at" REAL NOT NULL,

    PRIMARY KEY ("subject", "client_id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "kid" TEXT NOT NULL PRIMARY KEY,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" REAL NOT NULL,
    "retired_at" REAL
);

-- CreateTable
CREATE TABLE "pushed_requests" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "client_id" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "expires_at" REAL NOT NULL,
    "spent" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "transactions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "browser_hash" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "pushed_request_hash" TEXT,
    "subject" TEXT,
    "authenticated_at" REAL,
    "created_at" REAL NOT NULL,
    "expires_at" REAL NOT NULL,
    "finished" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "codes" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "request" JSONB NOT NULL,
    "subject" TEXT NOT NULL,
    "auth_time" REAL NOT NULL,
    "session_id" TEXT,
    "expires_at" REAL NOT NULL,
    "consumed_at" REAL,
    "grant_id" TEXT
);

-- CreateTable
CREATE TABLE "grants" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "client_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "resources" JSONB NOT NULL,
    "jkt" TEXT,
    "auth_time" REAL NOT NULL,
    "session_id" TEXT,
    "created_at" REAL NOT NULL,
    "expires_at" REAL NOT NULL,
    "revoked_at" REAL
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "grant_id" TEXT NOT NULL,
    "jkt" TEXT,
    "scope" TEXT NOT NULL,
    "issued_at" REAL NOT NULL,
    "expires_at" REAL NOT NULL,
    "rotated_at" REAL,
    "successor_hash" TEXT,
    "voided_at" REAL
);

-- CreateTable
CREATE TABLE "revoked_access_tokens" (
    "jti_hash" TEXT NOT NULL PRIMARY KEY,
    "expires_at" REAL NOT NULL
);

-- CreateTable
-- WITHOUT ROWID by hand: the key is the table, so that a record costs one B-tree instead of two.
CREATE TABLE "ledger" (
    "key" BLOB NOT NULL PRIMARY KEY,
    "expires_at" REAL NOT NULL
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "ledger_sweep" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "swept_to" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "profiles" (
    "sub" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updated_at" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "web_sessions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "subject" TEXT,
    "sealed" BLOB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "locked_until" REAL,
    "created_at" REAL NOT NULL,
    "last_used_at" REAL NOT NULL,
    "expires_at" REAL NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE INDEX "sessions_subject_idx" ON "sessions"("subject");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "pushed_requests_client_id_expires_at_idx" ON "pushed_requests"("client_id", "expires_at");

-- CreateIndex
CREATE INDEX "pushed_requests_expires_at_idx" ON "pushed_requests"("expires_at");

-- CreateIndex
CREATE INDEX "transactions_expires_at_idx" ON "transactions"("expires_at");

-- CreateIndex
CREATE INDEX "codes_expires_at_idx" ON "codes"("expires_at");

-- CreateIndex
CREATE INDEX "grants_expires_at_idx" ON "grants"("expires_at");

-- CreateIndex
CREATE INDEX "refresh_tokens_expires_at_idx" ON "refresh_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "revoked_access_tokens_expires_at_idx" ON "revoked_access_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "web_sessions_subject_idx" ON "web_sessions"("subject");

-- CreateIndex
CREATE INDEX "web_sessions_expires_at_idx" ON "web_sessions"("expires_at");

-- By hand: nothing was swept yet.
INSERT INTO "ledger_sweep" ("id", "swept_to") VALUES (1, 0);
