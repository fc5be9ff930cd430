-- CreateTable
CREATE TABLE "clients" (
    "client_id" TEXT NOT NULL,
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
    "introspects" JSONB NOT NULL,
    "jwks_uri" TEXT,
    "access_token_format" TEXT,
    "security_profile" TEXT,
    "registration_access_token_hash" TEXT,
    "client_id_issued_at" DOUBLE PRECISION,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("client_id")
);

-- CreateTable
CREATE TABLE "users" (
    "subject" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updated_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "auth_time" DOUBLE PRECISION NOT NULL,
    "last_seen_at" DOUBLE PRECISION NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consents" (
    "subject" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "granted_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("subject","client_id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "kid" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" DOUBLE PRECISION NOT NULL,
    "retired_at" DOUBLE PRECISION,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "pushed_requests" (
    "hash" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,
    "spent" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "pushed_requests_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "transactions" (
    "id" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "pushed_request_hash" TEXT,
    "subject" TEXT,
    "authenticated_at" DOUBLE PRECISION,
    "created_at" DOUBLE PRECISION NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,
    "finished" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "codes" (
    "hash" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "subject" TEXT NOT NULL,
    "auth_time" DOUBLE PRECISION NOT NULL,
    "session_id" TEXT,
    "expires_at" DOUBLE PRECISION NOT NULL,
    "consumed_at" DOUBLE PRECISION,
    "grant_id" TEXT,

    CONSTRAINT "codes_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "grants" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "resources" JSONB NOT NULL,
    "jkt" TEXT,
    "auth_time" DOUBLE PRECISION NOT NULL,
    "session_id" TEXT,
    "created_at" DOUBLE PRECISION NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,
    "revoked_at" DOUBLE PRECISION,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "hash" TEXT NOT NULL,
    "grant_id" TEXT NOT NULL,
    "jkt" TEXT,
    "scope" TEXT NOT NULL,
    "issued_at" DOUBLE PRECISION NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,
    "rotated_at" DOUBLE PRECISION,
    "successor_hash" TEXT,
    "voided_at" DOUBLE PRECISION,

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "opaque_tokens" (
    "hash" TEXT NOT NULL,
    "claims" JSONB NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "opaque_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "revoked_access_tokens" (
    "jti_hash" TEXT NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "revoked_access_tokens_pkey" PRIMARY KEY ("jti_hash")
);

-- CreateTable
CREATE TABLE "ledger" (
    "key" BYTEA NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ledger_sweep" (
    "id" INTEGER NOT NULL,
    "swept_to" DOUBLE PRECISION NOT NULL,
    "epoch" TEXT,
    "epoch_since" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_sweep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "profiles" (
    "sub" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updated_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("sub")
);

-- CreateTable
CREATE TABLE "web_sessions" (
    "id" TEXT NOT NULL,
    "subject" TEXT,
    "sealed" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "locked_until" DOUBLE PRECISION,
    "created_at" DOUBLE PRECISION NOT NULL,
    "last_used_at" DOUBLE PRECISION NOT NULL,
    "expires_at" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "web_sessions_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "grants_subject_idx" ON "grants"("subject");

-- CreateIndex
CREATE INDEX "grants_expires_at_idx" ON "grants"("expires_at");

-- CreateIndex
CREATE INDEX "refresh_tokens_expires_at_idx" ON "refresh_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "opaque_tokens_expires_at_idx" ON "opaque_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "revoked_access_tokens_expires_at_idx" ON "revoked_access_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "web_sessions_subject_idx" ON "web_sessions"("subject");

-- CreateIndex
CREATE INDEX "web_sessions_expires_at_idx" ON "web_sessions"("expires_at");

-- By hand: nothing was swept yet.
INSERT INTO "ledger_sweep" ("id", "swept_to") VALUES (1, 0);
